import { randomBytes } from "node:crypto";
import type { Json } from "../server";

/** A GitHub environment of a repository. */
export interface EnvironmentState {
  isReviewed: boolean;
  isRestricted: boolean;
  readonly secrets: Set<string>;
  readonly variables: Set<string>;
}

/** A deploy as GitHub records it: https://docs.github.com/en/rest/deployments/deployments */
export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly statuses: readonly { readonly state: string; readonly log_url: string }[];
}

/** A repository as the stand-in keeps it. */
export class RepositoryState {
  public defaultBranch = "main";
  public archived = false;
  public alerts = false;
  public securityUpdates = false;
  public readonly files = new Map<string, Buffer>();
  public readonly messages = new Map<string, string>();
  public readonly rulesets = new Map<string, Json>();
  /** When each secret was written, by `actions/NAME` or `dependabot/NAME`. */
  public readonly secrets = new Map<string, string>();
  /** Actions secrets that the organization shares with the repository. */
  public readonly sharedSecrets: string[] = [];

  /** The permission of each team, by its slug. */
  public readonly teams = new Map([["security", "push"]]);
  public readonly environments = new Map<string, EnvironmentState>();
  /** The deploys, the newest first, each with the states that it had. */
  public readonly deployments: Deployment[] = [];
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
