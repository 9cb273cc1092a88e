/** The kinds of things with an id: a statement's result, a finding of lint, or a difference between two apps. */
export type IdKind = "result" | "finding" | "difference";

/**
 * The id by which people mean a thing, `kind:stack:key`. Nothing else in an app changes it.
 *
 * @param stack the stack that it is about; that of a result or difference has its environment's name
 * @param key tells it from the others of its kind and stack; each part is escaped, so that two keys are never one text
 */
export function idOf(kind: IdKind, stack: string, ...key: readonly string[]): string {
  return [kind, stack, ...key].map(escaped).join(":");
}

/** Percent-encodes the signs that separate parts and numbers, and every invisible character. */
function escaped(part: string): string {
  return part.replace(/[%:~\p{C}\p{Z}]/gu, (sign) =>
    [...Buffer.from(sign, "utf8")].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
}
