import type { App, Pair } from "./app";
import { compare } from "./compare";
import { entriesOf } from "./entries";
import { judged } from "./intent/judged";
import type { Intent, IntentEntry } from "./intent/schema";
import { type Difference, Direction } from "./difference";
import type { Aside } from "./remainder/resources";

/** How two apps differ, and whether that is meant. */
export interface DiffReport {
  /** What differs, without what is meant, the most urgent first. */
  readonly differences: readonly Difference[];
  /** What is meant, in whole or in part; undefined where no intent was given. */
  readonly meant: readonly Difference[] | undefined;
  /** What was meant and didn't happen. */
  readonly stale: readonly IntentEntry[];
  /** What differs and bears on no statement. */
  readonly asides: readonly Aside[];
  /** How many resources are written otherwise, whatever that means. */
  readonly rewritten: number;
}

/** Compares two apps, and what differs with an intent, if one is given. */
export function diffReport(apps: Pair<App>, intent?: Intent): DiffReport {
  const { differences, asides, rewritten } = compare(apps);
  if (intent === undefined)
    return { differences: entriesOf(differences), meant: undefined, stale: [], asides, rewritten };
  const { unintended, intended, unused } = judged(apps, differences, intent);
  return {
    differences: entriesOf(unintended),
    meant: entriesOf(intended),
    stale: unused.flatMap((index) => intent.intends[index] ?? []),
    ...{ asides, rewritten },
  };
}

const REFUSED: ReadonlySet<Direction> = new Set([Direction.WEAKENED, Direction.OPENED]);

/** How a command ends that asks whether a change may be made: 0 same or meant, 1 opened, weakened or not meant, 2 nobody can say. */
export function exitCodeOf({ differences, meant }: DiffReport): 0 | 1 | 2 {
  const decided = differences.filter(({ direction }) => direction !== Direction.UNDECIDED);
  const refused = meant === undefined ? decided.filter(({ direction }) => REFUSED.has(direction)) : decided;
  if (refused.length > 0) return 1;
  return decided.length < differences.length ? 2 : 0;
}
