/** Snyk's severities, mildest first: https://docs.snyk.io/manage-risk/prioritize-issues-for-fixing/severity-levels. */
export enum Severity {
  LOW = "low",
  MEDIUM = "medium",
  HIGH = "high",
  CRITICAL = "critical",
}
