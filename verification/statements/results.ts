import { acceptedAs, inWords } from "../../policy/accept";
import type { Environment } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import { type Statement, type StatementId, STATEMENT_IDS, STATEMENTS, Strength } from "../../policy/statements";
import { ASSERTIONS } from "./assertions";
import { idOf } from "./id";
import { allOf, isAtLeast, type Result, undecidedBy, violated } from "../result";
import type { Model } from "../terraform/model";
import { type Scene, scenesOf } from "./scene";
import { lostReferences, unknownAbout } from "./unknowns";

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
  const scenes = scenesOf(model, policies);
  const accountable = new Set(accountableForCode(scenes));
  return scenes.flatMap((scene) =>
    statements.filter((id) => !ABOUT_CODE.test(id) || accountable.has(scene)).map((id) => resultOf(scene, id)),
  );
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

function resultOf(scene: Scene, statement: StatementId): StatementResult {
  const { name, environment } = scene.policy;
  const lowered = acceptedAs("declared", environment.accept).find((accept) => accept.statement === statement);
  const required = lowered === undefined ? STATEMENTS[statement].required : Strength.DECLARED;
  const parts = ASSERTIONS[statement].map(({ check }) => check(scene));
  // A thing that isn't there can't be unknown.
  const isApplicable = parts.some(({ verdict }) => verdict !== "not applicable");
  const found = allOf([...parts, undecidedBy(isApplicable ? unknownAbout(statement, scene) : [])]);
  const result = explained(atLeast(required, found), lostReferences(statement, scene));
  return resultFor({ environment: name, statement, lowered: lowered?.reason }, withStacks(result, environment));
}

/** The stacks of others that an environment accepts are part of each of its results. */
function withStacks(result: Result, { accept }: Environment): Result {
  if (result.verdict === "not applicable") return result;
  const accepted = acceptedAs("stack", accept).map((each) => ({ what: inWords(each), reason: each.reason }));
  return { ...result, accepted: [...result.accepted, ...accepted] };
}

/** The subject of a result. */
export interface ResultSubject {
  readonly environment: string;
  readonly statement: StatementId;
  /** Why the environment only declares the statement, if it does. */
  readonly lowered?: string | undefined;
}

/** A result about a statement, with what belongs to the statement wherever it is asked. */
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

/** A statement that is held too weakly isn't held. */
function atLeast(required: Strength, result: Result): Result {
  const { strength, controls } = result;
  if (strength === undefined || isAtLeast(strength, required)) return result;
  return violated({
    wrong: `it is only ${strength}, and has to be ${required}`,
    by: controls[0],
    change: "hold it by a stronger control, or lower it by name and with a reason: Accept.declared(id, reason)",
  });
}
