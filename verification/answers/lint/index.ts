export { lintApp } from "./app-checks";
export { LintRule, LintSeverity } from "./finding";
export { lint } from "./stack-checks";
