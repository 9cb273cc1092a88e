import { EdgePhase } from "../../../policy/edge-phase";
import { otherRuleSchema } from "../../../policy/other-rule";
import type { EdgePolicy } from "../../../policy/slices";
import type { LiveRule, LiveRuleset } from "../../platforms/cloudflare";

/** A rule of a phase. */
export interface Placed {
  readonly phase: EdgePhase;
  readonly rule: LiveRule;
}

/** The refs that begin so are the edge's own. */
const OWN = /^edge_/;

export const isOwn = ({ ref = "" }: LiveRule): boolean => OWN.test(ref);

const refs = otherRuleSchema.shape.ref;

/** The ref under which a rule is kept: its own, or its id where its own isn't one that a policy may have. */
export function keptRef({ id, ref = id }: LiveRule): string {
  return refs.safeParse(ref).success ? ref : id;
}

/** The live rules of a phase that the deploy would delete. */
export function doomedIn(ruleset: LiveRuleset, phase: EdgePhase, { otherRules = [] }: EdgePolicy): readonly Placed[] {
  const kept = new Set(otherRules.filter((rule) => rule.phase === phase).map(({ ref }) => ref));
  return (ruleset.rules ?? [])
    .filter((rule) => !isOwn(rule) && !kept.has(keptRef(rule)))
    .map((rule) => ({ phase, rule }));
}
