import type { AddressSet } from "../../network/address-set";
import { withinBudget } from "../solver/budget";
import { diagramOf } from "../solver/decision-diagram";
import { Conditions, edgeSpace, tooManyValues } from "./conditions";
import { courseOf, endDecision } from "./course";
import { decidingRule, isConfirmed, takenAt } from "./deciding-rule";
import { describedBoxes, type RequestSet } from "./describe";
import type { End } from "./ends";
import type { EdgeRequest } from "./evaluate/edge-request";
import { effectiveRules, rewritesUrls } from "./rules";
import type { Scope } from "./scope";
import type { EdgeZone, ZoneRule } from "./zone";

/** Requests that a zone ends alike. */
export interface Part {
  readonly requests: RequestSet;
  readonly end: End;
  /** The rule that decided it for the example; undefined where none did. */
  readonly rule: ZoneRule | undefined;
  /** One of them, from an address of each family that there is. None where it can't be written as text, or isn't found. */
  readonly examples: readonly EdgeRequest[];
}

/** The behaviour of a zone for the requests of a scope. Without parts and reasons, there are no such requests. */
export interface Behaviour {
  /** Together all requests of the scope, unless there is a reason. */
  readonly parts: readonly Part[];
  /** Why more is unknown. */
  readonly undecided: readonly string[];
}

export interface BehaviourOptions {
  /**
   * Names of addresses.
   *
   * @default - addresses are written out
   */
  readonly names?: readonly AddressSet[];
  /**
   * The requests that are asked about, and values that people expect to see in an example.
   *
   * @default - all requests
   */
  readonly scope?: Scope;
}

/** Says for all requests of a scope where they end. Nothing is sampled: a question that costs too much is undecided. */
export function behaviourOf(zone: EdgeZone, { names = [], scope = {} }: BehaviourOptions = {}): Behaviour {
  if (rewritesUrls(zone)) return { parts: [], undecided: ["rules rewrite URLs, so later rules may see others"] };
  const conditions = new Conditions();
  const rules = effectiveRules(zone, conditions, false);
  const space = edgeSpace(conditions, scope, zone.normalised);
  const describe = (): Behaviour => {
    const diagram = diagramOf(space, endDecision(conditions.formulas, courseOf(rules)));
    const boxes = [...describedBoxes(diagram, { space, rules, names }, { isWanted: isAny })];
    const isSure = boxes.every(({ example }) => isConfirmed(conditions, zone, rules, example));
    return {
      parts: boxes.map(({ outcome, requests, example }) => ({
        ...{ requests, end: outcome, examples: example.requests },
        rule: decidingRule(takenAt(conditions, rules, example)),
      })),
      undecided: isSure ? [] : ["the classes and the evaluator disagree"],
    };
  };
  return withinBudget(describe, (what) => ({ parts: [], undecided: [tooManyValues(what)] }));
}

const isAny = (end: End): end is End => end.key !== "";
