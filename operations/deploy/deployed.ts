import { z } from "zod";
import type { Problem } from "../../errors/invalid-input";
import { type Client, readJson } from "../platforms/client";
import { type Reading, read, unreadable } from "../platforms/platform";

/** The last deploy of an environment that succeeded. */
export interface Deployed {
  readonly environment: string;
  readonly commit: string;
  /** The run of the workflow that deployed it; empty where GitHub doesn't say. */
  readonly run: string;
}

const deployments = z.array(z.object({ id: z.number().int(), sha: z.string().regex(/^[0-9a-f]{40}$/) }));
const statuses = z.array(z.object({ state: z.string(), log_url: z.string().nullish() }));

/** How many entries GitHub gives at once, which is its most. */
const PAGE = 100;

/** How many pages of deploys are looked through: each deploy is a question of its own, and GitHub counts them by the hour. */
const PAGES = 5;

/** The last deploys of several environments. */
export interface LastDeploys {
  /** Those that are known, in the order of the environments. One that was never deployed has none. */
  readonly found: readonly Deployed[];
  /** Why it is unknown what the last deploy of an environment is. It keeps no other from being found. */
  readonly problems: readonly Problem[];
}

/**
 * The last deploy of each environment that succeeded.
 *
 * @param repository `owner/name` of the repository that deploys
 */
export async function lastDeploys(
  environments: readonly string[],
  client: Client,
  repository: string,
): Promise<LastDeploys> {
  const answers = await Promise.all(
    environments.map(async (environment) => ({
      environment,
      last: await lastDeploy(environment, client, `/repos/${repository}/deployments`),
    })),
  );
  return {
    found: answers.flatMap(({ last }) => (last.kind === "read" && last.value !== undefined ? [last.value] : [])),
    problems: answers.flatMap(({ environment, last }) =>
      last.kind === "read"
        ? []
        : [{ at: `deploys of ${environment}`, got: last.what, allowed: "one that succeeded", change: last.todo }],
    ),
  };
}

/**
 * GitHub records a job with an `environment` as a deployment. Those that failed, or wait for their approval, or were replaced
 * while they waited, are passed over.
 *
 * @see https://docs.github.com/en/rest/deployments/deployments
 * @see https://docs.github.com/en/rest/deployments/statuses
 */
async function lastDeploy(environment: string, client: Client, root: string): Promise<Reading<Deployed | undefined>> {
  let passed = 0;
  for (let page = 1; page <= PAGES; page += 1) {
    const query = `environment=${encodeURIComponent(environment)}&per_page=${PAGE}&page=${page}`;
    const all = await readJson(client, `${root}?${query}`, deployments);
    if (all.kind === "unreadable") return all;
    for (const { id, sha } of all.value) {
      const known = await readJson(client, `${root}/${id}/statuses?per_page=${PAGE}`, statuses);
      if (known.kind === "unreadable") return known;
      // A later success makes an earlier one inactive, so that one may not be the newest status any more.
      const success = known.value.find(({ state }) => state === "success");
      const run = /\/actions\/runs\/(\d+)/.exec(success?.log_url ?? "")?.[1] ?? "";
      if (success !== undefined) return read({ environment, commit: sha, run });
      passed += 1;
    }
    if (all.value.length < PAGE) break;
  }
  if (passed === 0) return read(undefined);
  const todo = "deploy the environment, or retire it (docs/deploy.md, Retiring an environment)";
  return unreadable(`none of the last ${passed} succeeded`, todo);
}
