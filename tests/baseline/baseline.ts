import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sections } from "./sections";
import { type Summary, summaryOf } from "./summary";

/** The proof's outcomes for everything that is recorded, by section and by kind. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, Summary>>>>;

export const BASELINE = join(__dirname, "baseline.json");

export function recorded(): Baseline {
  return JSON.parse(readFileSync(BASELINE, "utf8")) as Baseline;
}

export function baselineOf(sections: Sections): Baseline {
  return mapped(sections, (kinds) => mapped(kinds, summaryOf));
}

function mapped<From, To>(
  values: Readonly<Record<string, From>>,
  to: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value)]));
}
