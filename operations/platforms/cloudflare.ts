import { z } from "zod";
import type { EdgePhase } from "../../policy/edge-phase";
import type { OwnedZone } from "../../policy/zone";
import { type Client, listed, readJson } from "./client";
import { type Asked, plainRoot, type Platform, type Refusal, mapped, type Reading, read } from "./platform";

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

async function one<T>(client: Client, path: string, form: z.ZodType<T>): Promise<Reading<T>> {
  const envelope = z.object({ success: z.literal(true), result: form });
  return mapped(await readJson(client, path, envelope), (answer) => (answer as { result: T }).result);
}

const paging = z
  .object({
    total_count: z.number().optional(),
    cursors: z.object({ after: text.optional() }).nullish(),
  })
  .nullish();

/**
 * Every entry of a list. A list that holds fewer entries than the platform says is none: what is missing would go unseen.
 *
 * @param perPage how many entries a page holds; without it, the platform answers all at once
 * @see https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/#pagination
 */
function all<T>(client: Client, path: string, form: z.ZodType<T>, perPage?: number): Promise<Reading<readonly T[]>> {
  const listForm = z.object({ success: z.literal(true), result: z.array(form), result_info: paging });
  const size = perPage === undefined ? {} : { per_page: String(perPage) };
  const first = perPage === undefined ? {} : { ...size, page: "1" };
  return listed(client, path, first, listForm, ({ result, result_info: info }, before, number) => {
    const entries = result as T[];
    const [held, cursor] = [before + entries.length, info?.cursors?.after ?? ""];
    // A full page without a total may not be the last one.
    const isFull = info?.total_count === undefined && perPage !== undefined && entries.length >= perPage;
    const isLast =
      cursor === "" && held >= (info?.total_count ?? held) && (!isFull || (info?.cursors ?? undefined) !== undefined);
    if (isLast) return { entries, next: undefined };
    return { entries, next: { ...size, ...(cursor === "" ? { page: String(number + 1) } : { cursor }) } };
  });
}

type ZoneName = Pick<OwnedZone, "id" | "name">;

/** A list that belongs to a zone or to an account. */
interface ListOf<T> {
  /** The kind in the finding's id, after `cloudflare/`. */
  readonly kind: string;
  readonly things: string;
  /** Below the zone or the account. */
  readonly path: string;
  readonly needs: string;
  readonly form: z.ZodType<T>;
  /** @default - the platform answers all at once */
  readonly perPage?: number;
}

const ofZone =
  <T>({ kind, things, path, needs, form, perPage }: ListOf<T>) =>
  (client: Client, { id, name }: ZoneName): Asked<readonly T[]> => ({
    id: `cloudflare/${kind}/${id}`,
    subject: `the ${things} of ${name}`,
    needs,
    reading: all(client, `/zones/${id}/${path}`, form, perPage),
  });

const ofAccount =
  <T>({ kind, things, path, needs, form, perPage }: ListOf<T>) =>
  (client: Client, { account }: Pick<OwnedZone, "account">): Asked<readonly T[]> => ({
    id: `cloudflare/${kind}/${account}`,
    subject: `the account's ${things}`,
    needs,
    reading: all(client, `/accounts/${account}/${path}`, form, perPage),
  });

const token = z.object({ id: text, status: text });

/**
 * The token itself, a user's or one of an account: its status, and where it is read.
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

const zoneForm = z.object({
  id: text,
  name: text,
  status: text,
  paused: flag,
  account: z.object({ id: text }),
  plan: z.object({ legacy_id: text }),
});

/** https://developers.cloudflare.com/api/resources/zones/models/zone/ */
export type LiveZone = z.output<typeof zoneForm>;

export const zoneFacts = (client: Client, { id, name }: ZoneName): Asked<LiveZone> => ({
  id: `cloudflare/zone/${id}`,
  subject: `the zone ${name}`,
  needs: "Zone > Zone > Read",
  reading: one(client, `/zones/${id}`, zoneForm),
});

/** Every zone that the token sees. */
export const listZones = (client: Client) => all(client, "/zones", z.object({ id: text, name: text }), 50);

const record = z.object({ id: text, name: text, type: text, content: text.optional(), proxied: flag.optional() });

/** https://developers.cloudflare.com/api/resources/dns/subresources/records/ */
export type LiveRecord = z.output<typeof record>;

export const dnsRecords = ofZone({
  kind: "dns-records",
  things: "DNS records",
  path: "dns_records",
  needs: "Zone > DNS > Read",
  form: record,
  perPage: 100,
});

const rule = z.object({
  id: text,
  ref: text.optional(),
  description: text.optional(),
  expression: text.optional(),
  action: text.optional(),
  action_parameters: z.record(z.string(), z.unknown()).optional(),
  enabled: flag.optional(),
});

const ruleset = z.object({ id: text, name: text, rules: z.array(rule).optional() });

/** https://developers.cloudflare.com/api/resources/rulesets/ */
export type LiveRule = z.output<typeof rule>;
export type LiveRuleset = z.output<typeof ruleset>;

/** The phases that are read, with the right that reading each takes. */
const RIGHT_OF = {
  http_request_dynamic_redirect: "Zone > Single Redirect > Read",
  http_request_firewall_custom: "Zone > Zone WAF > Read",
  http_request_late_transform: "Zone > Transform Rules > Read",
  http_request_transform: "Zone > Transform Rules > Read",
  http_config_settings: "Zone > Config Rules > Read",
  http_request_origin: "Zone > Origin Rules > Read",
} as const satisfies Readonly<Record<`${EdgePhase}`, string>> & Readonly<Record<string, string>>;

export type ReadPhase = keyof typeof RIGHT_OF;

/** The code by which the platform says that there is no such thing, not that the token may not see it. */
const NO_ENTRY_POINT = 10_003;

/** The entry point of a phase, or nothing where the phase has none. */
export function entryPoint(client: Client, { id, name }: ZoneName, phase: ReadPhase): Asked<LiveRuleset | undefined> {
  const reading = one(client, `/zones/${id}/rulesets/phases/${phase}/entrypoint`, ruleset).then((answer) =>
    answer.kind === "unreadable" && answer.status === 404 && answer.code === NO_ENTRY_POINT ? read(undefined) : answer,
  );
  const subject = `the rules of ${name} in ${phase}`;
  return { id: `cloudflare/phase/${id}/${phase}`, subject, needs: RIGHT_OF[phase], reading };
}

const accessRule = z.object({ id: text, mode: text, configuration: z.object({ target: text, value: text }) });

/** https://developers.cloudflare.com/api/resources/firewall/subresources/access_rules/ */
export type AccessRule = z.output<typeof accessRule>;

/** The zone's IP Access rules, and those of its account and user, which work in it too. */
export const accessRules = ofZone({
  kind: "ip-access-rules",
  things: "IP Access rules",
  path: "firewall/access_rules/rules",
  needs: "Zone > Firewall Services > Read",
  form: accessRule,
  perPage: 100,
});

const pageRule = z.object({
  id: text,
  status: text,
  targets: z.array(z.object({ constraint: z.object({ value: text }) })),
  actions: z.array(z.object({ id: text })),
});

/** https://developers.cloudflare.com/api/resources/page_rules/ */
export type PageRule = z.output<typeof pageRule>;

export const pageRules = ofZone({
  kind: "page-rules",
  things: "Page Rules",
  path: "pagerules",
  needs: "Zone > Page Rules > Read",
  form: pageRule,
});

const workersRoute = z.object({ id: text, pattern: text, script: text.nullish() });

/** https://developers.cloudflare.com/api/resources/workers/subresources/routes/ */
export type WorkersRoute = z.output<typeof workersRoute>;

export const workersRoutes = ofZone({
  kind: "workers-routes",
  things: "Workers routes",
  path: "workers/routes",
  needs: "Zone > Workers Routes > Read",
  form: workersRoute,
});

/** https://developers.cloudflare.com/api/resources/spectrum/subresources/apps/ */
export const spectrumApps = ofZone({
  kind: "spectrum",
  things: "Spectrum applications",
  path: "spectrum/apps",
  needs: "Zone > Zone Settings > Read, and a plan with Spectrum",
  form: z.object({ id: text, protocol: text, dns: z.object({ name: text.optional() }) }),
  perPage: 100,
});

/** The right that lists and their items take. */
export const LISTS = "Account > Account Filter Lists > Read";

const list = z.object({ id: text, name: text, kind: text });

/** https://developers.cloudflare.com/api/resources/rules/subresources/lists/ */
export type LiveList = z.output<typeof list>;

export const accountLists = ofAccount({
  kind: "lists",
  things: "lists",
  path: "rules/lists",
  needs: LISTS,
  form: list,
});

const redirect = z.object({ source_url: text, include_subdomains: flag.optional() });

/** https://developers.cloudflare.com/rules/url-forwarding/bulk-redirects/reference/parameters/ */
export type Redirect = z.output<typeof redirect>;

/** The redirects of a list of kind `redirect`. */
export async function listRedirects(
  client: Client,
  account: string,
  id: string,
): Promise<Reading<readonly Redirect[]>> {
  const path = `/accounts/${account}/rules/lists/${encodeURIComponent(id)}/items`;
  return mapped(await all(client, path, z.object({ redirect }), 500), (items) => items.map((item) => item.redirect));
}

const bots = z.object({
  fight_mode: flag.optional(),
  sbfm_definitely_automated: text.optional(),
  sbfm_likely_automated: text.optional(),
});

/** https://developers.cloudflare.com/api/resources/bot_management/ */
export const botSettings = (client: Client, { id, name }: ZoneName): Asked<z.output<typeof bots>> => ({
  id: `cloudflare/bot-fight-mode/${id}`,
  subject: `Bot Fight Mode of ${name}`,
  needs: "Zone > Bot Management > Read",
  reading: one(client, `/zones/${id}/bot_management`, bots),
});

/** https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/subresources/rules/ */
export const gatewayPolicies = ofAccount({
  kind: "gateway-policies",
  things: "Gateway policies",
  path: "gateway/rules",
  needs: "Account > Zero Trust > Read",
  form: z.object({ id: text, name: text, precedence: z.number() }),
});
