import type { Contexts } from "./expressions";

const github = (event: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  event_name: event,
  repository: "example/api",
  server_url: "https://github.com",
  workspace: "/runner/api",
  ref: "refs/heads/main",
  ref_name: "main",
  run_id: 1,
  event: {},
  ...more,
});
const pullRequest = (from: string | null): Contexts => ({
  github: github("pull_request", {
    ref: "refs/pull/7/merge",
    ref_name: "7/merge",
    event: { pull_request: { head: { repo: from === null ? null : { full_name: from } } } },
  }),
  runner: { temp: "/runner/_temp" },
});
const run = (event: string, more: Readonly<Record<string, unknown>> = {}): Contexts => ({
  github: github(event, more),
  runner: { temp: "/runner/_temp" },
});

/** The events of the Snyk workflow, as the contexts that its expressions see. */
export const EVENTS = {
  push: run("push"),
  "a push to another branch": run("push", { ref: "refs/heads/other", ref_name: "other" }),
  schedule: run("schedule"),
  "a run by hand on main": run("workflow_dispatch"),
  "a run by hand elsewhere": run("workflow_dispatch", { ref: "refs/heads/other", ref_name: "other" }),
  "a pull request": pullRequest("example/api"),
  "a pull request from a fork": pullRequest("mallory/api"),
  "a pull request whose fork is gone": pullRequest(null),
} as const;

/** The same event in another run. */
export function again(contexts: Contexts): Contexts {
  return { ...contexts, github: { ...(contexts["github"] as object), run_id: 2 } };
}
