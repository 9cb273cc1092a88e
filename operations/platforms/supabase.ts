import { z } from "zod";
import { type Client, readJson } from "./client";
import { type Asked, plainRoot, type Platform, read } from "./platform";

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
export const projects = (client: Client): Asked<readonly LiveProject[]> => ({
  id: "supabase/projects/all",
  subject: "the projects of Supabase",
  reading: readJson(client, "/v1/projects", z.array(project)),
});

/** A part of a project, by its path below it. */
const ofProject = <T>(client: Client, ref: string, path: string, form: z.ZodType<T>) =>
  readJson(client, `/v1/projects/${encodeURIComponent(ref)}/${path}`, form);

const branch = z.object({ id: text, name: text, project_ref: text, is_default: z.boolean() });

/** A branch, a project of its own: BranchResponse. */
export type LiveBranch = z.output<typeof branch>;

/**
 * The platform's words where a project has no branches at all.
 *
 * @see https://github.com/supabase/supabase/blob/master/apps/studio/data/branches/branches-query.ts
 */
const WITHOUT_BRANCHES = /^Preview branching is not enabled/;

export const branchesOf = (client: Client, ref: string): Asked<readonly LiveBranch[]> => ({
  id: `supabase/branches/${ref}`,
  subject: `the branches of ${ref}`,
  needs: "the right to read the project's branches",
  reading: ofProject(client, ref, "branches", z.array(branch)).then((reading) =>
    reading.kind === "unreadable" && WITHOUT_BRANCHES.test(reading.said ?? "") ? read([]) : reading,
  ),
});

/**
 * The schemas that the Data API exposes; none where it is off. PostgrestConfigWithJWTSecretResponse without its secret.
 *
 * @see https://supabase.com/docs/guides/api/securing-your-api#disable-the-data-api-or-harden-it
 */
export const dataApiOf = (client: Client, ref: string): Asked<{ readonly db_schema: string }> => ({
  id: `supabase/data-api/${ref}`,
  subject: `whether the Data API of ${ref} is on`,
  reading: ofProject(client, ref, "postgrest", z.object({ db_schema: text })),
});

/** Whether a project may have restrictions: NetworkRestrictionsResponse. */
export const entitlementOf = (client: Client, ref: string): Asked<{ readonly entitlement: string }> => ({
  id: `supabase/entitlement/${ref}`,
  subject: `the network restrictions of ${ref}`,
  needs: "database_network_restrictions_read",
  reading: ofProject(client, ref, "network-restrictions", z.object({ entitlement: text })),
});
