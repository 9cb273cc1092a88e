import { InvalidInput, type Problem } from "../../errors/invalid-input";

/** The problems that an action is refused for. */
export function problemsOf(action: () => unknown): readonly Problem[] {
  try {
    action();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
  throw new Error("nothing was refused");
}
