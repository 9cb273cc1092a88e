import { InvalidInput, type Problem } from "../../errors/invalid-input";

/** The problems of the one error that an action fails with. */
export function problemsWith(action: () => unknown): readonly Problem[] {
  try {
    action();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}
