import { type RepositoryTerms, sellsCodeSecurity, termsShape } from "./github-plan";
import { type PentestCadence, pentestCadenceSchema } from "./pentest-cadence";
import { manifestsSchema, type ScannedManifest } from "./scanned-manifest";
import { literal, object } from "./shapes";
import { type SnykOptions, snykOptionsSchema } from "./snyk-options";

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

/** A GitHub repository that an environment owns the scans of. Exactly one environment owns each. */
export interface Repository extends RepositoryTerms {
  /** `owner/name`. */
  readonly name: string;
  /** Every dependency manifest that it has. Each is scanned. */
  readonly manifests: readonly ScannedManifest[];
  /**
   * The branch whose pushes are scanned and against which pull requests are judged. It has to be the repository's default
   * branch: GitHub runs schedules there only, and a plan fails where it isn't.
   *
   * @default "main"
   */
  readonly defaultBranch?: string;
  /**
   * How Snyk scans it.
   *
   * @default - fails from high severity on, named secrets that are set by hand
   */
  readonly snyk?: SnykOptions;
  /**
   * What a pull request has to pass.
   *
   * @default - nothing: the scan reports and blocks nothing, so SCAN-1 has to be accepted as declared
   */
  readonly gate?: MergeGate;
  /**
   * The yearly penetration test, whose register this repository keeps. One repository of an environment is enough.
   *
   * @default - another repository keeps it
   */
  readonly pentest?: PentestCadence;
}

export const repositorySchema = object({
  name: literal(
    /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/,
    "a GitHub repository as owner/name",
    (text) => text.replace(/^https:\/\/github\.com\//, "").replace(/(?:\.git)?\/?$/, ""),
  ),
  ...termsShape,
  manifests: manifestsSchema,
  defaultBranch: literal(
    /^[A-Za-z0-9][A-Za-z0-9._/-]*$/,
    "a branch name of letters, digits, '.', '_', '/' and '-'",
  ).optional(),
  snyk: snykOptionsSchema.optional(),
  gate: mergeGateSchema.optional(),
  pentest: pentestCadenceSchema.optional(),
}).superRefine((repository, context) => {
  const { codeSecurity = false, plan } = repository;
  if (!codeSecurity || sellsCodeSecurity(repository as RepositoryTerms)) return;
  const message = `false on the ${plan} plan: GitHub sells Code Security with the team and enterprise plans`;
  context.addIssue({ code: "custom", path: ["codeSecurity"], message });
});

/** The owner of a repository, as GitHub compares it: without regard to case. */
export function ownerOf({ name }: Pick<Repository, "name">): string {
  return (name.split("/")[0] ?? "").toLowerCase();
}

export const Repository = {
  /** The repository `owner/name`. */
  of(name: string, promise: Omit<Repository, "name">): Repository {
    return { name, ...promise };
  },
} as const;
