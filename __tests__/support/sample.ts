/*
 * How thorough a run is: `npm test` tries a sample of long tables and properties, `npm run test:exhaustive` everything, in
 * every test that imports this file.
 */
const isExhaustive = (globalThis as { readonly EXHAUSTIVE?: boolean }).EXHAUSTIVE === true;

/** One of every so many rows, the first among them; all rows where everything is tried. */
export function sample<T>(rows: readonly T[], every: number): readonly T[] {
  return isExhaustive ? rows : rows.filter((_, index) => index % every === 0);
}

/** A number for a sample, such as how often a property is tried, and one for everything. */
export function runs(few: number, many: number): number {
  return isExhaustive ? many : few;
}
