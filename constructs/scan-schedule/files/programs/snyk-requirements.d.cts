/** The requirements and constraints of a file, or why they can't be told without running code. */
export type Asked =
  | {
      readonly requirements: readonly string[];
      readonly constraints: readonly string[];
      readonly unscannable?: undefined;
    }
  | { readonly unscannable: string };

export function requirementsOf(path: string, textOf: (path: string) => string | undefined): Asked;
/** The metadata of each package of a report of pip, by the name of its folder; undefined where it is no such report. */
export function metadataOf(report: unknown): ReadonlyMap<string, string> | undefined;
/** The program that Snyk is told to start as its Python. */
export const INTERPRETER: string;
