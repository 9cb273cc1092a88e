import { resultsOf, type StatementResult } from "../../statements/results";
import { groupedBy } from "../../collections";
import type { Place } from "../../terraform/stack";
import { type App, both, type Pair } from "../app";
import { exitCodeOf as codeOfProof, type Report, reportOf } from "../verify";
import { blockDifferences, demandDifferences } from "./blocks";
import { Area, byCause, type Difference, Direction, isOpen } from "./difference";
import { egressDifferences } from "./egress";
import type { FailedSynth } from "./failed-synth";
import type { Intent } from "./intent";
import { leftDifferences, liveEffectsOf, unclearDifferences } from "./left-standing";
import { policyDifferences } from "./policies/environments";
import { type Aside, asidesIn, resourceDifferences, unknownsIn } from "./remainder";
import { repositoryDifferences } from "./repositories";
import { requestDifferences } from "./requests/requests";
import { serviceDifferences } from "./services";
import { type Sides, sidesOf } from "./sides";
import { statementDifferences } from "./statements";
import { recordDifferences, settingDifferences } from "./zone-facts";

interface Comparison {
  /** Each of one environment or zone. Without any, behaviour and promises stay the same. */
  readonly differences: readonly Difference[];
  /** The differences that bear on no statement. */
  readonly asides: readonly Aside[];
  /** The number of resources that are written otherwise, with or without an effect. */
  readonly rewritten: number;
}

/** How two apps differ, and whether that is meant. */
export interface DiffReport extends Comparison {
  /** The differences that aren't meant, the most urgent first: one for each cause. */
  readonly differences: readonly Difference[];
  /** The differences that are meant; undefined where no intent was given. */
  readonly meant: readonly Difference[] | undefined;
  /** The ids of the intent that cover nothing. */
  readonly stale: readonly string[];
  /** The results of the app after the change; undefined where it isn't there. */
  readonly after: Report | undefined;
  /** Why there is no app on a side; none where both could be compared. */
  readonly failures: readonly FailedSynth[];
  /** Whether the gate of the app after the change refused it, so that meaning a difference is of no use. */
  readonly isRefused: boolean;
}

/** A side of a change: an app, or why there is none. */
export type Side = (App & { readonly isRefused?: boolean }) | FailedSynth;

const isMissing = (side: Side): side is FailedSynth => "lines" in side;

/** Compares two sides, as far as both are there. */
export function reviewOf({ before, after }: Pair<Side>, intent?: Intent): DiffReport {
  if (!isMissing(before) && !isMissing(after)) {
    return { ...diffReport({ before, after }, intent), isRefused: after.isRefused ?? false };
  }
  const failures = [after, before].filter(isMissing);
  const known = { failures, after: isMissing(after) ? undefined : proofOf(after), isRefused: false };
  return { ...NOTHING, meant: undefined, stale: [], ...known };
}

const proofOf = ({ model, policies }: App): Report => reportOf(model, resultsOf(model, policies));

/** Compares two apps, and what differs with an intent, if one is given. */
export function diffReport(apps: Pair<App>, intent?: Intent): DiffReport {
  const after = proofOf(apps.after);
  const { differences, ...compared } = isSame(apps) ? NOTHING : comparedWith(apps, after.results);
  const beside = { ...compared, after, failures: [], isRefused: false };
  const causes = byCause(differences);
  if (intent === undefined) return { differences: causes, meant: undefined, stale: [], ...beside };
  // A difference that isn't understood, or is left standing, is never meant.
  const isMeant = (difference: Difference): boolean => !isOpen(difference) && intent.has(difference.id);
  const meant = causes.filter(isMeant);
  const covered = new Set(meant.map(({ id }) => id));
  return {
    differences: causes.filter((each) => !isMeant(each)),
    meant: meant.map((each) => ({ ...each, reason: intent.get(each.id) })),
    stale: [...intent.keys()].filter((id) => !covered.has(id)),
    ...beside,
  };
}

const NOTHING: Comparison = { differences: [], asides: [], rewritten: 0 };

/** How two apps differ in their promises, their access and their proofs. */
function comparedWith(apps: Pair<App>, results: readonly StatementResult[]): Comparison {
  const { differences, ...beside } = compare(apps);
  const accepted = results.flatMap((result) => result.accepted.flatMap(({ unknown }) => unknown?.place ?? []));
  const open = differences.filter((difference) => !isToldByAcceptance(difference, accepted));
  const told = open.map((difference) => withStatements(difference, results));
  return { differences: [...told, ...statementDifferences(apps.before, results)], ...beside };
}

/** A thing that isn't understood, with the statements that it leaves undecided. */
function withStatements(difference: Difference, results: readonly StatementResult[]): Difference {
  const { direction, by, notes } = difference;
  if (direction !== Direction.UNDECIDED || by.after === undefined) return difference;
  const { stack, pointer } = by.after;
  const left = results.filter(({ verdict, unknown }) =>
    unknown.some(({ place }) => verdict === "undecided" && place?.stack === stack && isWithin(place.pointer, pointer)),
  );
  const said = [...groupedBy(left, ({ environment }) => environment)].map(
    ([environment, all]) => `leaves undecided in ${environment}: ${all.map(({ statement }) => statement).join(", ")}`,
  );
  return { ...difference, notes: [...notes, ...said] };
}

/** An acceptance tells of the thing that it accepts: its digest is another wherever the thing differs. */
function isToldByAcceptance({ area, by: { after } }: Difference, accepted: readonly Place[]): boolean {
  if (area !== Area.UNKNOWN || after === undefined) return false;
  return accepted.some(({ stack, pointer }) => stack === after.stack && isWithin(pointer, after.pointer));
}

const isWithin = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);

/** Equal texts, equal apps. */
function isSame(apps: Pair<App>): boolean {
  const { before, after } = both(apps, ({ model, policies }) => {
    const stacks = model.stacks.map(({ name, json, dependencies }) => [name, json, dependencies]);
    return JSON.stringify([policies, stacks, [...unknownsIn(model).keys()]]);
  });
  return before === after;
}

const REFUSED: ReadonlySet<Direction> = new Set([Direction.WEAKENED, Direction.OPENED]);

/**
 * The exit code of a command that judges a change: 0 accepted, 1 refused, 2 undecided or left standing. A statement that isn't
 * proven is refused, and an opened or weakened difference; with an intent, every one that isn't meant.
 */
export function exitCodeOf(report: DiffReport): 0 | 1 | 2 {
  const { differences, meant, failures, after } = report;
  const decided = differences.filter((difference) => !isOpen(difference));
  const refused = meant === undefined ? decided.filter(({ direction }) => REFUSED.has(direction)) : decided;
  const proof = after === undefined ? 0 : codeOfProof({ ...after, results: unprovenIn(report) });
  if (refused.length > 0 || proof === 1) return 1;
  return decided.length < differences.length || proof === 2 || failures.length > 0 ? 2 : 0;
}

/** The statements that don't pass after the change, but for those of which that is meant. */
export function unprovenIn({ after, meant = [] }: DiffReport): readonly StatementResult[] {
  const results = after?.results ?? [];
  return results.filter((result) => !result.passes && !meant.some((difference) => tellsOf(difference, result)));
}

/** Whether a difference is about the proof of a statement. */
export function tellsOf({ area, statement, environments }: Difference, result: StatementResult): boolean {
  return area === Area.STATEMENT && statement === result.statement && environments.includes(result.environment);
}

/** The ids to put into an intent, where the change is refused without them, and isn't with them. */
export function idsToMean(report: DiffReport): readonly string[] {
  if (exitCodeOf(report) !== 1 || report.isRefused) return [];
  return report.differences.flatMap((difference) => (isOpen(difference) ? [] : difference.id));
}

/** Each says how things of one kind differ; the last two speak of the rest of the JSON. */
const KINDS: readonly ((sides: Sides) => readonly Difference[])[] = [
  ...[policyDifferences, requestDifferences, recordDifferences, settingDifferences, serviceDifferences],
  ...[egressDifferences, repositoryDifferences, demandDifferences, resourceDifferences, blockDifferences],
];

/** How an app differs from another one, without the proofs: those take most of the time. Nothing is sampled. */
export function compare(apps: Pair<App>): Comparison {
  const sides = sidesOf(apps);
  const { rewritten } = sides;
  return {
    differences: withoutAnnouncements(behaviour(sides)),
    ...{ asides: asidesIn(rewritten), rewritten: rewritten.length },
  };
}

/** How what is live differs: what is left standing is as it was. */
function behaviour(sides: Sides): readonly Difference[] {
  const effects = liveEffectsOf(sides);
  const between = (some: Sides): readonly Difference[] => KINDS.flatMap((differencesOf) => differencesOf(some));
  if (effects.left.length === 0) return unclearDifferences(effects, between(sides));
  const gone = between(sidesOf({ before: effects.live, after: sides.after }));
  const differences = between(sidesOf({ before: sides.before, after: effects.live }));
  return [...unclearDifferences(effects, differences), ...leftDifferences(effects, gone)];
}

/** A thing that is new is told by what becomes of it. */
function withoutAnnouncements(differences: readonly Difference[]): readonly Difference[] {
  const fresh = differences.filter(({ area, by }) => area !== Area.POLICY && by.before === undefined);
  const told = new Set(fresh.flatMap(({ subject: { of, parts } }) => [of, ...parts]));
  return differences.filter(({ announces }) => announces === undefined || !told.has(announces));
}
