import { literal, object } from "./schema/shapes";

/** What a pull request has to pass before it reaches the default branch. */
export interface MergeGate {
  /**
   * The id of the GitHub App that Terraform authenticates as, as the App's settings show it: the only one that may bypass the
   * gate. It has to, since it writes the scan's files to the default branch.
   */
  readonly terraformApp: string;
  /**
   * The slug of the team of which one member has to approve what could change the gate: workflows, their programs and Snyk's
   * ignore files. The repository has to belong to an organization.
   *
   * @default - nobody has to: a pull request can edit the gate that judges it
   */
  readonly reviewedBy?: string;
}

export const mergeGateSchema = object({
  terraformApp: literal(/^[1-9]\d{0,9}$/, "the id of a GitHub App, digits"),
  reviewedBy: literal(
    /^[a-z0-9_](?:[a-z0-9_-]{0,98}[a-z0-9_])?$/,
    "the slug of a team: lower-case letters, digits, '-' and '_'",
    (text) => text.replace(/^@?[^/]*\//, "").toLowerCase(),
  ).optional(),
});
