import { createHash, randomBytes } from "node:crypto";

/** One request to GitHub, and how it was answered. */
export interface GithubRequest {
  readonly method: string;
  /** The path after `/api/v3/`, without the query. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly status: number;
}

/** A GitHub environment of a repository. */
export interface EnvironmentState {
  isReviewed: boolean;
  isRestricted: boolean;
  readonly secrets: Set<string>;
  readonly variables: Set<string>;
}

/** A repository as the stand-in keeps it. */
export class RepositoryState {
  public defaultBranch = "main";
  public archived = false;
  public alerts = false;
  public securityUpdates = false;
  public readonly files = new Map<string, Buffer>();
  public readonly messages = new Map<string, string>();
  public readonly labels = new Map<string, Readonly<Record<string, unknown>>>();
  public readonly rulesets = new Map<string, Readonly<Record<string, unknown>>>();
  /** When each secret was written, by `actions/NAME` or `dependabot/NAME`. */
  public readonly secrets = new Map<string, string>();
  /** Actions secrets that the organization shares with the repository. */
  public readonly sharedSecrets: string[] = [];

  /** The permission of each team, by its slug. */
  public readonly teams = new Map([["security", "push"]]);
  public readonly environments = new Map<string, EnvironmentState>();
  /** The repository's own Actions variables. */
  public readonly variables = new Map<string, string>();

  public constructor(
    public readonly owner: string,
    public readonly name: string,
    public readonly id: number,
  ) {}

  /** Records a commit and returns its hash. */
  public commit(message: string): string {
    const sha = randomBytes(20).toString("hex");
    this.messages.set(sha, message);
    return sha;
  }
}

/** The hash by which git names a file's content. */
export function blobSha(content: Buffer): string {
  return createHash("sha1")
    .update(`blob ${String(content.length)}\0`)
    .update(content)
    .digest("hex");
}
