import { LintRule } from "./finding";

/** What each check finds, in one sentence. */
export const LINT_RULES: Readonly<Record<LintRule, string>> = {
  [LintRule.ESCAPED_INTERPOLATION]: "A reference is written in Terraform's escape, so that its text is sent.",
  [LintRule.LOST_VALUE]: "The bindings lost a number or a list on the way to the JSON.",
  [LintRule.SPECTRUM_PORT]: "A Spectrum application opens a port past every rule.",
  [LintRule.LOCKDOWN]: "A zone lockdown guards a path that an escape may pass by.",
  [LintRule.UNPROXIED_RECORD]: "A record publishes an origin's own address.",
  [LintRule.NEVER_MATCHES]: "No request meets a rule's condition.",
  [LintRule.COVERED]: "Other rules, alone or together, have all requests of a rule.",
  [LintRule.CONTRADICTION]: "Two rules that overlap end requests differently.",
  [LintRule.ORDER]: "Two rules that overlap do different things, in an order that matters.",
  [LintRule.UNUSED_LIST]: "No rule names a list.",
  [LintRule.OVERLAPPING_ADDRESSES]: "A set has the same addresses more than once.",
  [LintRule.MERGEABLE_ADDRESSES]: "A set takes more entries than it needs.",
  [LintRule.MISLEADING_ADDRESS]: "An address is read otherwise than it looks.",
  [LintRule.LIMIT]: "Something is near a limit of the platform or the plan, or over it.",
  [LintRule.PLAN]: "A condition asks for what the zone's plan doesn't have.",
  [LintRule.UNDECIDED]: "Nobody here can say what something does.",
};
