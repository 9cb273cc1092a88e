import { acceptedAs, holdsStatement, inWords } from "../../policy/accept";
import type { Environment } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import { type Statement, type StatementId, STATEMENT_IDS, STATEMENTS, Strength } from "../../policy/statements";
import {
  type Accepted,
  acceptancesOf,
  acceptedOf,
  entriesOf,
  staleIn,
  tellerOf,
  withoutAccepted,
  withoutRules,
} from "./acceptance";
import { ASSERTIONS } from "./assertions";
import { idOf } from "./id";
import { oncePer, oncePerName } from "../once-per";
import { allOf, enforced, isAtLeast, type Result, undecidedBy, type Unknown, violated } from "../result";
import type { Model } from "../terraform/model";
import { type Scene, scenesOf } from "./scene";
import { assumedAbout, lostReferences, unknownAbout } from "./unknowns";

/** The result of one statement in one environment. Each form in which it is shown holds all of it. */
export interface StatementResult extends Result {
  /** `result:<environment>:<statement>` */
  readonly id: string;
  readonly environment: string;
  readonly statement: StatementId;
  /** The statement, in English. */
  readonly sentence: string;
  /** The strength that the environment demands: the statement's own, unless it is lowered. */
  readonly required: Strength;
  /** Whether the environment may be deployed as far as this statement goes. */
  readonly passes: boolean;
}

/** Whether the environment lowers the statement: it demands no more than that it is written down. */
export function isLowered({ required, statement }: Pick<StatementResult, "required" | "statement">): boolean {
  return required !== STATEMENTS[statement].required;
}

/**
 * Every statement in every environment that it speaks of, in the order of the policies and of the plan.
 *
 * @param statements those that are asked about
 * @default - all
 */
export function resultsOf(
  model: Model,
  policies: readonly Policy[],
  statements: readonly StatementId[] = STATEMENT_IDS,
): readonly StatementResult[] {
  return scenesOf(model, policies).flatMap((scene) => {
    const all = askedOf(scene);
    return statements.filter((id) => all.includes(id)).map((id) => resultOf(scene, id));
  });
}

/** The statements that a scene's environment answers for. */
function askedOf(scene: Scene): readonly StatementId[] {
  const isAccountable = accountableForCode(scenesOf(scene.model, scene.policies)).includes(scene);
  return STATEMENT_IDS.filter((id) => isAccountable || !ABOUT_CODE.test(id));
}

/**
 * Statements about code speak of the repositories that the app's policies name, each owned by one environment: the others
 * have nothing to answer for. Where no policy names one, the first environment answers.
 */
function accountableForCode(scenes: readonly Scene[]): readonly Scene[] {
  const owners = scenes.filter(({ policy }) => (policy.environment.repositories ?? []).length > 0);
  return owners.length > 0 ? owners : scenes.slice(0, 1);
}

const ABOUT_CODE = /^(PEN|SCAN)-/;

/** The result of a statement, all that is unknown about it, and the part of that which the environment accepts. */
interface Judged {
  readonly found: Result;
  readonly unknowns: readonly Unknown[];
  readonly accepted: Accepted;
}

const judged = oncePerName((scene: Scene, statement: string) => judge(scene, statement as StatementId, new Map()));

/** Judges anew without the accepted unknowns: behind them, more may be unknown. */
function judge(scene: Scene, statement: StatementId, accepted: Accepted): Judged {
  const seen = withoutRules(scene, accepted);
  const parts = ASSERTIONS[statement].map(({ check }) => check(seen));
  // Only a thing that is there can be unknown.
  const isApplicable = parts.some(({ verdict }) => verdict !== "not applicable");
  const tell = tellerOf(scene);
  const beside = isApplicable
    ? [enforced([], { assumptions: assumedAbout(statement, seen) }), undecidedBy(unknownAbout(statement, seen))]
    : [];
  const all = [...parts, ...beside].map((part) => ({
    ...part,
    unknown: part.unknown.map(tell),
  }));
  const unknowns = [...accepted.values(), ...all.flatMap(({ unknown }) => unknown)];
  const more = acceptedOf(unknowns, scene);
  if (more.size > accepted.size) return judge(scene, statement, more);
  return { found: allOf(all.map((part) => withoutAccepted(part, accepted))), unknowns, accepted };
}

/** The acceptances of a scene's environment that accept nothing. A violation may hide unknowns. */
const staleAcceptances = oncePer((scene: Scene): readonly Unknown[] => {
  if (entriesOf(scene).length === 0) return [];
  const { accept = [] } = scene.policy.environment;
  const all = askedOf(scene).map((id) => ({ ...judged(scene, id), isHeld: holdsStatement(accept, id) }));
  const isHidden = all.some(({ found, isHeld }) => isHeld && found.verdict === "violated");
  return isHidden
    ? []
    : staleIn(
        scene,
        all.flatMap(({ unknowns }) => unknowns),
      );
});

function resultOf(scene: Scene, statement: StatementId): StatementResult {
  const { name, environment } = scene.policy;
  const lowered = acceptedAs("declared", environment.accept).find((accept) => accept.statement === statement);
  const required = lowered === undefined ? STATEMENTS[statement].required : Strength.DECLARED;
  const { found, accepted } = judged(scene, statement);
  const held = explained(atLeast(required, found), lostReferences(statement, scene));
  const result = withStale(withAccepted(held, accepted), staleAcceptances(scene));
  return resultFor({ environment: name, statement, lowered: lowered?.reason }, withStacks(result, environment));
}

/** A statement that holds apart from accepted unknowns has no strength of its own. */
function withAccepted({ strength, ...result }: Result, accepted: Accepted): Result {
  if (accepted.size === 0) return { ...result, ...(strength === undefined ? {} : { strength }) };
  const isHeld = result.verdict === "proven" || result.verdict === "not applicable";
  return {
    ...result,
    ...(isHeld ? { verdict: "accepted" } : {}),
    accepted: [...result.accepted, ...acceptancesOf(accepted)],
  };
}

/** An acceptance that is no longer true leaves open all that its environment promises. */
function withStale(result: Result, stale: readonly Unknown[]): Result {
  if (stale.length === 0 || result.verdict === "violated") return result;
  return { ...undecidedBy([...result.unknown, ...stale], result.counterexample), accepted: result.accepted };
}

/** The stacks of others that an environment accepts are part of each of its results. */
function withStacks(result: Result, { accept }: Environment): Result {
  if (result.verdict === "not applicable") return result;
  const accepted = acceptedAs("stack", accept).map((each) => ({ what: inWords(each), reason: each.reason }));
  return { ...result, accepted: [...result.accepted, ...accepted] };
}

export interface ResultSubject {
  readonly environment: string;
  readonly statement: StatementId;
  /** Why the environment only declares the statement, if it does. */
  readonly lowered?: string | undefined;
}

/** A result about a statement, with everything that always belongs to that statement. */
export function resultFor({ environment, statement, lowered }: ResultSubject, result: Result): StatementResult {
  const { sentence, required, assumptions = [], notes = [] }: Statement = STATEMENTS[statement];
  const { verdict } = result;
  const isHeld = verdict === "proven" || verdict === "accepted" || verdict === "not applicable";
  const declared = lowered === undefined ? [] : [{ what: DECLARED, reason: lowered }];
  return {
    ...{ id: idOf("result", environment, statement), environment, statement, sentence },
    ...result,
    required: lowered === undefined ? required : Strength.DECLARED,
    passes: lowered !== undefined || isHeld,
    // Only a proof rests on assumptions, also one that leaves accepted questions aside.
    assumptions: verdict === "proven" || verdict === "accepted" ? [...assumptions, ...result.assumptions] : [],
    notes: verdict === "not applicable" ? [] : [...notes, ...result.notes],
    accepted: [...declared, ...result.accepted],
  };
}

const DECLARED = "the statement is only declared";

/** A violation by an escaped reference is mended where the reference stands. */
function explained(result: Result, causes: readonly string[]): Result {
  if (result.verdict !== "violated" || causes.length === 0) return result;
  return { ...result, change: [result.change, ...causes].join("; ") };
}

/** A statement that is held too weakly is violated. */
function atLeast(required: Strength, result: Result): Result {
  const { strength, controls } = result;
  if (strength === undefined || isAtLeast(strength, required)) return result;
  return violated({
    wrong: `it is only ${strength}, and has to be ${required}`,
    by: controls[0],
    change: "hold it by a stronger control, or lower it by name and with a reason: Accept.declared(id, reason)",
  });
}
