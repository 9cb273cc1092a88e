/** The program that judges the register. */
export const CHECKER = "pentest-check";

/** Where it reads what it judges by: beside itself. */
export const policyPath = (checker: string): string => checker.replace(/[^/]*$/, "pentest-policy.json");
