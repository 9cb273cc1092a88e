import type { Policy } from "../../policy/policy";
import { STATEMENT_IDS, type StatementId } from "../../policy/statements";
import type { Model } from "../../verification/terraform/model";
import { type StatementResult, resultsOf } from "../../verification/statements/results";
import { isEqual, isEqualFor } from "./equality";
import { copyOf, type Folder, modelOf, partOf } from "./folder";
import type { Mutant } from "./kind";

/** The outcome of a statement where a mutant is judged. */
export enum Outcome {
  /** It is violated. */
  KILLED = "killed",
  /** It is no longer decided, so nothing is deployed. */
  UNDECIDED = "undecided",
  /** The mutant means the same as the original. */
  EQUAL = "equal",
  /** It means the same for all that the statement speaks of, and another statement is refused. */
  REFUSED_ELSEWHERE = "equal there, and refused by another statement",
  /** It means the same for all that the statement speaks of. */
  EQUAL_THERE = "equal there",
  /** It means something else, and the statement is still proven. */
  SURVIVED = "survived",
}

/** An outcome, for each statement that a mutant should break. */
export interface Cell {
  readonly statement: StatementId;
  readonly outcome: Outcome;
}

/** Judges the mutants of an output folder. */
export class Judge {
  private readonly known = new Map<string, Original>();

  public constructor(public readonly folder: Folder) {}

  public cells(mutant: Mutant): readonly Cell[] {
    const original = this.original(mutant);
    const copy = copyOf(original.folder);
    mutant.change(copy);
    const statements = mutant.breaks.filter((id) => heldIn(original, id).length > 0);
    const after = judgedIn(copy, statements);
    return statements.map((statement) => ({ statement, outcome: outcomeOf(statement, original, after) }));
  }

  /** The results, after a mutant, of the statements that held and that it is about. */
  public results(mutant: Mutant): readonly StatementResult[] {
    const original = this.original(mutant);
    const copy = copyOf(original.folder);
    mutant.change(copy);
    const asked = mutant.breaks.length > 0 ? mutant.breaks : STATEMENT_IDS;
    return judgedIn(copy, asked).results.filter(({ statement, environment }) =>
      heldIn(original, statement).includes(environment),
    );
  }

  /** The statements that were proven, and aren't where a harmless edit is judged. */
  public lost(edit: Mutant): readonly StatementId[] {
    const original = this.original(edit);
    const copy = copyOf(original.folder);
    edit.change(copy);
    const after = judgedIn(copy);
    const kept = (id: StatementId) => heldIn(original, id).every((each) => heldIn(after, id).includes(each));
    return STATEMENT_IDS.filter((id) => !kept(id));
  }

  /** The unchanged output that a mutant is judged in. */
  private original({ stack, needsAll = false }: Mutant): Original {
    const key = needsAll ? "" : stack;
    const known = this.known.get(key) ?? judgedIn(needsAll ? this.folder : partOf(this.folder, stack));
    this.known.set(key, known);
    return known;
  }
}

interface Original {
  readonly folder: Folder;
  readonly policies: readonly Policy[];
  readonly model: Model;
  readonly results: readonly StatementResult[];
}

function judgedIn(folder: Folder, statements?: readonly StatementId[]): Original {
  const model = modelOf(folder);
  return { folder, policies: folder.policies, model, results: resultsOf(model, folder.policies, statements) };
}

/** The environments in which a statement is proven. */
function heldIn({ results }: Original, statement: StatementId): readonly string[] {
  return results
    .filter((result) => result.statement === statement && result.verdict === "proven")
    .map(({ environment }) => environment);
}

function outcomeOf(statement: StatementId, before: Original, after: Original): Outcome {
  const held = heldIn(before, statement);
  const now = after.results.filter((result) => result.statement === statement && held.includes(result.environment));
  if (now.some(({ passes, verdict }) => !passes && verdict === "violated")) return Outcome.KILLED;
  if (now.some(({ passes }) => !passes)) return Outcome.UNDECIDED;
  if (isEqual(before.model, after.model)) return Outcome.EQUAL;
  if (!isEqualFor(statement, before.model, after.model, before.policies)) return Outcome.SURVIVED;
  return isRefused(before, after) ? Outcome.REFUSED_ELSEWHERE : Outcome.EQUAL_THERE;
}

function isRefused({ results }: Original, { model, policies }: Original): boolean {
  const after = resultsOf(model, policies);
  return results.some(({ passes }, index) => passes && after[index]?.passes === false);
}
