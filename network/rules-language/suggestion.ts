import { FIELDS } from "./fields";
import { FUNCTIONS } from "./functions";

/** What people write for something that the language has under another name. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ["http.request.scheme", '"ssl" tells whether the connection is encrypted'],
  ["http.request.host", 'the field is "http.host"'],
  ["false", 'write "not true", or no rule'],
  ["NOT", 'operators are lower case: write "not"'],
  ["TRUE", 'write "true"'],
  ["True", 'write "true"'],
]);

/** How many edits a name may be away to be suggested, for every so many of its characters. */
const CHARACTERS_PER_EDIT = 5;

/** What was probably meant by a name that is neither a field nor a function, as the end of a message; or nothing. */
export function suggestionFor(name: string): string {
  const hint = HINTS.get(name);
  if (hint !== undefined) return `; ${hint}`;
  const allowed = Math.ceil(name.length / CHARACTERS_PER_EDIT);
  const [closest] = [...FIELDS.keys(), ...FUNCTIONS.keys()]
    .filter((known) => Math.abs(known.length - name.length) <= allowed)
    .map((known) => ({ known, edits: editDistance(name.toLowerCase(), known) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((one, other) => one.edits - other.edits);
  return closest === undefined ? "" : `; did you mean "${closest.known}"?`;
}

/** The fewest insertions, deletions and replacements of one character that make one text the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = [...Array(to.length + 1).keys()];
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
