/** The last slash that isn't the first: what separates a path's segments. */
const INNER_SLASH = /(?<=.)\/(?=[^/]*$)/;
/** The last letter. */
const LETTER = /[a-z](?=[^a-z]*$)/;

/**
 * Ways to write a path that lead, or could be taken to lead, to the same handler: escapes, which the origin decodes
 * once; what URL normalisation removes; case; a path parameter; and a hash, at which some servers cut.
 *
 * @see https://developers.cloudflare.com/rules/normalization/how-it-works/
 */
const SPELLINGS: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => path.replace(INNER_SLASH, "%2F"),
  (path) => path.replace(INNER_SLASH, "%2f"),
  (path) => path.replace(INNER_SLASH, "%252F"),
  (path) => path.replace(LETTER, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(LETTER, (letter) => `%25${letter.charCodeAt(0).toString(16)}`),
  (path) => path.toUpperCase(),
  (path) => `/${path}`,
  (path) => path.replace(INNER_SLASH, "//"),
  (path) => path.replace(INNER_SLASH, "/./"),
  (path) => `/probe/..${path}`,
  (path) => path.replace(INNER_SLASH, "\\"),
  (path) => `${path};x`,
  (path) => `${path}#x`,
  (path) => `${path}?x=1`,
];

/** The spellings of a path, each once: a path of one segment has no inner slash. */
export function spellingsOf(path: string): readonly string[] {
  return [...new Set(SPELLINGS.map((spelling) => spelling(path)))];
}
