import type { Stack } from "../../terraform/stack";
import { escapedInterpolation } from "../../terraform/escaped-interpolation";
import { type Check, type Fault, type Finding, LintRule, LintSeverity, type NamelessFinding } from "./finding";
import { lockdown } from "./lockdown";
import { lostValue } from "./lost-value";
import { spectrumPort } from "./spectrum-port";
import { unproxiedRecord } from "./unproxied-record";

interface StackCheck {
  readonly rule: LintRule;
  readonly severity: LintSeverity;
  readonly check: Check;
}

const CHECKS: readonly StackCheck[] = [
  { rule: LintRule.ESCAPED_INTERPOLATION, severity: LintSeverity.ERROR, check: escapedInterpolation },
  { rule: LintRule.LOST_VALUE, severity: LintSeverity.ERROR, check: lostValue },
  { rule: LintRule.SPECTRUM_PORT, severity: LintSeverity.ERROR, check: spectrumPort },
  { rule: LintRule.LOCKDOWN, severity: LintSeverity.WARNING, check: lockdown },
  { rule: LintRule.UNPROXIED_RECORD, severity: LintSeverity.ERROR, check: unproxiedRecord },
];

/**
 * Mistakes in a synthesized stack that the bindings, Terraform and the providers let pass: values lost on the way to the
 * JSON, and resources that open what the policy closes. What the rules of the edge let through is not judged here.
 *
 * A check that can't understand the JSON reports that as its finding, so no finding means that every check was made.
 *
 * @param terraformJson a parsed `cdk.tf.json`
 */
export function lint(terraformJson: unknown): readonly Finding[] {
  return CHECKS.flatMap(({ rule, check }) =>
    faultsOf(check, terraformJson).map(({ pointer, wrong, meant, change }) => ({
      rule,
      pointer,
      message: `${wrong}; meant: ${meant}; change: ${change}`,
    })),
  );
}

/** The same of one stack of an app, with the constructs that wrote it. */
export function stackFindings(stack: Stack): readonly NamelessFinding[] {
  return CHECKS.flatMap(({ rule, severity, check }) =>
    faultsOf(check, stack.json).map(({ pointer, wrong, meant, change, key }) => ({
      ...{ rule, severity },
      place: { stack: stack.name, pointer, ...pathAt(stack, pointer) },
      what: `${wrong}; meant: ${meant}`,
      change,
      ...(key === undefined ? {} : { key: [key] }),
    })),
  );
}

function faultsOf(check: Check, terraformJson: unknown): readonly Fault[] {
  try {
    return check(terraformJson);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ pointer: "", wrong: `the check failed: ${reason}`, ...UNCHECKED }];
  }
}

const UNCHECKED = { meant: "Terraform JSON as cdktf synthesizes it", change: "synthesize the stack again" };

/** The construct of the resource that a pointer leads into. */
function pathAt({ resources }: Stack, pointer: string) {
  const path = resources.find((each) => `${pointer}/`.startsWith(`${each.pointer}/`))?.path;
  return path === undefined ? {} : { path };
}
