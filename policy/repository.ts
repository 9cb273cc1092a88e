import { type RepositoryTerms, sellsCodeSecurity, termsShape } from "./github-plan";
import { type MergeGate, mergeGateSchema } from "./merge-gate";
import { type PentestCadence, pentestCadenceSchema } from "./pentest-cadence";
import { type ScannedManifest, manifestsSchema } from "./scanned-manifest";
import { literal, object } from "./schema/shapes";
import { type SnykOptions, snykOptionsSchema } from "./snyk-options";

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
