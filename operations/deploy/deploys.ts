import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { notListed } from "../../errors/nearest";
import type { Policy } from "../../policy/policy";
import { ownerOf } from "../../policy/repository";
import { type Client, readJson } from "../platforms/client";
import { read, type Reading, unreadable } from "../platforms/platform";
import { z } from "zod";

/** When an environment is deployed, and what its jobs need to know of it. */
export interface Turn {
  readonly environment: string;
  /** The environment whose deploy has to have succeeded before, in the same run; empty for the first. */
  readonly after: string;
  /** The owner of the repositories of the environment; empty where it has none. */
  readonly owner: string;
  /** The names of those repositories without their owner, separated by commas. */
  readonly repositories: string;
}

/** Which environments take part. */
export interface Selection {
  /**
   * These alone. A guest of a zone may be named without the zone's owner: whoever names it vouches that the owner's guards
   * and records for it are in force.
   *
   * @default - every environment; so does an empty list
   */
  readonly only?: readonly string[];
  /**
   * Every environment but these and the guests of their zones: nobody has named such a guest, and what guards it comes
   * with its owner.
   *
   * @default - none is left out
   */
  readonly without?: readonly string[];
}

/** A guest of a zone that isn't deployed because the zone's owner isn't. */
export interface LeftOut {
  readonly environment: string;
  readonly owner: string;
}

/**
 * The order in which environments are deployed: a guest of a zone after the zone's owner, which writes the guest's guards
 * and records; apart from that, the order in which the app lists them.
 *
 * @throws {InvalidInput} where an environment is named that doesn't exist
 */
export function deployOrder(policies: readonly Policy[], selection: Selection = {}): readonly Turn[] {
  const byName = new Map(policies.map((policy) => [policy.name, policy]));
  const { only = [], without = [] } = selection;
  const problems = Object.entries({ "--only": only, "--without": without }).flatMap(([flag, names]) =>
    names.filter((name) => !byName.has(name)).map((name) => notListed(flag, name, [...byName.keys()])),
  );
  InvalidInput.throwIfAny("the choice of environments", problems);
  const left = [...without, ...leftWithOwner(policies, selection).map(({ environment }) => environment)];
  const ordered = new Set(policies.flatMap(({ name, edgeOwner }) => [edgeOwner, name]));
  const chosen = [...ordered].filter((name) => isAskedFor(name, only) && !left.includes(name));
  return chosen.map((name, place) => ({
    environment: name,
    after: chosen[place - 1] ?? "",
    ...repositoriesOf(byName.get(name)),
  }));
}

/** The guests that are left out with the owner of their zone, of those that are asked for otherwise. */
export function leftWithOwner(policies: readonly Policy[], { only = [], without = [] }: Selection): readonly LeftOut[] {
  return policies
    .filter(({ name, edgeOwner }) => without.includes(edgeOwner) && !without.includes(name) && isAskedFor(name, only))
    .map(({ name, edgeOwner }) => ({ environment: name, owner: edgeOwner }));
}

function isAskedFor(name: string, only: readonly string[]): boolean {
  return only.length === 0 || only.includes(name);
}

function repositoriesOf(policy: Policy | undefined): Pick<Turn, "owner" | "repositories"> {
  const { repositories = [] } = policy?.environment ?? {};
  const [first] = repositories;
  const names = repositories.map(({ name }) => name.slice(name.indexOf("/") + 1));
  return { owner: first === undefined ? "" : ownerOf(first), repositories: names.join(",") };
}

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
