/** A tree without its spans, as text that can be compared. */
export function shape(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => {
    if (key === "span") return undefined;
    return typeof value === "bigint" ? `${value}n` : value;
  });
}
