import { z } from "zod";
import { literal, object } from "./shapes";

/** Snyk's severities, mildest first: https://docs.snyk.io/manage-risk/prioritize-issues-for-fixing/severity-levels. */
export enum Severity {
  LOW = "low",
  MEDIUM = "medium",
  HIGH = "high",
  CRITICAL = "critical",
}

/** The options of Snyk's scans of a repository. */
export interface SnykOptions {
  /**
   * The mildest severity that fails. Milder findings are reported all the same.
   *
   * @default Severity.HIGH
   */
  readonly severity?: Severity;
  /**
   * Whether a pull request is blocked while Snyk can't be reached. On the default branch that always fails.
   *
   * @default false
   */
  readonly blockWhenUnavailable?: boolean;
  /**
   * Whether Snyk keeps watching the dependencies of the default branch (`snyk monitor`), which reports advisories
   * between scans.
   *
   * @default true
   */
  readonly monitor?: boolean;
  /**
   * The Snyk organization, as its id or slug.
   *
   * @default - the token's own organization
   */
  readonly organization?: string;
  /**
   * The name of the secret that holds the Snyk token, in Actions and in Dependabot alike.
   *
   * @default "SNYK_TOKEN"
   */
  readonly tokenSecret?: string;
  /**
   * Whether the Dependabot secret exists beside the Actions secret of the same name. Without it Dependabot's own pull requests
   * can't be scanned before they are merged.
   *
   * @default true
   */
  readonly dependabotSecret?: boolean;
  /**
   * Whether Terraform writes the token into these secrets. **Then the Terraform state holds it in clear**: every reader of
   * the state can use it, and the next apply undoes a rotation by hand. It comes from the variable `TF_VAR_<name of the
   * secret in lower case>` of the process that runs Terraform.
   *
   * @default false - people set the secrets by hand; nothing of them is in the JSON or the state
   * @see https://registry.terraform.io/providers/integrations/github/latest/docs/resources/actions_secret
   */
  readonly writeToken?: boolean;
}

/** The options where a repository sets none. */
export const SNYK_DEFAULTS = {
  severity: Severity.HIGH,
  blockWhenUnavailable: false,
  monitor: true,
  tokenSecret: "SNYK_TOKEN",
  dependabotSecret: true,
  writeToken: false,
} as const satisfies SnykOptions;

const flag = z.boolean({ error: "true or false" }).optional();

export const snykOptionsSchema = object({
  severity: z.enum(Severity, { error: `${Object.values(Severity).join(", ")} (Severity)` }).optional(),
  blockWhenUnavailable: flag,
  monitor: flag,
  organization: literal(/^[A-Za-z0-9][A-Za-z0-9-]*$/, "an organization's id or slug").optional(),
  tokenSecret: literal(
    /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/,
    "upper-case letters, digits and '_', beginning neither with a digit nor with GITHUB_",
    (text) => text.toUpperCase().replace(/[^A-Z0-9]+/g, "_"),
  ).optional(),
  dependabotSecret: flag,
  writeToken: flag,
}).superRefine(({ blockWhenUnavailable = false, dependabotSecret = true }, context) => {
  if (dependabotSecret || !blockWhenUnavailable) return;
  context.addIssue({
    code: "custom",
    path: ["blockWhenUnavailable"],
    message: "false as long as dependabotSecret is false: every pull request of Dependabot would be blocked",
    params: { change: "create the Dependabot secret, or leave blockWhenUnavailable out" },
  });
});
