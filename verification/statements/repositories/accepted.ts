import { accept } from "../../model/repositories/accepted/accepted";
import type { Workflow } from "../../model/repositories/workflow";
import type { Conclusion } from "../conclusion";
import { controlOfFile, enforced, reading, together } from "./settled";
import { startsOnNothingElse } from "./triggers";

/** GitHub takes a workflow, and starts it on nothing else than is modelled. */
export function isAccepted(workflow: Workflow): Conclusion {
  const { file } = workflow;
  return together(
    () => startsOnNothingElse(workflow),
    () =>
      reading(file, () => {
        accept(workflow);
        return enforced([controlOfFile(file)]);
      }),
  );
}
