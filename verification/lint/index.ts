import { escapedInterpolation } from "./escaped-interpolation";
import { type Check, type Finding, LintRule } from "./finding";
import { lockdown } from "./lockdown";
import { lostValue } from "./lost-value";
import { spectrumPort } from "./spectrum-port";
import { unproxiedRecord } from "./unproxied-record";

export { type Finding, LintRule } from "./finding";

const CHECKS: Readonly<Record<LintRule, Check>> = {
  [LintRule.ESCAPED_INTERPOLATION]: escapedInterpolation,
  [LintRule.LOST_VALUE]: lostValue,
  [LintRule.SPECTRUM_PORT]: spectrumPort,
  [LintRule.LOCKDOWN]: lockdown,
  [LintRule.UNPROXIED_RECORD]: unproxiedRecord,
};

/**
 * Mistakes in a synthesized stack that the bindings, Terraform and the providers let pass: values lost on the way to the
 * JSON, and resources that open what the policy closes. What the rules of the edge let through is not judged here.
 *
 * A check that can't understand the JSON reports that as its finding, so no finding means that every check was made.
 *
 * @param terraformJson a parsed `cdk.tf.json`
 */
export function lint(terraformJson: unknown): readonly Finding[] {
  return Object.values(LintRule).flatMap((rule) => findings(rule, CHECKS[rule], terraformJson));
}

function findings(rule: LintRule, check: Check, terraformJson: unknown): readonly Finding[] {
  try {
    return check(terraformJson).map(({ pointer, wrong, meant, change }) => ({
      rule,
      pointer,
      message: `${wrong}; meant: ${meant}; change: ${change}`,
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ rule, pointer: "", message: unchecked(reason) }];
  }
}

const unchecked = (reason: string): string =>
  `the check failed: ${reason}; meant: Terraform JSON as cdktf synthesizes it; change: synthesize the stack again`;
