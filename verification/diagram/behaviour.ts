import type { Scope } from "../edge/scope";
import type { EdgeRequest } from "../edge/evaluate/edge-request";
import type { EdgeZone, ZoneRule } from "../edge/zone";
import { courseOf, rewritesUrls, rulesOf } from "./course";
import { decidingRule, isConfirmed, rulesAt } from "./deciding-rule";
import { diagramOf } from "../solver/decision-diagram";
import type { End } from "./end";
import { endDecision } from "./end-decision";
import { exampleOf, soughtIn } from "./example";
import { newLanguage, overBudget, spaceOf } from "./language";
import { boxesOf } from "../solver/regions";
import { Namer, type RequestSet, WIDENED } from "./request-set";
import type { NamedAddresses } from "./values";

/** Requests that a zone ends alike. */
export interface Part {
  readonly requests: RequestSet;
  readonly end: End;
  /** The rule that decided it for the witness; undefined where none did. */
  readonly rule: ZoneRule | undefined;
  /** One of them, from an address of each family that there is. None where it can't be written as text, or isn't found. */
  readonly witnesses: readonly EdgeRequest[];
}

/** What a zone does with the requests of a scope. Without parts and reasons, there are no such requests. */
export interface Behaviour {
  /** Together all requests of the scope, unless there is a reason. */
  readonly parts: readonly Part[];
  /** Why nobody here can say more. */
  readonly undecided: readonly string[];
}

export interface BehaviourOptions {
  /**
   * Names of addresses.
   *
   * @default - addresses are written out
   */
  readonly names?: readonly NamedAddresses[];
  /**
   * The requests that are asked about, and values that people expect to see in a witness.
   *
   * @default - all requests
   */
  readonly scope?: Scope;
}

/** Says for all requests of a scope where they end. Nothing is sampled: what costs too much is undecided. */
export function behaviourOf(zone: EdgeZone, { names = [], scope = {} }: BehaviourOptions = {}): Behaviour {
  if (rewritesUrls(zone)) return { parts: [], undecided: ["rules rewrite URLs, so later rules may see others"] };
  const language = newLanguage();
  const rules = rulesOf(zone, language, false);
  try {
    const decision = endDecision(language, courseOf(rules));
    const diagram = diagramOf(spaceOf(language, scope, zone.normalised), decision);
    const namer = new Namer(language, diagram.partitions, names, scope);
    const { partitions } = diagram;
    const sought = soughtIn(language, rules, { partitions, normalised: zone.normalised, likely: scope.likely });
    const found = boxesOf(diagram, { isWanted: isAny, widened: WIDENED }).map(({ outcome, region, core }) => {
      const example = exampleOf(sought, core);
      const part: Part = {
        requests: namer.setOf(region),
        end: outcome,
        rule: decidingRule(rulesAt(language, rules, example)),
        witnesses: example.requests,
      };
      return { part, isSure: isConfirmed(language, zone, rules, example) };
    });
    const isSure = found.every((each) => each.isSure);
    return {
      parts: found.map(({ part }) => part),
      undecided: isSure ? [] : ["the classes and the evaluator disagree"],
    };
  } catch (error) {
    return { parts: [], undecided: [overBudget(error)] };
  }
}

const isAny = (end: End): end is End => end.key !== "";
