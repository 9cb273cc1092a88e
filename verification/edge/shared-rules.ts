import { usageOf } from "../../network/rules-language";
import { canonicalJson } from "../terraform/json";
import { effectsOf, treatmentOf } from "./actions";
import { understood } from "./conditions";
import { Treatment } from "./phases";
import { areParametersOpaque, type EdgeZone, placeKey, type ZoneRule } from "./zone";

/** Two zones to be compared, and the rules of both that are left out of them. */
export interface Compared {
  readonly before: EdgeZone;
  readonly after: EdgeZone;
  readonly leftOut: readonly ZoneRule[];
}

/** Up to so many rules that could be left out nothing is. */
const MOST_SHARED = 50;

/**
 * Leaves out rules that both zones have in the same places among the others, where all rules that differ between the
 * zones do the same as these. A request meets such a rule in both zones or in neither, so leaving it out hides no
 * difference. But a difference may then reach over requests that such a rule ends alike in both.
 *
 * @param most how many of them are looked at nevertheless
 */
export function withoutShared(before: EdgeZone, after: EdgeZone, most = MOST_SHARED): Compared {
  const all: Compared = { before, after, leftOut: [] };
  const phases = new Set([...before.phases.keys(), ...after.phases.keys()]);
  const aligned = [...phases].map((phase) => ({ phase, ...alignedIn(phase, before, after) }));
  const differing = aligned.flatMap(({ phase, own }) => own.map((rule) => ({ phase, does: doneBy(phase, rule) })));
  const [first] = differing;
  if (first === undefined || differing.some(({ phase, does }) => phase !== first.phase || does !== first.does))
    return all;
  const shared = aligned.find(({ phase }) => phase === first.phase)?.shared ?? [];
  const leftOut = shared.filter(([rule]) => doneBy(first.phase, rule) === first.does && !isAboutPorts(rule));
  if (leftOut.length <= most) return all;
  const left = new Set(leftOut.flat());
  const without = (zone: EdgeZone): EdgeZone => ({
    ...zone,
    phases: new Map([...zone.phases].map(([phase, rules]) => [phase, rules.filter((rule) => !left.has(rule))])),
  });
  return { before: without(before), after: without(after), leftOut: leftOut.map(([rule]) => rule) };
}

type Pair = readonly [before: ZoneRule, after: ZoneRule];

/** The rules of a phase that stand before and behind the same others in both zones, and the others. */
function alignedIn(phase: string, before: EdgeZone, after: EdgeZone) {
  const rulesIn = ({ phases }: EdgeZone): readonly ZoneRule[] => phases.get(phase) ?? [];
  const [one, other] = [rulesIn(before), rulesIn(after)];
  const [forms, others] = [one.map((rule) => formOf(rule, before)), other.map((rule) => formOf(rule, after))];
  const least = Math.min(forms.length, others.length);
  let [start, end] = [0, 0];
  while (start < least && forms[start] === others[start]) start += 1;
  while (end < least - start && forms.at(-1 - end) === others.at(-1 - end)) end += 1;
  const own = (rules: readonly ZoneRule[]): readonly ZoneRule[] => rules.slice(start, rules.length - end);
  const kept = (rules: readonly ZoneRule[]): readonly ZoneRule[] => [
    ...rules.slice(0, start),
    ...rules.slice(rules.length - end).reverse(),
  ];
  const partners = kept(other);
  const shared = kept(one).map((rule, at): Pair => [rule, partners[at] as ZoneRule]);
  return { shared, own: [...own(one), ...own(other)] };
}

/** Equal forms match the same requests and do the same with them. A rule whose parameters aren't written equals no other. */
function formOf(rule: ZoneRule, { lists }: EdgeZone): string | symbol {
  const { expression, isConditionKnown, action, parameters, others } = rule;
  if (areParametersOpaque(rule)) return Symbol(rule.ref);
  const condition = understood(expression);
  const names = condition === undefined ? [] : [...usageOf(condition).lists];
  const items = names.map((name) => lists.get(name)?.cidrs().join(" ") ?? "");
  return canonicalJson([expression, isConditionKnown, action, parameters, others, items]);
}

/** Equal texts, equal effects. */
function doneBy(phase: string, rule: ZoneRule): string {
  const isSkipping = treatmentOf(phase, rule) === Treatment.SKIPS;
  // A rule that isn't understood may act on anything, so it never equals another rule.
  const effects = effectsOf(phase, rule, () => placeKey(rule));
  const isUnknown = !rule.isConditionKnown || effects.some(({ kind }) => kind === "unknown" || kind === "setting");
  return isUnknown ? placeKey(rule) : canonicalJson([isSkipping, effects.map(({ key }) => key)]);
}

/** Rules about ports say in few words which requests they end. */
function isAboutPorts({ expression }: ZoneRule): boolean {
  const condition = understood(expression);
  if (condition === undefined) return false;
  return [...usageOf(condition).fields].every((field) => field === "ssl" || field === "cf.edge.server_port");
}
