import { Accept } from "../../../policy/accept";
import { Policy } from "../../../policy/policy";
import type { AcceptableQuestion } from "../../../policy/question";
import { reportOf } from "../../../verification/answers/verify";
import { REPORT_FORMATS } from "../../../verification/render/report";
import { resultsOf } from "../../../verification/statements/results";
import { copyOf, type Folder, modelOf } from "../folder";
import type { Edit } from "./edit";

/** The outcome of a folder: the worst verdict among all statements of all environments. */
export type Outcome = "violated" | "undecided" | "passes";

/** A line of the report, with the environment that it is for. */
export interface Printed {
  readonly environment: string;
  readonly line: string;
}

export interface Judged {
  readonly outcome: Outcome;
  /** The acceptances that the tool prints for it. */
  readonly printed: readonly Printed[];
  /** The outcome with one of these lines in the environment that it is printed for. */
  readonly with: (printed: Printed) => Outcome;
}

export function judge(edit: Edit, folder: Folder): Judged {
  const copy = copyOf(folder);
  const edited: Folder = { ...copy, stacks: [...copy.stacks] };
  edit.change(edited);
  const model = modelOf(edited);
  const resultsWith = (policies: readonly Policy[]) => resultsOf(model, policies);
  const results = resultsWith(edited.policies);
  return {
    outcome: outcomeOf(results),
    printed: printedIn(REPORT_FORMATS.text(reportOf(model, results))),
    with: (printed) => outcomeOf(resultsWith(pasted(printed, edited.policies))),
  };
}

function outcomeOf(results: ReturnType<typeof resultsOf>): Outcome {
  const refused = results.filter(({ passes }) => !passes);
  if (refused.length === 0) return "passes";
  return refused.some(({ verdict }) => verdict === "violated") ? "violated" : "undecided";
}

const printedIn = (text: string): readonly Printed[] =>
  [...text.matchAll(/^ *accept it in ([a-z0-9-]+): (Accept\..*)$/gm)].map(([, environment = "", line = ""]) => ({
    environment,
    line,
  }));

/** The policies as they are read once somebody has pasted the line, with a reason. */
function pasted({ environment: name, line }: Printed, policies: readonly Policy[]): readonly Policy[] {
  const [, parts = ""] = /^Accept\.resource\((.*), reason\)$/.exec(line) ?? [];
  const [stack, address, question, digest] = JSON.parse(`[${parts}]`) as string[];
  const entry = Accept.resource(
    ...([
      stack ?? "",
      address ?? "",
      question as AcceptableQuestion,
      digest ?? "",
      "its vendor says what it serves",
    ] as const),
  );
  return Policy.across(
    policies.map(({ environment }) =>
      environment.name === name ? { ...environment, accept: [...(environment.accept ?? []), entry] } : environment,
    ),
  );
}
