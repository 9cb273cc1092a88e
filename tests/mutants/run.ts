import type { Folder } from "./folder";
import { type Cell, Judge } from "./judge";
import type { Kind, Mutant } from "./kind";

/** A mutant, and what became of the statements that it should break. */
export interface JudgedMutant {
  readonly family: string;
  readonly kind: string;
  readonly mutant: Mutant;
  readonly cells: readonly Cell[];
}

/**
 * Judges the mutants of a catalogue.
 *
 * @param wanted parts of the names of kinds; none for all
 */
export function killedBy(
  folder: Folder,
  catalogue: Readonly<Record<string, readonly Kind[]>>,
  wanted: readonly string[] = [],
): readonly JudgedMutant[] {
  const judge = new Judge(folder);
  return Object.entries(catalogue).flatMap(([family, kinds]) =>
    kinds
      .filter(({ name }) => wanted.length === 0 || wanted.some((text) => name.includes(text) || family === text))
      .flatMap((kind) =>
        folder.stacks
          .flatMap((stack) => kind.mutants(stack))
          .map((mutant) => ({ family, kind: kind.name, mutant, cells: judge.cells(mutant) })),
      ),
  );
}
