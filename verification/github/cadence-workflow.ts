import { unlessHosted } from "./known-versions";
import { pinsIn } from "./snyk-workflow";
import { holesIn, isUnknown, rendered, sameAs, type Unknown } from "./text";
import { unlessWeekly, WEEKLY } from "./weekly";

/** What a workflow that looks at the register of penetration tests says of its own. */
export interface CadenceWorkflow {
  readonly branch: string;
}

const FORMS = {
  ...WEEKLY,
  branch: /^ {2}push:\n {4}branches: \["(.*)"\]$/m,
  runner: /^ {4}runs-on: (.*)$/m,
  checkout: /^ {8}uses: actions\/checkout@(.*) # .*$/m,
} as const;

/** The workflow that looks at the register every week, if a text is one that is known. */
export function cadenceWorkflowIn(text: string): CadenceWorkflow | Unknown {
  const found = holesIn(text, FORMS);
  if (isUnknown(found)) return found;
  const pins = pinsIn(found);
  if (isUnknown(pins)) return pins;
  const wrong = unlessWeekly(found) ?? unlessHosted(found["runner"] ?? "");
  return (
    wrong ?? sameAs(rendered("pentest-cadence.yml", { ...found, ...pins }), text) ?? { branch: found["branch"] ?? "" }
  );
}
