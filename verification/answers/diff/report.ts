import type { App, Pair } from "../app";
import { compare, type Comparison } from "./compare";
import { byCause, type Difference, Direction, isOpen } from "./difference";
import type { Intent } from "./intent";
import { type Aside, unknownsIn } from "./remainder";
import { statementDifferences } from "./statements";

/** How two apps differ, and whether that is meant. */
export interface DiffReport {
  /** The differences that aren't meant, the most urgent first: one for each cause. */
  readonly differences: readonly Difference[];
  /** The differences that are meant; undefined where no intent was given. */
  readonly meant: readonly Difference[] | undefined;
  /** The ids of the intent that cover nothing. */
  readonly stale: readonly string[];
  /** The differences that bear on no statement. */
  readonly asides: readonly Aside[];
  /** The number of resources that are written otherwise, with or without an effect. */
  readonly rewritten: number;
}

/** Compares two apps, and what differs with an intent, if one is given. */
export function diffReport(apps: Pair<App>, intent?: Intent): DiffReport {
  const { differences, ...beside } = textOf(apps.before) === textOf(apps.after) ? NOTHING : compared(apps);
  const causes = byCause(differences);
  if (intent === undefined) return { differences: causes, meant: undefined, stale: [], ...beside };
  // A difference that isn't understood, or is left standing, is never meant.
  const isMeant = (difference: Difference): boolean => !isOpen(difference) && intent.has(difference.id);
  const meant = causes.filter(isMeant);
  const covered = new Set(meant.map(({ id }) => id));
  return {
    differences: causes.filter((each) => !isMeant(each)),
    meant: meant.map((each) => withReason(each, intent.get(each.id))),
    stale: [...intent.keys()].filter((id) => !covered.has(id)),
    ...beside,
  };
}

const NOTHING: Comparison = { differences: [], asides: [], rewritten: 0 };

/** How two apps differ in their promises, their access and their proofs. */
function compared(apps: Pair<App>): Comparison {
  const { differences, ...beside } = compare(apps);
  return { differences: [...differences, ...statementDifferences(apps)], ...beside };
}

/** Equal texts, equal apps. */
function textOf({ model, policies }: App): string {
  const stacks = model.stacks.map(({ name, json, dependencies }) => [name, json, dependencies]);
  return JSON.stringify([policies, stacks, [...unknownsIn(model).keys()]]);
}

const withReason = (difference: Difference, reason: string | undefined): Difference =>
  reason === undefined ? difference : { ...difference, reason };

const REFUSED: ReadonlySet<Direction> = new Set([Direction.WEAKENED, Direction.OPENED]);

/**
 * The exit code of a command that judges a change: 0 accepted, 1 refused, 2 undecided or left standing. An opened or
 * weakened difference is refused; with an intent, every one that isn't meant.
 */
export function exitCodeOf({ differences, meant }: DiffReport): 0 | 1 | 2 {
  const decided = differences.filter((difference) => !isOpen(difference));
  const refused = meant === undefined ? decided.filter(({ direction }) => REFUSED.has(direction)) : decided;
  if (refused.length > 0) return 1;
  return decided.length < differences.length ? 2 : 0;
}

/** The ids to put into an intent, where the change is refused without them. */
export function idsToMean(report: DiffReport): readonly string[] {
  if (exitCodeOf(report) !== 1) return [];
  return report.differences.flatMap((difference) => (isOpen(difference) ? [] : difference.id));
}
