import type { App } from "../explain/app";
import { addresses } from "./addresses";
import { dead } from "./dead";
import { type AppCheck, type AppFinding, LintSeverity } from "./finding";
import { identified } from "./identified";
import { limits } from "./limits";
import { pairs } from "./pairs";
import { plan } from "./plan";
import { stackFindings } from "./stack-checks";
import { undecided } from "./undecided";
import { unusedLists } from "./unused-lists";
import { lintedZones } from "./zones";

const CHECKS: readonly AppCheck[] = [
  ({ model }) => model.stacks.flatMap(stackFindings),
  dead,
  pairs,
  unusedLists,
  addresses,
  limits,
  plan,
  undecided,
];

const SEVERITIES: readonly LintSeverity[] = Object.values(LintSeverity);

/**
 * What an app's JSON does otherwise than it seems, or nobody here can judge: the mistakes within each stack, and what its
 * rules, lists and limits are to each other. The worst first.
 */
export function lintApp(app: App): readonly AppFinding[] {
  const linted = { ...app, zones: lintedZones(app) };
  const found = identified(
    CHECKS.flatMap((check) => check(linted)),
    app.model,
  );
  return SEVERITIES.flatMap((severity) => found.filter((finding) => finding.severity === severity));
}
