/** The sentences of a text, each on one line. A paragraph, an item of a list and a tag such as `@param` begin a new one. */
function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n\s*\n|\n(?= *(?:[-*|@]|\d+\.) ?)/)
    .flatMap((paragraph) => paragraph.replace(/\s+/g, " ").split(/(?<=[.!?:;|*)]) (?=[A-Z`*[])/))
    .map((sentence) => sentence.trim());
}

/** The sentences that begin with a riddle: the reader learns their subject last. */
export function riddlesIn(text: string): readonly string[] {
  return sentencesOf(text).filter((sentence) =>
    /^(?:@\w+ )?[-*\d. |(]*(?:What|Whatever|Nobody|That which)\b/.test(sentence),
  );
}

const SLASHES = /(?:^|[ \t])\/\*[^]*?\*\/|(?:^|[ \t])\/\/ .*(?:\n[ \t]*\/\/.*)*/gm;
const SLASHED = /\.(?:[cm]?[jt]s|css)$/;
const HASHES = /(?:^|[ \t])#.*(?:\n[ \t]*#.*)*|"""[^]*?"""/gm;
const HASHED = /\.(?:ya?ml|py)$|^\.ci\/run$/;

/** The words of each comment of a file, without the signs of comments; none where its language isn't known here. */
export function commentsIn(path: string, text: string): readonly string[] {
  const comments = SLASHED.test(path) ? text.match(SLASHES) : HASHED.test(path) ? text.match(HASHES) : null;
  return (comments ?? []).map((comment) => comment.replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/|#+|""")|\*\/$|"""$/gm, ""));
}
