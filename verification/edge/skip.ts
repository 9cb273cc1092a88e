import { type Barrier, type Done, NOTHING_DONE, undecidedBy } from "./ends";
import { canonicalJson } from "../terraform/json";
import type { ZoneRule } from "./zone";
import { phaseNamed, Treatment } from "./phases";

type Parameters = ZoneRule["parameters"];

/** The rules that a skip rule leaves out: the later ones of its ruleset, or none. */
export type Skipped = "ruleset" | "nothing";

/** The rules that a skip rule with these parameters leaves out; undefined where that isn't understood. */
export function skippedBy(parameters: Parameters): Skipped | undefined {
  const { ruleset, phases = [], products = [], ...others } = parameters;
  const isUnderstood =
    Object.keys(others).length === 0 &&
    (ruleset === undefined || ruleset === "current") &&
    Array.isArray(products) &&
    Array.isArray(phases) &&
    phases.every((phase) => typeof phase === "string" && phaseNamed(phase)?.isSkippable === true);
  if (!isUnderstood) return undefined;
  if (ruleset === "current") return "ruleset";
  return phases.length + products.length > 0 ? "nothing" : undefined;
}

const skipped = ({ parameters, areParametersKnown }: ZoneRule): Skipped | undefined =>
  areParametersKnown ? skippedBy(parameters) : undefined;

const TREATMENTS = { ruleset: Treatment.SKIPS, nothing: Treatment.NEUTRAL, unknown: Treatment.ENDS } as const;

export function skipTreatment(rule: ZoneRule): Treatment {
  return TREATMENTS[skipped(rule) ?? "unknown"];
}

export function skip(rule: ZoneRule): Done {
  const left = skipped(rule);
  if (left === undefined) return undecidedBy(rule, ["a skip of more than is understood"]);
  return left === "ruleset" ? { kind: "skip" } : NOTHING_DONE;
}

/** The phases whose further rules a skip rule leaves out. */
export function skippedPhases(phase: string, rule: ZoneRule): readonly string[] {
  const left = rule.action === "skip" ? skipped(rule) : undefined;
  if (left === undefined) return [];
  const { phases = [] } = rule.parameters;
  const named = Array.isArray(phases) ? phases.map(String) : [];
  return left === "ruleset" ? [...named, phase] : named;
}

/** A barrier that names the phases and products a skip leaves out beside the later rules of its phase. */
export function skippedElsewhere({ parameters: { phases = [], products = [] } }: ZoneRule): readonly Barrier[] {
  const what = `skips ${canonicalJson([phases, products].flat().sort())}`;
  return what === "skips []" ? [] : [{ kind: "barrier", key: what, what, isElsewhere: true }];
}

export function skipInWords({ parameters: { ruleset, phases = [], products = [] } }: ZoneRule): string {
  const left = [...(ruleset === "current" ? ["the later rules of its phase"] : []), phases, products]
    .flat()
    .map(String);
  return left.length > 0 ? `skip ${left.join(", ")}` : "skip";
}
