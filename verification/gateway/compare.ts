import { withinBudget } from "../solver/budget";
import { type Decision, type Outcome, diagramOf } from "../solver/decision-diagram";
import { boxesOf } from "../solver/regions";
import type { GatewayPolicy } from "./account";
import { anyConnection, axesOf, type ConnectionPoint } from "./connection";
import { type ConnectionsInWords, Describer } from "./describe";
import { conditionOfPolicy, Rules } from "./rules";
import { type GatewayEnd, decisionOf, type RulesEnd } from "./evaluate";
import { namesIn } from "./language/condition";

/** Connections that end otherwise after a change of the policies, or may. */
export interface ConnectionChange extends ConnectionsInWords {
  readonly before: GatewayEnd;
  readonly after: GatewayEnd;
}

/** The changes, or the axis whose questions can't be told apart. */
export type Compared =
  | { readonly kind: "found"; readonly value: readonly ConnectionChange[] }
  | { readonly kind: "over budget"; readonly what: string };

/** In this order the boxes of changed connections say most in few words: from where, where to, on which port. */
const ORDER: readonly (keyof ConnectionPoint)[] = ["net.src.ip", "net.sni.host", "net.dst.port", "net.protocol"];

/** Where connections end otherwise after a change of the policies than before it, or may. */
export function compareEnds(before: readonly GatewayPolicy[], after: readonly GatewayPolicy[]): Compared {
  const listed = [...new Set([...before, ...after].flatMap((policy) => namesIn(conditionOfPolicy(policy))))].sort();
  const rules = new Rules(axesOf(anyConnection(listed), ORDER));
  const decide = (policies: readonly GatewayPolicy[]) =>
    decisionOf(rules, rules.of(policies), ({ question }) => question !== undefined);
  const compare = (): Compared => {
    const diagram = diagramOf(rules, bothOf(decide(before), decide(after)));
    const boxes = boxesOf(diagram, { isWanted: isChange, widened: ["net.src.ip"] });
    const describer = new Describer(rules, diagram.partitions, listed);
    const value = boxes.map(({ outcome: { before: was, after: is }, region }) => ({
      ...{ before: was, after: is },
      ...describer.describe(region),
    }));
    return { kind: "found", value };
  };
  return withinBudget(compare, (what) => ({ kind: "over budget", what }));
}

type Same = Outcome & { readonly isSame: true };
type Change = Outcome & { readonly isSame: false; readonly before: GatewayEnd; readonly after: GatewayEnd };

const SAME: Same = { key: "same", isSame: true };
const isChange = (outcome: Same | Change): outcome is Change => !outcome.isSame;

/** Both ends of each connection. An end that is undecided before or after may always be another one. */
function bothOf(one: Decision<RulesEnd>, other: Decision<RulesEnd>): Decision<Same | Change> {
  const open = [one, other].filter(({ outcome }) => outcome === undefined);
  return {
    key: `${one.key}\n${other.key}`,
    asked: new Set(open.flatMap(({ asked }) => [...asked])),
    outcome:
      one.outcome === undefined || other.outcome === undefined ? undefined : changeOf(one.outcome, other.outcome),
    restricted: (restrict) => bothOf(one.restricted(restrict), other.restricted(restrict)),
  };
}

function changeOf(before: RulesEnd, after: RulesEnd): Same | Change {
  if (before.answer === after.answer && before.answer !== "undecided") return SAME;
  const said = [before, after].map(({ answer, policy, reasons }) => [answer, policy?.stack, policy?.pointer, reasons]);
  return { key: JSON.stringify(said), isSame: false, before, after };
}
