export { lintApp } from "./app-checks";
export { type AppFinding, type Finding, LintRule, LintSeverity } from "./finding";
export { lint } from "./stack-checks";
