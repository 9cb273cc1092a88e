import type { StatementId } from "../../policy/statements";
import type { Folder } from "./folder";
import { type Cell, Judge, Outcome } from "./judge";
import type { Kind, Mutant } from "./kind";

/** A mutant, and the outcomes of the statements that it should break. */
export interface JudgedMutant {
  readonly family: string;
  readonly kind: string;
  readonly mutant: Mutant;
  readonly cells: readonly Cell[];
}

/** The choice of mutants of a catalogue. */
export interface Choice {
  /** Parts of the names of kinds, or the name of a family. @default - all kinds */
  readonly wanted?: readonly string[];
  /** Of each kind, only the mutants up to the first one that is refused, each by one statement of its own. @default - false */
  readonly upToFirst?: boolean;
}

/** Judges the mutants of a catalogue, in each of some output folders. */
export function killedBy(
  folders: readonly Folder[],
  catalogue: Readonly<Record<string, readonly Kind[]>>,
  choice: Choice = {},
): readonly JudgedMutant[] {
  const judges = folders.map((folder) => new Judge(folder));
  return Object.entries(catalogue).flatMap(([family, kinds]) =>
    chosen(kinds, choice, family).flatMap((kind, turn) =>
      cellsOf(kind, judges, choice, turn).map((each) => ({ family, kind: kind.name, ...each })),
    ),
  );
}

function cellsOf(kind: Kind, judges: readonly Judge[], { upToFirst = false }: Choice, turn: number) {
  const judged: Pick<JudgedMutant, "mutant" | "cells">[] = [];
  for (const { judge, mutant } of mutantsOf(kind, judges)) {
    const cells = judge.cells(upToFirst ? brokenByOne(mutant, turn) : mutant);
    judged.push({ mutant, cells });
    if (upToFirst && isRefused(cells)) break;
  }
  return judged;
}

/** Kinds take turns with the statements that they break. */
function brokenByOne(mutant: Mutant, turn: number): Mutant {
  const { breaks } = mutant;
  return { ...mutant, breaks: breaks.filter((_, index) => index === turn % breaks.length) };
}

/** Whether nothing would be deployed. */
export function isRefused(cells: readonly Cell[]): boolean {
  return cells.some(({ outcome }) => outcome === Outcome.KILLED || outcome === Outcome.UNDECIDED);
}

function* mutantsOf(kind: Kind, judges: readonly Judge[]) {
  for (const judge of judges) {
    for (const stack of judge.folder.stacks) for (const mutant of kind.mutants(stack)) yield { judge, mutant };
  }
}

function chosen(kinds: readonly Kind[], { wanted = [] }: Choice, family = ""): readonly Kind[] {
  return kinds.filter(
    ({ name }) => wanted.length === 0 || wanted.some((text) => name.includes(text) || text === family),
  );
}

/** A harmless edit, and the statements that are no longer proven after it. */
export interface JudgedEdit {
  readonly kind: string;
  readonly edit: Mutant;
  readonly lost: readonly StatementId[];
}

/** Judges edits that don't touch a policy. */
export function editsIn(
  folders: readonly Folder[],
  kinds: readonly Kind[],
  choice: Choice = {},
): readonly JudgedEdit[] {
  const judges = folders.map((folder) => new Judge(folder));
  return chosen(kinds, choice).flatMap((kind) =>
    [...mutantsOf(kind, judges)]
      .slice(0, choice.upToFirst === true ? 1 : Infinity)
      .map(({ judge, mutant }) => ({ kind: kind.name, edit: mutant, lost: judge.lost(mutant) })),
  );
}
