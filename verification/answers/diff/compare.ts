import type { App, Pair } from "../app";
import { blockDifferences } from "./blocks";
import { egressDifferences } from "./egress";
import { demandDifferences } from "./demands";
import { Area, type Difference } from "./difference";
import { leftDifferences, liveEffectsOf, unclearDifferences } from "./left-standing";
import { policyDifferences } from "./policies/environments";
import { recordDifferences } from "./records";
import { type Aside, asidesIn, resourceDifferences } from "./remainder";
import { repositoryDifferences } from "./repositories";
import { requestDifferences } from "./requests/requests";
import { serviceDifferences } from "./services";
import { settingDifferences } from "./settings";
import { type Sides, sidesOf } from "./sides";

/** How two apps differ. */
export interface Comparison {
  /** Each of one environment or zone. Without any, behaviour and promises stay the same. */
  readonly differences: readonly Difference[];
  /** The differences that bear on no statement. */
  readonly asides: readonly Aside[];
  /** The number of resources that are written otherwise, with or without an effect. */
  readonly rewritten: number;
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
