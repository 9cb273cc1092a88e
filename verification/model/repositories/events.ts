import type { ContextObject, ContextValue, Contexts } from "./expressions/context";
import { NotUnderstood } from "./not-understood";

/** What can start a workflow, as far as it is judged here. */
export type Event = "push" | "schedule" | "pull_request" | "pull_request from a fork";

/** What only a run knows, marked by a character that no file holds. */
export const MARKS = {
  workspace: "\u0000workspace",
  temp: "\u0000temp",
  token: "\u0000token",
  secret: (name: string): string => `\u0000secret ${name.toUpperCase()}`,
} as const;

export interface RunOf {
  readonly event: Event;
  /** `owner/name`. */
  readonly repository: string;
  /** The default branch: pushes are to it, pull requests against it, and schedules run on it. */
  readonly branch: string;
  /** Tells runs apart. @default 1 */
  readonly run?: number;
  /** A leg of a matrix. */
  readonly matrix?: ContextObject;
  /** The jobs that are waited for. */
  readonly needs?: ContextObject;
}

/**
 * What expressions see in a run.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context
 */
export function contextsOf({ event, repository, branch, run = 1, matrix, needs }: RunOf): Contexts {
  const isPullRequest = event.startsWith("pull_request");
  const head = event === "pull_request" ? repository : "\u0000fork/\u0000fork";
  const github = partly("github", {
    event_name: isPullRequest ? "pull_request" : event,
    ref: isPullRequest ? "refs/pull/1/merge" : `refs/heads/${branch}`,
    ref_name: isPullRequest ? "1/merge" : branch,
    base_ref: isPullRequest ? branch : "",
    run_id: `\u0000run ${run}`,
    repository,
    server_url: "https://github.com",
    workspace: MARKS.workspace,
    token: MARKS.token,
    event: partly("github.event", {
      pull_request: isPullRequest
        ? partly("github.event.pull_request", {
            head: partly("head", { repo: partly("head.repo", { full_name: head }) }),
          })
        : null,
    }),
  });
  return {
    named: {
      github,
      runner: partly("runner", { temp: MARKS.temp, os: "Linux" }),
      secrets: (name) => (name === "github_token" ? MARKS.token : MARKS.secret(name)),
      needs: needs ?? partly("needs", {}),
      matrix: matrix ?? partly("matrix", {}),
      ...Object.fromEntries(["env", "vars", "inputs", "job", "strategy"].map((name) => [name, partly(name, {})])),
    },
    status: "success",
  };
}

/** A context of which only these members are known. */
function partly(context: string, members: ContextObject): (name: string) => ContextValue {
  return (name) => {
    if (Object.hasOwn(members, name)) return members[name] ?? null;
    throw new NotUnderstood("", `what ${context}.${name} is isn't known here`);
  };
}
