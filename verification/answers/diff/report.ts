import type { App, Pair } from "./app";
import { differenceOf } from "./difference";
import { entriesOf } from "./entries";
import { judged } from "./intent/judged";
import type { Intent, IntentEntry } from "./intent/schema";
import { type Item, Kind } from "./item";
import type { Aside } from "./remainder/resources";

/** How two apps differ, and whether that is meant. */
export interface DiffReport {
  /** What differs, without what is meant, the most urgent first. */
  readonly items: readonly Item[];
  /** What is meant, in whole or in part; undefined where no intent was given. */
  readonly intended: readonly Item[] | undefined;
  /** What was meant and didn't happen. */
  readonly unused: readonly IntentEntry[];
  /** What differs and bears on no statement. */
  readonly asides: readonly Aside[];
  /** How many resources are written otherwise, whatever that means. */
  readonly rewritten: number;
}

/** Compares two apps, and what differs with an intent, if one is given. */
export function diffReport(apps: Pair<App>, intent?: Intent): DiffReport {
  const { items, asides, rewritten } = differenceOf(apps);
  if (intent === undefined) return { items: entriesOf(items), intended: undefined, unused: [], asides, rewritten };
  const { unintended, intended, unused } = judged(apps, items, intent);
  return {
    items: entriesOf(unintended),
    intended: entriesOf(intended),
    unused: unused.flatMap((index) => intent.intends[index] ?? []),
    ...{ asides, rewritten },
  };
}

const REFUSED: ReadonlySet<Kind> = new Set([Kind.WEAKENED, Kind.OPENED]);

/** How a command ends that asks whether a change may be made: 0 same or meant, 1 opened, weakened or not meant, 2 nobody can say. */
export function exitCodeOf({ items, intended }: DiffReport): 0 | 1 | 2 {
  const decided = items.filter(({ kind }) => kind !== Kind.UNDECIDED);
  const refused = intended === undefined ? decided.filter(({ kind }) => REFUSED.has(kind)) : decided;
  if (refused.length > 0) return 1;
  return decided.length < items.length ? 2 : 0;
}
