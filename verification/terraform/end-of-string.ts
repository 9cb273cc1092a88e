/**
 * Where the quote is that ends a string of JSON; the end of the text where none does. A loop, since a pattern would fall
 * over a long string.
 *
 * @param start where the quote is that begins it
 */
export function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}
