import { resultsOf } from "../../../verification/statements/results";
import { copyOf, type Folder, modelOf } from "../folder";
import type { Edit } from "./edit";

/** What becomes of an edit: the worst verdict among all statements of all environments. */
export type Outcome = "violated" | "undecided" | "passes";

export function outcomeOf(edit: Edit, folder: Folder): Outcome {
  const copy = copyOf(folder);
  const edited: Folder = { ...copy, stacks: [...copy.stacks] };
  edit.change(edited);
  const refused = resultsOf(modelOf(edited), edited.policies).filter(({ passes }) => !passes);
  if (refused.length === 0) return "passes";
  return refused.some(({ verdict }) => verdict === "violated") ? "violated" : "undecided";
}
