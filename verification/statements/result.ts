import type { Policy } from "../../policy/policy";
import { type Statement, type StatementId, STATEMENT_IDS, STATEMENTS } from "../../policy/statements";
import { Strength } from "../../policy/statements";
import { idOf } from "./id";
import type { Model } from "../terraform/model";
import { allOf, type Basis, type Conclusion, type Control, type Doubt, isAtLeast } from "./conclusion";
import { doubtsAbout, lostReferences } from "./doubts/doubts";
import { PROPOSITIONS } from "./propositions";
import { type Scene, scenesOf } from "./scene";

/**
 * What is known of one statement in one environment. All of it belongs to the result in every form in which it is shown: a
 * verdict without its assumptions claims more than was proven.
 */
export interface Result extends Basis {
  /** `result:<environment>:<statement>` */
  readonly id: string;
  readonly environment: string;
  readonly statement: StatementId;
  /** The statement, in English. */
  readonly sentence: string;
  readonly verdict: Conclusion["kind"];
  /** How strongly it is held; none where the verdict is another than proven. */
  readonly strength?: Strength;
  /** The strength that the environment demands: the statement's own, unless it is lowered. */
  readonly required: Strength;
  /** Whether the environment may be deployed as far as this statement goes. */
  readonly passes: boolean;
  /** What decides: what holds a statement that is proven, or breaks one that is violated. */
  readonly controls: readonly Control[];
  /** What breaks it, smallest first: `curl` lines, or an address and a port; else a sentence. Where it is undecided, what may. */
  readonly counterexample: readonly string[];
  /** What happens to the counterexample, or what is wrong; none where nothing is. */
  readonly wrong?: string;
  /** What to change; none where nothing is wrong. */
  readonly change?: string;
  /** Why it is undecided. */
  readonly unknown: readonly Doubt[];
  /** How many classes of requests or connections were decided, and how many rules decide them; 0 where none were asked. */
  readonly classes: number;
  readonly rules: number;
}

/** Whether the environment lowers the statement: it demands no more than that it is written down. */
export function isLowered({ required, statement }: Pick<Result, "required" | "statement">): boolean {
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
  return resultFor({ environment: name, statement, lowered: lowered?.reason }, conclusion);
}

/** What a result is about. */
export interface ResultSubject {
  readonly environment: string;
  readonly statement: StatementId;
  /** Why the environment only declares the statement, if it does. */
  readonly lowered?: string | undefined;
}

/** A conclusion about a statement, as a result. */
export function resultFor({ environment, statement, lowered }: ResultSubject, conclusion: Conclusion): Result {
  const { sentence, required, assumptions = [], notes = [] }: Statement = STATEMENTS[statement];
  const concluded = concludedIn(conclusion);
  const isHeld = conclusion.kind === "proven" || conclusion.kind === "not applicable";
  const declared = lowered === undefined ? [] : [{ what: DECLARED, reason: lowered }];
  return {
    ...{ id: idOf("result", environment, statement), environment, statement, sentence },
    ...concluded,
    required: lowered === undefined ? required : Strength.DECLARED,
    passes: lowered !== undefined || isHeld,
    // What isn't proven rests on nothing.
    assumptions: conclusion.kind === "proven" ? [...assumptions, ...concluded.assumptions] : [],
    notes: conclusion.kind === "not applicable" ? [] : [...notes, ...concluded.notes],
    accepted: [...declared, ...concluded.accepted],
  };
}

const DECLARED = "the statement is only declared";

type Concluded = Omit<Result, "id" | "environment" | "statement" | "sentence" | "required" | "passes">;

const NOTHING: Omit<Concluded, "verdict"> = {
  ...{ assumptions: [], notes: [], accepted: [], controls: [], counterexample: [], unknown: [] },
  ...{ classes: 0, rules: 0 },
};

function concludedIn(conclusion: Conclusion): Concluded {
  const { kind: verdict } = conclusion;
  switch (conclusion.kind) {
    case "proven": {
      const { kind: _, ...proof } = conclusion;
      return { ...NOTHING, verdict, ...proof };
    }
    case "violated": {
      const { witnesses: counterexample, what: wrong, by, change } = conclusion;
      return { ...NOTHING, verdict, counterexample, wrong, controls: by === undefined ? [] : [by], change };
    }
    case "undecided": {
      const { doubts: unknown, examples: counterexample = [] } = conclusion;
      return { ...NOTHING, verdict, counterexample, unknown };
    }
    case "not applicable":
      return { ...NOTHING, verdict };
  }
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
