import { type Problem, shown } from "./invalid-input";

/** How many edits a name may be away, for every so many of its characters. */
const CHARACTERS_PER_EDIT = 4;

/**
 * The known word that was probably meant by another one. Letter case and signs between letters make no difference.
 *
 * @returns undefined where none is near
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const plain = plainly(word);
  const most = Math.ceil(plain.length / CHARACTERS_PER_EDIT);
  let closest: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of known) {
    const other = plainly(candidate);
    if (Math.abs(other.length - plain.length) > most) continue;
    const edits = editDistance(plain, other);
    if (edits <= most && edits < (closest?.edits ?? Infinity)) closest = { candidate, edits };
  }
  return closest?.candidate ?? onlyLonger(plain, known);
}

/** The one known word that begins or ends with another one, which is no mere letter or two. */
function onlyLonger(plain: string, known: Iterable<string>): string | undefined {
  if (plain.length < 3) return undefined;
  const [longer, another] = [...known].filter((candidate) => {
    const other = plainly(candidate);
    return other.startsWith(plain) || other.endsWith(plain);
  });
  return another === undefined ? longer : undefined;
}

/** The change that a suggestion asks for, where there is one. */
export function didYouMean(near: string | undefined): Pick<Problem, "change"> {
  return near === undefined ? {} : { change: `did you mean ${shown(near)}?` };
}

/** The problem with a word that stands in no list: it names the list and the nearest word. */
export function notListed(at: string, word: string, known: readonly string[]): Problem {
  return {
    at,
    got: shown(word),
    allowed: known.join(", ") || "nothing: there is none",
    ...didYouMean(nearest(word, known)),
  };
}

/** Compatibility forms, such as full-width letters, become the plain ones. */
function plainly(word: string): string {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** The fewest edits that make one text the other: a character inserted, deleted, replaced, or swapped with its neighbour. */
function editDistance(from: string, to: string): number {
  let earlier: readonly number[] = [];
  let row: readonly number[] = [...Array(to.length + 1).keys()];
  for (let index = 0; index < from.length; index++) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column++) {
      const isSwapped = index > 0 && column > 0 && from[index] === to[column - 1] && from[index - 1] === to[column];
      next.push(
        Math.min(
          (row[column] ?? 0) + (from[index] === to[column] ? 0 : 1),
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
          isSwapped ? (earlier[column - 1] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [earlier, row] = [row, next];
  }
  return row[to.length] ?? 0;
}
