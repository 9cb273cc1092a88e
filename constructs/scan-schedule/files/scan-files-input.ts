import { InvalidInput, Problem, shown } from "../../../errors/invalid-input";
import { PentestCadence, cadenceProblems } from "./pentest-cadence";
import { ScannedManifest, manifestProblems } from "./scanned-manifest";
import { Severity } from "./severity";

/** What the files of one repository are written from. All of it is plain text: none of it may be a CDKTF token. */
export interface ScanFilesInput {
  /** The repository as `owner/name`. Its hash spreads the weekly times. */
  readonly repository: string;
  /** The branch whose pushes are scanned and against which pull requests are judged. */
  readonly defaultBranch: string;
  /** Every dependency manifest to scan. */
  readonly manifests: readonly ScannedManifest[];
  /** The yearly penetration test. */
  readonly pentest: PentestCadence;
  /**
   * Whether the repository has code scanning: every public one does, a private one needs GitHub Code Security
   * (https://docs.github.com/en/code-security/code-scanning). Without it the findings are in the run's log and summary only.
   */
  readonly codeScanning: boolean;
  /**
   * Whether the Dependabot secret exists beside the Actions secret of the same name. Without it Dependabot's own pull requests
   * can't be scanned before they are merged.
   */
  readonly dependabotSecret: boolean;
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
   * Whether Snyk keeps watching what the default branch depends on (`snyk monitor`), which reports advisories between scans.
   *
   * @default true
   */
  readonly monitor?: boolean;
  /**
   * The Snyk organization, as its id or slug.
   *
   * @default - the token's own organization
   */
  readonly snykOrganization?: string;
  /**
   * The name of the secret that holds the Snyk token, in Actions and in Dependabot alike.
   *
   * @default "SNYK_TOKEN"
   */
  readonly tokenSecretName?: string;
}

/** The input with its defaults in place; only what has no default may be missing. */
export type CompleteInput = ScanFilesInput & Required<Omit<ScanFilesInput, "snykOrganization">>;

/**
 * Checks the input and puts its defaults in place.
 *
 * @throws InvalidInput with every problem of the input
 */
export function completeInput(input: ScanFilesInput): CompleteInput {
  const complete = {
    severity: Severity.HIGH,
    blockWhenUnavailable: false,
    monitor: true,
    tokenSecretName: "SNYK_TOKEN",
    ...input,
  };
  InvalidInput.throwIfAny(`the scan files of ${shown(input.repository)}`, [
    ...textProblems(complete),
    ...secretProblems(complete),
    ...manifestProblems(complete.manifests),
    ...cadenceProblems(complete.pentest),
  ]);
  return complete;
}

const TEXTS = {
  repository: [/^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/, "a GitHub repository as owner/name"],
  defaultBranch: [/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, "a branch name of letters, digits, '.', '_', '/' and '-'"],
  severity: [new RegExp(`^(${Object.values(Severity).join("|")})$`), Object.values(Severity).join(", ")],
  snykOrganization: [/^[A-Za-z0-9][A-Za-z0-9-]*$/, "an organization's id or slug"],
  tokenSecretName: [
    /^(?!GITHUB_)[A-Z_][A-Z0-9_]*$/i,
    "letters, digits and '_', beginning neither with a digit nor with GITHUB_",
  ],
} as const;

function textProblems(input: CompleteInput): readonly Problem[] {
  return (Object.keys(TEXTS) as (keyof typeof TEXTS)[]).flatMap((at) => {
    const value = input[at];
    const [text, allowed] = TEXTS[at];
    return value === undefined || text.test(value) ? [] : [{ at, got: shown(value), allowed }];
  });
}

function secretProblems({ dependabotSecret, blockWhenUnavailable }: CompleteInput): readonly Problem[] {
  if (dependabotSecret || !blockWhenUnavailable) return [];
  return [
    {
      at: "blockWhenUnavailable",
      got: "true without a Dependabot secret",
      allowed: "false as long as dependabotSecret is false: every pull request of Dependabot would be blocked",
      change: "create the Dependabot secret, or leave blockWhenUnavailable out",
    },
  ];
}
