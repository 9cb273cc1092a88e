import { z } from "zod";
import { type Client, readJson } from "./client";
import { plainRoot, type Platform, type Reading, read } from "./platform";

/**
 * Supabase's Management API. The variables are those of supabase/terraform-provider-supabase v1.10.1.
 *
 * @see https://api.supabase.com/api/v1
 */
export const supabase: Platform = {
  name: "Supabase",
  credential: "SUPABASE_ACCESS_TOKEN",
  endpoint: "SUPABASE_API_ENDPOINT",
  endpointByDefault: "https://api.supabase.com",
  rootOf: plainRoot,
};

const text = z.string();

const project = z.object({ ref: text, name: text, organization_slug: text, region: text, status: text });

/** A project: V1ProjectWithDatabaseResponse. */
export type LiveProject = z.output<typeof project>;

/** Every project that the token reaches. */
export const listProjects = (client: Client): Promise<Reading<readonly LiveProject[]>> =>
  readJson(client, "/v1/projects", z.array(project));

const branch = z.object({ id: text, name: text, project_ref: text, is_default: z.boolean() });

/** A branch, a project of its own: BranchResponse. */
export type LiveBranch = z.output<typeof branch>;

/**
 * What the platform says where a project has no branches at all.
 *
 * @see https://github.com/supabase/supabase/blob/master/apps/studio/data/branches/branches-query.ts
 */
const WITHOUT_BRANCHES = /^Preview branching is not enabled/;

export async function listBranches(client: Client, ref: string): Promise<Reading<readonly LiveBranch[]>> {
  const reading = await readJson(client, `/v1/projects/${encodeURIComponent(ref)}/branches`, z.array(branch));
  return reading.kind === "unreadable" && WITHOUT_BRANCHES.test(reading.said ?? "") ? read([]) : reading;
}

/** PostgrestConfigWithJWTSecretResponse without its secret. */
const dataApi = z.object({ db_schema: text });

/**
 * The schemas that the Data API exposes; none where it is off.
 *
 * @see https://supabase.com/docs/guides/api/securing-your-api#disable-the-data-api-or-harden-it
 */
export const readDataApi = (client: Client, ref: string): Promise<Reading<z.output<typeof dataApi>>> =>
  readJson(client, `/v1/projects/${encodeURIComponent(ref)}/postgrest`, dataApi);

const restrictions = z.object({ entitlement: text });

/** NetworkRestrictionsResponse, as far as it says whether the project may have restrictions. */
export const readEntitlement = (client: Client, ref: string): Promise<Reading<z.output<typeof restrictions>>> =>
  readJson(client, `/v1/projects/${encodeURIComponent(ref)}/network-restrictions`, restrictions);
