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

/** The comments of a language with `/*` and `//`, and of one with `#`, by the ends of files' names. */
const LANGUAGES: readonly (readonly [files: RegExp, comments: RegExp])[] = [
  [/\.(?:[cm]?[jt]s|css)$/, /(?:^|[ \t])\/\*[^]*?\*\/|(?:^|[ \t])\/\/ .*(?:\n[ \t]*\/\/.*)*/gm],
  [/\.(?:ya?ml|py)$|^\.ci\/run$/, /(?:^|[ \t])#.*(?:\n[ \t]*#.*)*|"""[^]*?"""/gm],
];

/** Whether the language of a file is known here. */
export const hasComments = (path: string): boolean => LANGUAGES.some(([files]) => files.test(path));

/** The words of each comment of a file, without the signs of comments. */
export function commentsIn(path: string, text: string): readonly string[] {
  return LANGUAGES.filter(([files]) => files.test(path))
    .flatMap(([, comments]) => text.match(comments) ?? [])
    .map((comment) => comment.replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/|#+|""")|\*\/$|"""$/gm, ""));
}
