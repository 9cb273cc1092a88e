import { jsonOf } from "../../errors/json-text";
import { z } from "zod";
import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import type { RunProgram, Variables } from "./program";

/** The last deploy of an environment that succeeded. */
export interface Deployed {
  readonly environment: string;
  readonly commit: string;
  /** The run of the workflow that deployed it; empty where GitHub doesn't say. */
  readonly run: string;
}

export interface GithubSurroundings {
  readonly run: RunProgram;
  readonly variables: Variables;
  /** `owner/name` of the repository that deploys. */
  readonly repository: string;
}

const deploymentsSchema = z.array(z.object({ id: z.number().int(), sha: z.string().regex(/^[0-9a-f]{40}$/) }));
const statusesSchema = z.array(z.object({ state: z.string(), log_url: z.string().nullish() }));

/** How many entries GitHub gives at once, which is its most. */
const PAGE = 100;

/** How many pages of deploys are looked through: each deploy is a question of its own, and GitHub counts them by the hour. */
const PAGES = 5;

/**
 * The last deploy of an environment that succeeded, as GitHub recorded it: a job with an `environment` is a deployment. Those
 * that failed, or wait for their approval, or were replaced while they waited, are passed over.
 *
 * @returns undefined where the environment was never deployed
 * @throws {InvalidInput} where none of the last deploys succeeded, or GitHub can't be asked, or answers with something else
 * @see https://docs.github.com/en/rest/deployments/deployments
 * @see https://docs.github.com/en/rest/deployments/statuses
 */
export async function lastDeployed(environment: string, github: GithubSurroundings): Promise<Deployed | undefined> {
  let passed = 0;
  for await (const { id, sha } of deploymentsOf(environment, github)) {
    const statuses = await ask(`deployments/${id}/statuses?per_page=${PAGE}`, statusesSchema, github);
    // A later success makes an earlier one inactive, so that one may not be the newest status any more.
    const success = statuses.find(({ state }) => state === "success");
    if (success !== undefined) return { environment, commit: sha, run: runOf(success) };
    passed += 1;
  }
  if (passed === 0) return undefined;
  throw withoutSuccess(environment, passed);
}

/** The last deploys of several environments. */
export interface LastDeploys {
  /** Those that are known, in the order of the environments. One that was never deployed has none. */
  readonly found: readonly Deployed[];
  /** Why nobody can say what the last deploy of an environment is. It keeps no other from being found. */
  readonly problems: readonly Problem[];
}

/** The last deploy of each environment that succeeded. */
export async function lastDeploys(environments: readonly string[], github: GithubSurroundings): Promise<LastDeploys> {
  const answers = await Promise.all(environments.map((environment) => answerOf(environment, github)));
  return { found: answers.flatMap(({ found }) => found), problems: answers.flatMap(({ problems }) => problems) };
}

async function answerOf(environment: string, github: GithubSurroundings): Promise<LastDeploys> {
  try {
    const last = await lastDeployed(environment, github);
    return { found: last === undefined ? [] : [last], problems: [] };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return {
      found: [],
      problems: error.problems.map((problem) => ({ ...problem, at: `${environment} ${problem.at}` })),
    };
  }
}

type Deployment = z.infer<typeof deploymentsSchema>[number];

/** The deploys of an environment, the newest first, as far as they are looked through. */
async function* deploymentsOf(environment: string, github: GithubSurroundings): AsyncGenerator<Deployment> {
  for (let page = 1; page <= PAGES; page += 1) {
    const query = `environment=${encodeURIComponent(environment)}&per_page=${PAGE}&page=${page}`;
    const deployments = await ask(`deployments?${query}`, deploymentsSchema, github);
    yield* deployments;
    if (deployments.length < PAGE) return;
  }
}

function runOf({ log_url }: z.infer<typeof statusesSchema>[number]): string {
  return /\/actions\/runs\/(\d+)/.exec(log_url ?? "")?.[1] ?? "";
}

async function ask<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { run, variables, repository }: GithubSurroundings,
): Promise<z.infer<Schema>> {
  const command = ["gh", "api", `repos/${repository}/${path}`] as const;
  const { code, output } = await run({ command, folder: ".", environment: variables });
  if (code !== 0) throw noAnswer(path, output.trim());
  const parsed = schema.safeParse(jsonOf(output));
  if (!parsed.success) throw noAnswer(path, output.trim());
  return parsed.data;
}

const RECORD = "GitHub's record of deploys";

function noAnswer(path: string, got: string): InvalidInput {
  const at = path.replace(/\?.*$/, "");
  return new InvalidInput(RECORD, [{ at, got: shown(got), allowed: "GitHub's answer" }]);
}

function withoutSuccess(environment: string, passed: number): InvalidInput {
  const got = `${passed} of ${environment}, none of which succeeded`;
  const allowed = `a success among the last ${PAGES * PAGE}`;
  const change = "deploy the environment, or retire it (docs/deploy.md, Retiring an environment)";
  return new InvalidInput(RECORD, [{ at: "deployments", got, allowed, change }]);
}
