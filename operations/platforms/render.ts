import { z } from "zod";
import { type Client, listed, readJson } from "./client";
import { plainRoot, type Platform, type Reading } from "./platform";

/**
 * Render's API v1. The variables are those of render-oss/terraform-provider-render v1.9.1, whose
 * internal/client/types_gen.go has the forms of the answers.
 *
 * @see https://api-docs.render.com/reference/introduction
 */
export const render: Platform = {
  name: "Render",
  credential: "RENDER_API_KEY",
  endpoint: "RENDER_HOST",
  endpointByDefault: "https://api.render.com/v1",
  rootOf: plainRoot,
};

const text = z.string();

const service = z.object({
  id: text,
  name: text,
  ownerId: text,
  type: text,
  suspended: text.optional(),
  serviceDetails: z.object({
    url: text.optional(),
    region: text.optional(),
    parentServer: z.object({ id: text }).nullish(),
  }),
});

/** A service of any type. */
export type LiveService = z.output<typeof service>;

export const readService = (client: Client, id: string): Promise<Reading<LiveService>> =>
  readJson(client, `/services/${encodeURIComponent(id)}`, service);

/** Every service of a workspace, previews included. */
export const listServices = (client: Client, owner: string): Promise<Reading<readonly LiveService[]>> =>
  all(client, `/services?includePreviews=true&ownerId=${encodeURIComponent(owner)}`, "service", service);

const domain = z.object({
  id: text,
  name: text,
  verificationStatus: text,
  redirectForName: text.nullish(),
});

/** A public name of a service beside its onrender.com name. */
export type LiveDomain = z.output<typeof domain>;

export const listDomains = (client: Client, id: string): Promise<Reading<readonly LiveDomain[]>> =>
  all(client, `/services/${encodeURIComponent(id)}/custom-domains`, "customDomain", domain);

const store = z.object({ id: text, name: text, region: text.optional() });

/** A datastore of a workspace. */
export type LiveStore = z.output<typeof store>;

export const listPostgres = (client: Client, owner: string): Promise<Reading<readonly LiveStore[]>> =>
  all(client, `/postgres?includeReplicas=true&ownerId=${encodeURIComponent(owner)}`, "postgres", store);

export const listKeyValues = (client: Client, owner: string): Promise<Reading<readonly LiveStore[]>> =>
  all(client, `/key-value?ownerId=${encodeURIComponent(owner)}`, "keyValue", store);

export const readKeyValue = (client: Client, id: string): Promise<Reading<LiveStore>> =>
  readJson(client, `/key-value/${encodeURIComponent(id)}`, store);

const dedicatedIp = z.object({ id: text, region: text.optional(), status: text, ips: z.array(text) });

/** A set of dedicated outbound addresses. */
export type LiveDedicatedIp = z.output<typeof dedicatedIp>;

export const readDedicatedIp = (client: Client, id: string): Promise<Reading<LiveDedicatedIp>> =>
  readJson(client, `/dedicated-ips/${encodeURIComponent(id)}`, dedicatedIp);

const variable = z.object({ key: text, value: text });

/**
 * The variables of a service itself, without those of linked groups. Their values may be secret.
 *
 * @see https://api-docs.render.com/reference/get-env-vars-for-service
 */
export const listVariables = (client: Client, id: string): Promise<Reading<readonly z.output<typeof variable>[]>> =>
  all(client, `/services/${encodeURIComponent(id)}/env-vars`, "envVar", variable);

const owner = z.object({ id: text, name: text });

/** Every workspace that the key reaches. */
export const listOwners = (client: Client): Promise<Reading<readonly z.output<typeof owner>[]>> =>
  all(client, "/owners", "owner", owner);

const PAGE = { limit: "100" };

/**
 * Every entry of a list. Only an empty page ends it: a short one may be the platform's own limit.
 *
 * @see https://api-docs.render.com/reference/pagination
 */
function all<T extends z.ZodType>(
  client: Client,
  path: string,
  key: string,
  form: T,
): Promise<Reading<readonly z.output<T>[]>> {
  const page = z.array(z.object({ cursor: text, [key]: form }));
  return listed(client, path, PAGE, page, (answer) => {
    const last = answer.at(-1);
    return {
      entries: answer.map((entry) => (entry as Record<string, unknown>)[key] as z.output<T>),
      next: last === undefined ? undefined : { ...PAGE, cursor: String(last["cursor"]) },
    };
  });
}
