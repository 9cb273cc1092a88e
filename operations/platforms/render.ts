import { z } from "zod";
import { type Client, listed, readJson } from "./client";
import { printable } from "../../errors/one-line";
import { type Asked, plainRoot, type Platform, type Reading } from "./platform";

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

/** A thing that is read by its id, which follows its kind in the finding's id. */
const single =
  <T>(kind: string, thing: string, path: string, form: z.ZodType<T>) =>
  (client: Client, id: string): Asked<T> => ({
    id: `render/${kind}/${printable(id)}`,
    subject: `the ${thing} ${printable(id)}`,
    reading: readJson(client, `/${path}/${encodeURIComponent(id)}`, form),
  });

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

export const serviceOf = single("service", "service", "services", service);

const domain = z.object({ id: text, name: text, verificationStatus: text, redirectForName: text.nullish() });

/** A public name of a service beside its onrender.com name. */
export type LiveDomain = z.output<typeof domain>;

export const customDomains = (client: Client, service: string): Asked<readonly LiveDomain[]> => ({
  id: `render/custom-domains/${printable(service)}`,
  subject: `the custom domains of ${printable(service)}`,
  reading: all(client, `/services/${encodeURIComponent(service)}/custom-domains`, "customDomain", domain),
});

const store = z.object({ id: text, name: text, region: text.optional() });

/** A datastore of a workspace. */
export type LiveStore = z.output<typeof store>;

export const keyValueOf = single("key-value", "Key Value instance", "key-value", store);

const dedicatedIp = z.object({ id: text, region: text.optional(), status: text, ips: z.array(text) });

/** A set of dedicated outbound addresses. */
export const addressesOf = single("dedicated-addresses", "set of addresses", "dedicated-ips", dedicatedIp);

/** A list of a workspace: its kind and name, where it is, and under which key each entry stands. */
const ofWorkspace =
  <T>(kind: string, things: string, path: string, key: string, form: z.ZodType<T>) =>
  (client: Client, owner: string): Asked<readonly T[]> => ({
    id: `render/${kind}/${printable(owner)}`,
    subject: `the ${things} of workspace ${printable(owner)}`,
    needs: "a key of a member of the workspace",
    reading: all(client, `${path}ownerId=${encodeURIComponent(owner)}`, key, form),
  });

/** Every service of a workspace, previews included. */
export const servicesIn = ofWorkspace("services", "services", "/services?includePreviews=true&", "service", service);

export const postgresIn = ofWorkspace(
  "postgres",
  "Postgres databases",
  "/postgres?includeReplicas=true&",
  "postgres",
  store,
);

export const keyValuesIn = ofWorkspace("key-values", "Key Value instances", "/key-value?", "keyValue", store);

/**
 * The variables of a service itself, without those of linked groups. Their values may be secret.
 *
 * @see https://api-docs.render.com/reference/get-env-vars-for-service
 */
export const variablesOf = (client: Client, service: string) => ({
  id: `render/proxy/${service}`,
  subject: `the variables of ${service}`,
  reading: all(
    client,
    `/services/${encodeURIComponent(service)}/env-vars`,
    "envVar",
    z.object({ key: text, value: text }),
  ),
});

/** Every workspace that the key reaches. */
export const listOwners = (client: Client) => all(client, "/owners", "owner", z.object({ id: text, name: text }));

const PAGE = { limit: "100" };

/**
 * Every entry of a list. Only an empty page ends it: a short one may be the platform's own limit.
 *
 * @see https://api-docs.render.com/reference/pagination
 */
function all<T>(client: Client, path: string, key: string, form: z.ZodType<T>): Promise<Reading<readonly T[]>> {
  const page = z.array(z.object({ cursor: text, [key]: form }));
  return listed(client, path, PAGE, page, (answer) => {
    const last = answer.at(-1);
    return {
      entries: answer.map((entry) => (entry as Record<string, unknown>)[key] as T),
      next: last === undefined ? undefined : { ...PAGE, cursor: String(last["cursor"]) },
    };
  });
}
