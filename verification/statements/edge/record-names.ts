/** A name of DNS as it is compared: https://www.rfc-editor.org/rfc/rfc4343 */
export const comparable = (name: string): string => name.toLowerCase().replace(/\.$/, "");

/** The whole name of a record that may be named by it, by the part before the zone's, or by `@` for the zone itself. */
export function wholeName(name: string, zone: string): string {
  const whole = comparable(name);
  if (whole === zone || whole.endsWith(`.${zone}`)) return whole;
  return name === "@" ? zone : `${name.toLowerCase()}.${zone}`;
}

/**
 * Whether a record answers for a host that has none of its own, as `*.example.com` does for all names below.
 *
 * @param name the record's whole name
 * @see https://www.rfc-editor.org/rfc/rfc4592
 */
export function isWildcardOver(host: string, name: string): boolean {
  return name.startsWith("*.") && host.endsWith(name.slice(1));
}
