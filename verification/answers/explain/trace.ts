import { treatmentOf } from "../../edge/actions";
import type { Destination } from "../../edge/ends";
import { asRulesSee, type EdgeRequest } from "../../edge/evaluate/edge-request";
import { matches, trace } from "../../edge/evaluate/trace";
import { Verdict } from "../../edge/evaluate/verdict";
import { FOLLOWED_PHASES, inOrder, isKnownPhase, PHASE, type Phase, Treatment } from "../../edge/phases";
import { skippedPhases } from "../../edge/skip";
import { mayRewriteUrl } from "../../edge/rewrite";
import type { EdgeZone, ZoneRule } from "../../edge/zone";
import type { State } from "./explanation";

/** A request's way through all phases, those included that may stop it and needn't. */
export interface RequestTrace {
  /** Where it ends unless something that may stop it does. */
  readonly destination: Destination;
  /** The rule that ended it; undefined where none did. */
  readonly ending: ZoneRule | undefined;
  /** The rule that decided it: the same, or a skip that left out one that would have ended it; undefined where neither did. */
  readonly deciding: ZoneRule | undefined;
  readonly phases: readonly TracedPhase[];
}

/** A phase by the name that the platform has for it, and by one for people. */
interface TracedPhase extends Pick<Phase, "name" | "title"> {
  readonly steps: readonly TracedRule[];
}

export interface TracedRule {
  readonly rule: ZoneRule;
  readonly treatment: Treatment;
  readonly state: State;
  /** The verdict of its condition; undefined where it wasn't asked. */
  readonly verdict?: Verdict;
  /** The rule that skips it. */
  readonly by?: ZoneRule;
}

/**
 * Follows a request through the rules of a zone: where it ends says {@link trace}, over the rules that certainly do
 * something; this adds what the other rules say.
 */
export function traceOf(zone: EdgeZone, request: EdgeRequest): RequestTrace {
  const { destination, ending } = trace(certain(zone), request);
  const seen = asRulesSee(request, zone.normalised);
  const skipped = new Map<string, ZoneRule>();
  let isOver = false;
  let rewriting: ZoneRule | undefined;
  const stepOf = (phase: string, rule: ZoneRule): TracedRule => {
    const treatment = treatmentOf(phase, rule);
    const by = skipped.get(phase);
    if (isOver) return { rule, treatment, state: "not reached" };
    if (by !== undefined) return { rule, treatment, state: "skipped", by };
    const verdict = rewriting === undefined ? matches(rule, seen, zone) : Verdict.undecided(afterRewriting(rewriting));
    isOver = rule === ending && rewriting === undefined && destination.kind !== "undecided";
    if (verdict.isTrue) for (const each of skippedPhases(phase, rule)) skipped.set(each, rule);
    if (phase === PHASE.URL_REWRITE && !verdict.isFalse && mayRewriteUrl(rule)) rewriting ??= rule;
    return { rule, treatment, verdict, state: stateOf(verdict) };
  };
  const phases = phasesOf(zone).map(({ name, title }) => ({
    ...{ name, title },
    steps: (zone.phases.get(name) ?? []).map((rule) => stepOf(name, rule)),
  }));
  const way = ended(destination, ending, rewriting);
  const skip = phases
    .flatMap(({ steps }) => steps)
    .find(({ rule, treatment, by }) => {
      return by !== undefined && treatment === Treatment.ENDS && matches(rule, seen, zone).isTrue;
    })?.by;
  const deciding = way.destination.kind === "origin" ? skip : way.ending;
  return { ...way, deciding, phases: phases.filter(({ steps }) => steps.length > 0) };
}

/** The phases of a zone in the platform's order; the unknown ones come last. */
function phasesOf({ phases }: EdgeZone): readonly Pick<Phase, "name" | "title">[] {
  const { known, unknown } = inOrder(phases.keys());
  return [...known, ...unknown.map((name) => ({ name, title: "unknown phase" }))];
}

/** It is unknown how later rules judge a rewritten URL, unless a redirect ended the request before. */
function ended(
  destination: Destination,
  ending: ZoneRule | undefined,
  rewriting: ZoneRule | undefined,
): Pick<RequestTrace, "destination" | "ending"> {
  if (rewriting === undefined) return { destination, ending };
  return { destination: { kind: "undecided", reasons: [afterRewriting(rewriting)] }, ending: undefined };
}

function afterRewriting({ ref }: ZoneRule): string {
  return `rule ${ref}: it rewrites the URL, and what later rules see isn't modelled`;
}

function stateOf(verdict: Verdict): State {
  if (verdict.isUndecided) return "undecided";
  return verdict.isTrue ? "matched" : "not matched";
}

/** The zone without the rules that may stop a request and needn't, or that change nothing about where it ends. */
function certain(zone: EdgeZone): EdgeZone {
  const phases = [...zone.phases].flatMap(([phase, rules]): (readonly [string, readonly ZoneRule[]])[] => {
    if (!isKnownPhase(phase)) return rules.length === 0 ? [] : [[phase, rules]];
    if (!FOLLOWED_PHASES.includes(phase)) return [];
    return [[phase, rules.filter((rule) => treatmentOf(phase, rule) !== Treatment.MAY_BLOCK)]];
  });
  return { ...zone, phases: new Map(phases) };
}
