import type { Reading } from "../platforms/reading";
import { cannotTell, type Finding } from "./finding";

/** A list of a platform, and what each of its entries means. */
export interface Part<T> {
  /** The id of the finding that the list can't be read. */
  readonly id: string;
  /** What the list holds, in the plural. */
  readonly subject: string;
  /** The right that it takes. */
  readonly needs: string;
  readonly reading: Promise<Reading<readonly T[]>>;
  /** What an entry means; nothing where it may be there. */
  readonly judge: (entry: T) => readonly Finding[];
}

/** What a list comes to. */
export async function findingsOf<T>({ id, subject, needs, reading, judge }: Part<T>): Promise<readonly Finding[]> {
  const entries = await reading;
  return entries.kind === "read" ? entries.value.flatMap(judge) : [cannotTell(id, subject, entries, needs)];
}
