import { z } from "zod";
import { type Client, listed, readJson } from "./client";
import { plainRoot, type Platform, type Refusal, mapped, type Reading, read } from "./platform";

/**
 * Cloudflare's API v4. The variables are those of cloudflare/terraform-provider-cloudflare v5.
 *
 * @see https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/
 */
export const cloudflare: Platform = {
  name: "Cloudflare",
  credential: "CLOUDFLARE_API_TOKEN",
  endpoint: "CLOUDFLARE_BASE_URL",
  endpointByDefault: "https://api.cloudflare.com/client/v4",
  rootOf: plainRoot,
  refusalIn,
};

function refusalIn(body: unknown): Refusal {
  const { errors } = Object(body) as { readonly errors?: unknown };
  const [first] = (Array.isArray(errors) ? errors : []) as readonly unknown[];
  const { code, message } = Object(first) as { readonly code?: unknown; readonly message?: unknown };
  return {
    code: typeof code === "number" ? code : undefined,
    message: typeof message === "string" ? message : undefined,
  };
}

const text = z.string();
const flag = z.boolean();

async function one<T extends z.ZodType>(client: Client, path: string, form: T): Promise<Reading<z.output<T>>> {
  const envelope = z.object({ success: z.literal(true), result: form });
  return mapped(await readJson(client, path, envelope), (answer) => (answer as { result: z.output<T> }).result);
}

const paging = z
  .object({
    total_count: z.number().optional(),
    cursors: z.object({ after: text.optional() }).nullish(),
  })
  .nullish();

/** How a list is paged: how many entries a page holds, or none where the platform answers all at once. */
interface Paged {
  readonly perPage?: number;
}

/**
 * Every entry of a list. A list that holds fewer entries than the platform says is none: what is missing would go unseen.
 *
 * @see https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/#pagination
 */
function all<T extends z.ZodType>(
  client: Client,
  path: string,
  form: T,
  { perPage }: Paged = {},
): Promise<Reading<readonly z.output<T>[]>> {
  const listForm = z.object({ success: z.literal(true), result: z.array(form), result_info: paging });
  const size = perPage === undefined ? {} : { per_page: String(perPage) };
  const first = perPage === undefined ? {} : { ...size, page: "1" };
  return listed(client, path, first, listForm, ({ result, result_info: info }, before, number) => {
    const entries = result as z.output<T>[];
    const [held, cursor] = [before + entries.length, info?.cursors?.after ?? ""];
    // A full page without a total may not be the last one.
    const isFull = info?.total_count === undefined && perPage !== undefined && entries.length >= perPage;
    const isLast =
      cursor === "" && held >= (info?.total_count ?? held) && (!isFull || (info?.cursors ?? undefined) !== undefined);
    if (isLast) return { entries, next: undefined };
    return { entries, next: { ...size, ...(cursor === "" ? { page: String(number + 1) } : { cursor }) } };
  });
}

/** Whether the platform said that there is no such thing, not that nobody may see it. */
const NO_ENTRY_POINT = 10_003;

const token = z.object({ id: text, status: text });

/**
 * The token itself: a user's, or one of an account.
 *
 * @see https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/
 * @see https://developers.cloudflare.com/api/resources/accounts/subresources/tokens/methods/verify/
 */
export async function verifyToken(
  client: Client,
  account: string,
): Promise<Reading<{ readonly path: string; readonly status: string }>> {
  const ofUser = await one(client, "/user/tokens/verify", token);
  if (ofUser.kind === "read") return read({ path: `/user/tokens/${ofUser.value.id}`, status: ofUser.value.status });
  const ofAccount = await one(client, `/accounts/${account}/tokens/verify`, token);
  if (ofAccount.kind === "unreadable") return ofUser;
  return read({ path: `/accounts/${account}/tokens/${ofAccount.value.id}`, status: ofAccount.value.status });
}

/** Whether a token may read tokens: one that may is more than a deploy needs. */
export async function accessToTokens(client: Client, path: string): Promise<Reading<boolean>> {
  const token = await one(client, path, z.object({ id: text }));
  if (token.kind === "read") return read(true);
  return token.status === FORBIDDEN ? read(false) : token;
}

const FORBIDDEN = 403;

const zone = z.object({
  id: text,
  name: text,
  status: text,
  paused: flag,
  type: text,
  account: z.object({ id: text }),
  plan: z.object({ legacy_id: text }),
});

/** https://developers.cloudflare.com/api/resources/zones/models/zone/ */
export type LiveZone = z.output<typeof zone>;

export const readZone = (client: Client, id: string): Promise<Reading<LiveZone>> => one(client, `/zones/${id}`, zone);

/** Every zone that the token sees. */
export const listZones = (client: Client): Promise<Reading<readonly Pick<LiveZone, "id" | "name">[]>> =>
  all(client, "/zones", z.object({ id: text, name: text }), { perPage: 50 });

const record = z.object({
  id: text,
  name: text,
  type: text,
  content: text.optional(),
  proxied: flag.optional(),
});

/** https://developers.cloudflare.com/api/resources/dns/subresources/records/ */
export type LiveRecord = z.output<typeof record>;

export const listRecords = (client: Client, zoneId: string): Promise<Reading<readonly LiveRecord[]>> =>
  all(client, `/zones/${zoneId}/dns_records`, record, { perPage: 100 });

const rule = z.object({
  id: text,
  ref: text.optional(),
  description: text.optional(),
  expression: text.optional(),
  action: text.optional(),
  action_parameters: z.record(z.string(), z.unknown()).optional(),
  enabled: flag.optional(),
});

const ruleset = z.object({ id: text, name: text, phase: text, rules: z.array(rule).optional() });

/** https://developers.cloudflare.com/api/resources/rulesets/ */
export type LiveRule = z.output<typeof rule>;
export type LiveRuleset = z.output<typeof ruleset>;

/** The entry point of a phase, or nothing where the phase has none. */
export async function readEntryPoint(
  client: Client,
  zoneId: string,
  phase: string,
): Promise<Reading<LiveRuleset | undefined>> {
  const reading = await one(client, `/zones/${zoneId}/rulesets/phases/${phase}/entrypoint`, ruleset);
  const isAbsent = reading.kind === "unreadable" && reading.status === 404 && reading.code === NO_ENTRY_POINT;
  return isAbsent ? read(undefined) : reading;
}

const accessRule = z.object({
  id: text,
  mode: text,
  configuration: z.object({ target: text, value: text }),
  notes: text.nullish(),
});

/** https://developers.cloudflare.com/api/resources/firewall/subresources/access_rules/ */
export type AccessRule = z.output<typeof accessRule>;

/** The zone's IP Access rules, and those of its account and user, which work in it too. */
export const listAccessRules = (client: Client, zoneId: string): Promise<Reading<readonly AccessRule[]>> =>
  all(client, `/zones/${zoneId}/firewall/access_rules/rules`, accessRule, { perPage: 100 });

const pageRule = z.object({
  id: text,
  status: text,
  targets: z.array(z.object({ constraint: z.object({ value: text }) })),
  actions: z.array(z.object({ id: text })),
});

/** https://developers.cloudflare.com/api/resources/page_rules/ */
export type PageRule = z.output<typeof pageRule>;

export const listPageRules = (client: Client, zoneId: string): Promise<Reading<readonly PageRule[]>> =>
  all(client, `/zones/${zoneId}/pagerules`, pageRule);

const workersRoute = z.object({ id: text, pattern: text, script: text.nullish() });

/** https://developers.cloudflare.com/api/resources/workers/subresources/routes/ */
export type WorkersRoute = z.output<typeof workersRoute>;

export const listWorkersRoutes = (client: Client, zoneId: string): Promise<Reading<readonly WorkersRoute[]>> =>
  all(client, `/zones/${zoneId}/workers/routes`, workersRoute);

const spectrumApp = z.object({ id: text, protocol: text, dns: z.object({ name: text.optional() }) });

/** https://developers.cloudflare.com/api/resources/spectrum/subresources/apps/ */
export type SpectrumApp = z.output<typeof spectrumApp>;

export const listSpectrumApps = (client: Client, zoneId: string): Promise<Reading<readonly SpectrumApp[]>> =>
  all(client, `/zones/${zoneId}/spectrum/apps`, spectrumApp, { perPage: 100 });

const list = z.object({ id: text, name: text, kind: text });

/** https://developers.cloudflare.com/api/resources/rules/subresources/lists/ */
export type LiveList = z.output<typeof list>;

export const listLists = (client: Client, account: string): Promise<Reading<readonly LiveList[]>> =>
  all(client, `/accounts/${account}/rules/lists`, list);

const redirectItem = z.object({
  redirect: z.object({ source_url: text, include_subdomains: flag.optional() }),
});

/** https://developers.cloudflare.com/rules/url-forwarding/bulk-redirects/reference/parameters/ */
export type RedirectItem = z.output<typeof redirectItem>["redirect"];

/** The redirects of a list of kind `redirect`. */
export async function listRedirects(
  client: Client,
  account: string,
  id: string,
): Promise<Reading<readonly RedirectItem[]>> {
  const path = `/accounts/${account}/rules/lists/${id}/items`;
  return mapped(await all(client, path, redirectItem, { perPage: 500 }), (items) =>
    items.map(({ redirect }) => redirect),
  );
}

const bots = z.object({
  fight_mode: flag.optional(),
  sbfm_definitely_automated: text.optional(),
  sbfm_likely_automated: text.optional(),
});

/** https://developers.cloudflare.com/api/resources/bot_management/ */
export type Bots = z.output<typeof bots>;

export const readBots = (client: Client, zoneId: string): Promise<Reading<Bots>> =>
  one(client, `/zones/${zoneId}/bot_management`, bots);

const gatewayRule = z.object({ id: text, name: text, precedence: z.number() });

/** https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/subresources/rules/ */
export type GatewayRule = z.output<typeof gatewayRule>;

export const listGatewayRules = (client: Client, account: string): Promise<Reading<readonly GatewayRule[]>> =>
  all(client, `/accounts/${account}/gateway/rules`, gatewayRule);
