/** A host name as names are compared: without case, and without the dot of the root. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
