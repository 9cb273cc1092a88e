import type { Policy } from "../../policy/policy";
import { type StatementId, STATEMENT_IDS, STATEMENTS } from "../../policy/statements";
import { Strength } from "../../policy/strength";
import type { Model } from "../model/model";
import { allOf, type Conclusion, isAtLeast } from "./conclusion";
import { doubtsAbout, lostReferences } from "./doubts/doubts";
import { PROPOSITIONS } from "./propositions";
import { type Scene, scenesOf } from "./scene";

/** What is known of one statement in one environment. */
export interface Result {
  readonly environment: string;
  readonly statement: StatementId;
  readonly conclusion: Conclusion;
  /** The strength that the environment demands: the statement's own, unless it is lowered. */
  readonly required: Strength;
  /** Why the environment lowers it. */
  readonly lowered?: string;
  /** Whether the environment may be deployed as far as this statement goes. */
  readonly passes: boolean;
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
): readonly Result[] {
  const scenes = scenesOf(model, policies);
  const accountable = new Set(accountableForCode(scenes));
  return scenes.flatMap((scene) =>
    statements.filter((id) => !ABOUT_CODE.test(id) || accountable.has(scene)).map((id) => resultOf(scene, id)),
  );
}

/**
 * Statements about code speak of the repositories that the app's policies name, each owned by one environment: the others
 * have nothing to answer for, unless nobody names one.
 */
function accountableForCode(scenes: readonly Scene[]): readonly Scene[] {
  const owners = scenes.filter(({ policy }) => (policy.environment.repositories ?? []).length > 0);
  return owners.length > 0 ? owners : scenes.slice(0, 1);
}

const ABOUT_CODE = /^(PEN|SCAN)-/;

function resultOf(scene: Scene, statement: StatementId): Result {
  const { name, environment } = scene.policy;
  const lowered = environment.accept?.find((accept) => accept.statement === statement);
  const required = lowered?.strength ?? STATEMENTS[statement].required;
  const parts = PROPOSITIONS[statement].map(({ conclude }) => conclude(scene));
  // What is not there can't be in doubt.
  const isApplicable = parts.some(({ kind }) => kind !== "not applicable");
  const doubts = isApplicable ? doubtsAbout(statement, scene) : [];
  const found = allOf([...parts, ...(doubts.length > 0 ? [{ kind: "undecided", doubts } as const] : [])]);
  const conclusion = explained(atLeast(required, found), lostReferences(statement, scene));
  return {
    environment: name,
    statement,
    conclusion,
    required,
    ...(lowered === undefined ? {} : { lowered: lowered.reason }),
    passes: lowered !== undefined || conclusion.kind === "proven" || conclusion.kind === "not applicable",
  };
}

/** What is violated because a reference was escaped is mended there. */
function explained(conclusion: Conclusion, causes: readonly string[]): Conclusion {
  if (conclusion.kind !== "violated" || causes.length === 0) return conclusion;
  return { ...conclusion, change: [conclusion.change, ...causes].join("; ") };
}

/** What is held too weakly isn't held. */
function atLeast(required: Strength, conclusion: Conclusion): Conclusion {
  if (conclusion.kind !== "proven" || isAtLeast(conclusion.strength, required)) return conclusion;
  return {
    kind: "violated",
    witnesses: [],
    what: `it is only ${conclusion.strength}, and has to be ${required}`,
    by: conclusion.controls[0],
    change: "hold it by a stronger control, or lower it by name and with a reason: Accept.declared(id, reason)",
  };
}
