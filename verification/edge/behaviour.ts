import { withinBudget } from "../solver/budget";
import { diagramOf } from "../solver/decision-diagram";
import { Conditions } from "./conditions";
import { courseOf, endDecision } from "./course";
import { decidingRule, isConfirmed, rulesAt } from "./deciding-rule";
import { describedBoxes, type RequestSet } from "./describe";
import type { End } from "./ends";
import type { EdgeRequest } from "./evaluate/edge-request";
import { effectiveRules, rewritesUrls } from "./rules";
import type { Scope } from "./scope";
import { edgeSpace, tooManyValues } from "./space";
import type { EdgeZone, ZoneRule } from "./zone";
import type { AddressSet } from "../../network/address-set";

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

/** Says for all requests of a scope where they end. Nothing is sampled: what costs too much is undecided. */
export function behaviourOf(zone: EdgeZone, { names = [], scope = {} }: BehaviourOptions = {}): Behaviour {
  if (rewritesUrls(zone)) return { parts: [], undecided: ["rules rewrite URLs, so later rules may see others"] };
  const conditions = new Conditions();
  const rules = effectiveRules(zone, conditions, false);
  const space = edgeSpace(conditions, scope, zone.normalised);
  const found = withinBudget(() => {
    const diagram = diagramOf(space, endDecision(conditions.formulas, courseOf(rules)));
    return Array.from(describedBoxes(diagram, { space, rules, names }, { isWanted: isAny }), (box) => {
      const { outcome, requests, example } = box;
      const part: Part = {
        requests,
        end: outcome,
        rule: decidingRule(rulesAt(conditions, rules, example)),
        examples: example.requests,
      };
      return { part, isSure: isConfirmed(conditions, zone, rules, example) };
    });
  });
  if (found.kind === "over budget") return { parts: [], undecided: [tooManyValues(found.what)] };
  const isSure = found.value.every((each) => each.isSure);
  return {
    parts: found.value.map(({ part }) => part),
    undecided: isSure ? [] : ["the classes and the evaluator disagree"],
  };
}

const isAny = (end: End): end is End => end.key !== "";
