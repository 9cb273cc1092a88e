import { type Problem, shown } from "../errors/invalid-input";
import { type Accept, acceptanceOf, holdsStatement } from "./accept";
import { hasRulesets, type RepositoryTerms, sellsCodeSecurity, termsShape } from "./github-plan";
import { members } from "./members";
import { type PentestCadence, pentestCadenceSchema } from "./pentest-cadence";
import { manifestsSchema, type ScannedManifest } from "./scanned-manifest";
import { literal, object } from "./shapes";
import { type SnykOptions, snykOptionsSchema } from "./snyk-options";
import type { StatementId } from "./statements";

/** The gate that a pull request has to pass before it reaches the default branch. */
export interface MergeGate {
  /**
   * The id of the GitHub App that Terraform authenticates as, as the App's settings show it. Only this App may bypass the
   * gate: it writes the scan's files to the default branch.
   */
  readonly terraformApp: string;
  /**
   * The slug of a team. One of its members has to approve a change of workflows, of their programs and of Snyk's ignore
   * files: each could change the gate. The repository has to belong to an organization.
   *
   * @default - no team: a pull request can edit the gate that judges it
   */
  readonly reviewedBy?: string;
}

const mergeGateSchema = object({
  terraformApp: literal(/^[1-9]\d{0,9}$/, "the id of a GitHub App: digits, as text"),
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
   * The options of Snyk's scans.
   *
   * @default - fails from high severity on, named secrets that are set by hand
   */
  readonly snyk?: SnykOptions;
  /**
   * The gate that a pull request has to pass.
   *
   * @default - none: the scan reports and blocks nothing, so SCAN-1 has to be accepted as declared
   */
  readonly gate?: MergeGate;
  /**
   * The yearly penetration test, whose register this repository keeps. One repository of an environment is enough.
   *
   * @default - another repository keeps it
   */
  readonly pentest?: PentestCadence;
}

export const repositoryName = literal(
  /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/,
  "a GitHub repository as owner/name",
  (text) => text.replace(/^https:\/\/github\.com\//, "").replace(/(?:\.git)?\/?$/, ""),
);

export const repositorySchema = object({
  name: repositoryName,
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

/** The name of a repository without its owner, from `owner/name`: the provider's resources take it. */
export function nameIn(repository: string): string {
  return repository.split("/")[1] ?? repository;
}

export const Repository = members("Repository", {
  /** The repository `owner/name`. */
  of(name: string, promise: Omit<Repository, "name">): Repository {
    return { name, ...promise };
  },
});

/** The repositories of an environment and the statements that it lowers. */
interface Scans {
  readonly name: string;
  readonly repositories?: readonly Repository[];
  readonly accept?: readonly Accept[];
}

/** One owner, a gate where the plan has one, and one register. A missing one is accepted as declared. */
export function scansProblems({ name, repositories = [], accept = [] }: Scans): readonly Problem[] {
  const [first] = repositories;
  if (first === undefined) return [];
  const scanned = holdsStatement(accept, "SCAN-1");
  const declare = acceptanceOf("SCAN-1", name);
  const hasRegister = repositories.some(({ pentest }) => pentest !== undefined);
  return [
    ...repositories.flatMap((repository, index) => {
      const at = `${name}.repositories[${index}]`;
      return [
        ...foreign(repository, first, at),
        ...gateProblems(repository, `${at}.gate`, scanned, declare),
        ...(scanned ? unscanned(repository, at, declare) : []),
      ];
    }),
    ...PENTEST_STATEMENTS.filter((statement) => !hasRegister && holdsStatement(accept, statement)).map((statement) => ({
      at: `${name}.repositories`,
      got: "no repository that keeps the register of penetration tests",
      allowed: `one with \`pentest\`, or ${statement} accepted as declared`,
      change: `give one of them a pentest cadence, or ${acceptanceOf(statement, name)}`,
    })),
  ];
}

const PENTEST_STATEMENTS: readonly StatementId[] = ["PEN-1", "PEN-2"];

/** A GitHub provider works for one owner, and a stack has one. */
function foreign(repository: Repository, first: Repository, at: string): readonly Problem[] {
  if (ownerOf(repository) === ownerOf(first)) return [];
  return [
    {
      at: `${at}.name`,
      got: `${shown(repository.name)} beside ${shown(first.name)}`,
      allowed: "repositories of one owner in an environment: its GitHub provider works for one",
      change: "let another environment own the repositories of the other owner",
    },
  ];
}

/** An environment that lets a manifest pass unscanned accepts SCAN-1 as declared. */
function unscanned({ manifests }: Repository, at: string, declare: string): readonly Problem[] {
  return manifests.flatMap(({ passUnscannable = false, path }, index) =>
    passUnscannable
      ? [
          {
            at: `${at}.manifests[${index}].passUnscannable`,
            got: `true, so that ${path} may be merged unscanned`,
            allowed: "false, or SCAN-1 accepted as declared",
            change: `leave it out, or ${declare}`,
          },
        ]
      : [],
  );
}

function gateProblems(repository: Repository, at: string, scanned: boolean, declare: string): readonly Problem[] {
  const { gate, plan } = repository;
  if (gate !== undefined && !hasRulesets(repository)) {
    const got = `a gate for a repository that isn't public, on the ${plan} plan`;
    const allowed = "no gate: GitHub has rulesets for it from the pro plan on";
    return [{ at, got, allowed, change: `move the owner to a paid plan, or drop the gate and ${declare}` }];
  }
  if (gate !== undefined || !scanned) return [];
  return [
    {
      at,
      got: "no gate, so that pull requests are merged whatever Snyk finds",
      allowed: "a gate, or SCAN-1 accepted as declared",
      change: `give it gate: { terraformApp }, or ${declare}`,
    },
  ];
}
