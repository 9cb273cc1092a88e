import { z } from "zod";
import { InvalidInput, shown } from "../../errors/invalid-input";
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

/** How many deploys are looked through for one that succeeded. */
const LOOKED_THROUGH = 30;

/**
 * The last deploy of an environment that succeeded, as GitHub recorded it: a job with an `environment` is a deployment.
 *
 * @returns undefined where none of the last ones did
 * @throws {InvalidInput} where GitHub can't be asked, or answers with something else
 * @see https://docs.github.com/en/rest/deployments/deployments
 * @see https://docs.github.com/en/rest/deployments/statuses
 */
export async function lastDeployed(environment: string, github: GithubSurroundings): Promise<Deployed | undefined> {
  const query = `environment=${encodeURIComponent(environment)}&per_page=${LOOKED_THROUGH}`;
  const deployments = await ask(`deployments?${query}`, deploymentsSchema, github);
  for (const { id, sha } of deployments) {
    const statuses = await ask(`deployments/${id}/statuses?per_page=${LOOKED_THROUGH}`, statusesSchema, github);
    // A later success makes an earlier one inactive, so that one may not be the newest status any more.
    const success = statuses.find(({ state }) => state === "success");
    if (success === undefined) continue;
    return { environment, commit: sha, run: /\/actions\/runs\/(\d+)/.exec(success.log_url ?? "")?.[1] ?? "" };
  }
  return undefined;
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function noAnswer(path: string, got: string): InvalidInput {
  const at = path.replace(/\?.*$/, "");
  return new InvalidInput("GitHub's record of deploys", [{ at, got: shown(got), allowed: "GitHub's answer" }]);
}
