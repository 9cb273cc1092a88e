import type { Cursor } from "./cursor";

const NAME_CHARACTERS = /[a-z0-9_.]*/y;

/**
 * Reads `$name`. A name that Cloudflare manages has dots in it, such as `cf.anonymizer`.
 *
 * @returns the name, without `$`
 */
export function readListName(cursor: Cursor): string {
  cursor.expect("$");
  const start = cursor.offset;
  const name = cursor.takeWhile(NAME_CHARACTERS);
  if (name === "" || name.startsWith(".") || name.endsWith(".")) {
    cursor.fail(
      `${cursor.found(start)}, expected a list name of lower-case letters, digits and "_", with "." only inside it`,
      start,
    );
  }
  return name;
}
