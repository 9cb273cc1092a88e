import type { EdgePhase } from "../../../policy/edge-phase";
import { printable } from "../../printable";
import type { LiveRuleset } from "../../platforms/cloudflare";
import type { Reading } from "../../platforms/platform";
import { cannotTell, failure, type Finding, notice } from "../../inventory/finding";
import { doomedIn, isOwn, keptRef, type Placed } from "./live-rules";
import { RIGHT_OF } from "../../inventory/zone/written-phases";
import type { ZoneSubject } from "./subject";

/** What names a ruleset in `edge.existing` has when it names none. */
const DEFAULT_NAME = "default";
export const AT_THE_END = "paste the block at the end into the environment's `edge`";

/** The rulesets that the zone has already, and the rules in them that the deploy would delete. */
export function rulesets(subject: ZoneSubject): Promise<readonly Finding[]> {
  const findings = [...subject.rulesets].flatMap(([phase, reading]) => [
    ...collisions(subject, phase, reading),
    ...doomed(subject, phase, reading),
  ]);
  return Promise.resolve([...findings, ...idleDrops(subject)]);
}

/** The rules that the deploy would delete and that nobody gave up. */
export function keptRules({ rulesets: live, edge, drop }: ZoneSubject): readonly Placed[] {
  return [...live].flatMap(([phase, reading]) =>
    reading.kind === "read" && reading.value !== undefined
      ? doomedIn(reading.value, phase, edge).filter(({ rule }) => !drop.includes(keptRef(rule)))
      : [],
  );
}

function collisions(
  { edge, isDeployed }: ZoneSubject,
  phase: EdgePhase,
  reading: Reading<LiveRuleset | undefined>,
): readonly Finding[] {
  const id = `cloudflare/ruleset/${edge.zone.id}/${phase}`;
  if (reading.kind === "unreadable") {
    return [cannotTell(id, `the ruleset of ${edge.zone.name} in ${phase}`, reading, RIGHT_OF[phase])];
  }
  const declared = edge.existing?.rulesets?.[phase];
  const live = reading.value;
  if (live === undefined) {
    if (declared === undefined) return [];
    const what = `edge.existing names the ruleset ${declared.id} of ${phase}, and the zone has none there`;
    return [failure(id, { what, todo: "take it out of edge.existing: an import of nothing fails the deploy" })];
  }
  if (declared === undefined) {
    // What this project has deployed is in its state.
    if (isDeployed && (live.rules ?? []).some(isOwn)) return [];
    const what = `the zone has a ruleset in ${phase} already, ${shown(live)}: creating another fails (20217)`;
    return [failure(id, { what, todo: AT_THE_END })];
  }
  const { id: named, name = DEFAULT_NAME } = declared;
  if (named === live.id && name === live.name) return [];
  const what = `edge.existing names the ruleset ${named} "${name}" of ${phase}, and the zone has ${shown(live)}`;
  return [failure(id, { what, todo: `${AT_THE_END}: a ruleset whose name changes is replaced` })];
}

function doomed(
  { edge, drop }: ZoneSubject,
  phase: EdgePhase,
  reading: Reading<LiveRuleset | undefined>,
): readonly Finding[] {
  if (reading.kind === "unreadable" || reading.value === undefined) return [];
  return doomedIn(reading.value, phase, edge).map(({ rule }) => {
    const ref = keptRef(rule);
    const id = `cloudflare/rule/${phase}/${printable(ref)}`;
    const { description = "", action = "" } = rule;
    const what = `the deploy deletes the rule "${printable(description)}" (${printable(action)}) of ${phase}`;
    return drop.includes(ref)
      ? notice(id, { what, todo: `nothing: --drop ${ref} gives it up` })
      : failure(id, { what, todo: `to keep it, ${AT_THE_END}; to give it up, add --drop ${printable(ref)}` });
  });
}

function shown({ id, name }: LiveRuleset): string {
  return `${printable(id)} "${printable(name)}"`;
}

/** What was given up and isn't there: a slip of the pen, most likely. Files are given up as `owner/name:path`. */
function idleDrops({ rulesets: live, drop }: ZoneSubject): readonly Finding[] {
  const refs = [...live.values()].flatMap((reading) =>
    reading.kind === "read" ? (reading.value?.rules ?? []).map(keptRef) : [],
  );
  return drop
    .filter((name) => !name.includes(":") && !refs.includes(name))
    .map((name) =>
      notice(`drop/${printable(name)}`, {
        what: `no live rule has the ref ${printable(name)}`,
        todo: "mend --drop, or leave it out",
      }),
    );
}
