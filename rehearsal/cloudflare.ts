import { type CloudflarePlan, PLAN_LIMITS } from "../policy/cloudflare-plan";
import type { ExistingEdge } from "../policy/edge-options";
import schemas from "./provider-schemas/cloudflare-5.22.0.json";
import { type Answer, type Asked, type Call, type Json, routeOf, type Routes, StandIn } from "./server";

/** A zone as it is found: what an environment says of it. */
export interface ZoneFacts {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The domain, for example `example.com`. */
  readonly name: string;
  /** The account that owns it: 32 hexadecimal digits. */
  readonly account: string;
  /** @default - no limit */
  readonly plan?: CloudflarePlan;
}

/** A zone with what the API has been told about it. */
export interface Zone extends ZoneFacts {
  readonly rulesets: Map<string, Json>;
  readonly settings: Map<string, Json>;
  readonly records: Map<string, Json>;
  normalization: Json;
  readonly around: Around;
}

/** What a zone has beside its rules, settings and records. */
export interface Around {
  /** The zone as the API describes it, as far as it differs from an active one on the Pro plan. */
  facts: Json;
  readonly accessRules: Json[];
  readonly pageRules: Json[];
  readonly workersRoutes: Json[];
  readonly spectrum: Json[];
  bots: Json;
}

/** A list of an account. */
interface AddressList {
  readonly facts: Json;
  items: readonly Json[];
}

/** An account with its lists, the bulk operations that are under way, and its Gateway. */
interface Account {
  readonly lists: Map<string, AddressList>;
  readonly operations: Map<string, { polls: number; readonly complete: () => void }>;
  readonly policies: Map<string, Json>;
  readonly endpoints: Map<string, Json>;
}

/** The `result` of the envelope, and `result_info` where the platform pages. */
interface ApiResult {
  readonly result: unknown;
  readonly resultInfo?: Json;
}

class ApiRefusal extends Error {
  public constructor(
    public readonly status: number,
    public readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

const PREFIX = "/client/v4/";

/** The time that every object carries: a fixed one, since no verdict may depend on the clock. */
const STAMP = "2026-01-01T00:00:00Z";
const CREATED = { created_on: STAMP, modified_on: STAMP };

/**
 * Cloudflare's API v4, as far as the stacks and the inventory ask it. A member of a body that the provider's schema doesn't
 * have is refused.
 *
 * Source: https://developers.cloudflare.com/api/ and the provider's calls
 * (https://github.com/cloudflare/terraform-provider-cloudflare/tree/v5.22.0/internal/services).
 */
export class CloudflareStandIn extends StandIn {
  /** A token of the form that the provider demands; every other one is refused. */
  public readonly token = "stand-in-token-0123456789-0123456789-012";
  /** The zones that the token reaches, by their ids. */
  public readonly zones = new Map<string, Zone>();
  private readonly accounts = new Map<string, Account>();
  /** What the platform says of the token. */
  public tokenStatus = "active";
  /** Whether the token may read tokens, its own included. */
  public tokenReadsTokens = false;
  private issued = 0;

  /** Starts one that knows these zones and the accounts that own them. */
  public static start(zones: readonly ZoneFacts[]): Promise<CloudflareStandIn> {
    const standIn = new CloudflareStandIn();
    for (const zone of zones) standIn.add(zone);
    return standIn.listen();
  }

  /** Adds a zone, unless it is there, with rulesets and records that it has already. */
  public add(facts: ZoneFacts, { rulesets = {}, records = {} }: ExistingEdge = {}): void {
    if (!this.accounts.has(facts.account)) this.accounts.set(facts.account, emptyAccount());
    if (this.zones.has(facts.id)) return;
    const zone = emptyZone(facts);
    this.zones.set(facts.id, zone);
    for (const [phase, { id, name = "default" }] of Object.entries(rulesets))
      zone.rulesets.set(id, { id, name, phase, kind: "zone", version: "1", last_updated: STAMP, rules: [] });
    for (const [name, id] of Object.entries(records))
      zone.records.set(id, record(zone, id, { name, type: "CNAME", content: `before.${name}`, proxied: true }));
  }

  public get environment(): Readonly<Record<string, string>> {
    return { CLOUDFLARE_BASE_URL: `${this.address}/client/v4`, CLOUDFLARE_API_TOKEN: this.token };
  }

  public zone(id: string): Zone {
    return found(this.zones.get(id), `/zones/${id}`);
  }

  public account(id: string): Account {
    return found(this.accounts.get(id), `/accounts/${id}`);
  }

  protected pathOf({ pathname }: URL): string {
    return pathname.replace(PREFIX, "");
  }

  protected answer({ method, path }: Call, asked: Omit<Asked, "params">, authorization: string): Answer {
    try {
      if (authorization !== `Bearer ${this.token}`) throw new ApiRefusal(403, 10000, "Authentication error");
      const route = routeOf(this.routes, method, path);
      if (route === undefined) throw new ApiRefusal(400, 7000, `No route for that URI: ${method} ${path}`);
      const { result, resultInfo } = route.route({ ...asked, params: route.params });
      const paging = resultInfo === undefined ? {} : { result_info: resultInfo };
      return { status: 200, body: { result, success: true, errors: [], messages: [], ...paging } };
    } catch (error) {
      const { status, code, message } =
        error instanceof ApiRefusal ? error : new ApiRefusal(400, 1000, `the stand-in: ${String(error)}`);
      return { status, body: { result: null, success: false, errors: [{ code, message }], messages: [] } };
    }
  }

  /** An id of the platform's form that no other object has. */
  private newId(): string {
    this.issued += 1;
    return this.issued.toString(16).padStart(32, "f0");
  }

  private readonly zoneIn = ({ params }: Asked): Zone => this.zone(params["zone"] ?? "");
  private readonly accountIn = ({ params }: Asked): Account => this.account(params["account"] ?? "");

  private readonly routes: Routes<ApiResult> = {
    "GET zones/:zone/rulesets/phases/:phase/entrypoint": (asked) => ({
      result: entryPoint(this.zoneIn(asked), asked.params["phase"] ?? ""),
    }),
    ...this.collection("zones/:zone/rulesets", {
      in: (asked) => this.zoneIn(asked).rulesets,
      page: (all) => ({ result: all.map((ruleset) => ({ ...ruleset, rules: undefined })) }),
      store: (asked, id, before) => this.ruleset(this.zoneIn(asked), id, asked.body, before),
    }),
    "GET zones/:zone/settings/:setting": (asked) => ({ result: setting(this.zoneIn(asked), settingIn(asked)) }),
    "PATCH zones/:zone/settings/:setting": (asked) => ({
      result: changedSetting(this.zoneIn(asked), settingIn(asked), known("zone_setting", asked.body)["value"]),
    }),
    "GET zones/:zone/url_normalization": (asked) => ({ result: this.zoneIn(asked).normalization }),
    "PUT zones/:zone/url_normalization": (asked) => ({
      result: (this.zoneIn(asked).normalization = normalization(asked.body)),
    }),
    "DELETE zones/:zone/url_normalization": (asked) => {
      this.zoneIn(asked).normalization = NORMALIZATION;
      return { result: null };
    },
    ...this.collection("zones/:zone/dns_records", {
      in: (asked) => this.zoneIn(asked).records,
      page: (all, query) => pageOf(all, query, 100),
      store: (asked, id) => record(this.zoneIn(asked), id, known("dns_record", asked.body)),
    }),
    ...this.collection("accounts/:account/rules/lists", {
      in: (asked) => this.accountIn(asked).lists,
      shown: ({ facts, items }) => ({ ...facts, num_items: items.length, num_referencing_filters: 0 }),
      store: (asked, id, before) => this.list(asked, id, before),
      beforeRemoval: ({ facts }, { params }) => {
        this.refuseIfNamed(params["account"] ?? "", String(facts["name"]));
      },
    }),
    "GET accounts/:account/rules/lists/bulk_operations/:operation": (asked) => ({
      result: poll(this.accountIn(asked), asked.params["operation"] ?? ""),
    }),
    "GET accounts/:account/rules/lists/:id/items": (asked) => cursorPage(this.listIn(asked).items, asked.query),
    "PUT accounts/:account/rules/lists/:id/items": (asked) => ({
      result: { operation_id: this.replaceItems(this.accountIn(asked), this.listIn(asked), listOf(asked.body)) },
    }),
    ...this.collection("accounts/:account/gateway/rules", {
      in: (asked) => this.accountIn(asked).policies,
      store: ({ body }, id, before) => ({ ...POLICY, ...before, ...known("zero_trust_gateway_policy", body), id }),
    }),
    ...this.collection("accounts/:account/gateway/proxy_endpoints", {
      in: (asked) => this.accountIn(asked).endpoints,
      change: "PATCH",
      store: ({ body }, id, before) => ({
        ...{ kind: "ip", subdomain: "3ele0ss56t", created_at: STAMP, updated_at: STAMP },
        ...{ ...before, ...known("zero_trust_gateway_proxy_endpoint", body), id },
      }),
    }),
    "GET zones": ({ query }) => pageOf([...this.zones.values()].map(described), query),
    "GET zones/:zone": (asked) => ({ result: described(this.zoneIn(asked)) }),
    "GET zones/:zone/firewall/access_rules/rules": (asked) => pageOf(this.aroundIn(asked).accessRules, asked.query),
    "GET zones/:zone/spectrum/apps": (asked) => pageOf(this.aroundIn(asked).spectrum, asked.query),
    "GET zones/:zone/pagerules": (asked) => ({ result: this.aroundIn(asked).pageRules }),
    "GET zones/:zone/workers/routes": (asked) => ({ result: this.aroundIn(asked).workersRoutes }),
    "GET zones/:zone/bot_management": (asked) => ({ result: this.aroundIn(asked).bots }),
    "GET user/tokens/verify": () => ({ result: { id: "ed17574386854bf78a67040be0a770b0", status: this.tokenStatus } }),
    "GET user/tokens/:id": ({ params }) => {
      if (this.tokenReadsTokens) return { result: { id: params["id"], name: "deploy", status: "active" } };
      throw new ApiRefusal(403, 9109, "Unauthorized to access requested resource");
    },
  };

  private aroundIn(asked: Asked): Around {
    return this.zoneIn(asked).around;
  }

  private listIn(asked: Asked): AddressList {
    return existing(this.accountIn(asked).lists, asked, "lists");
  }

  /** What every kind of object has: all of them, a new one, one, another state of it, and its end. */
  private collection<T = Json>(path: string, kind: Collection<T>): Routes<ApiResult> {
    const { in: objects, store, change = "PUT", page = (all) => ({ result: all }), shown = (one) => one } = kind;
    const { beforeRemoval = () => undefined } = kind;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const stored = (asked: Asked, id: string, before?: T): ApiResult => {
      const object = store(asked, id, before);
      objects(asked).set(id, object);
      return { result: shown(object) };
    };
    const isUuid = path.includes("gateway");
    return {
      [`GET ${path}`]: (asked) => page([...objects(asked).values()].map(shown) as Json[], asked.query),
      [`POST ${path}`]: (asked) => stored(asked, isUuid ? uuid(this.newId()) : this.newId()),
      [`GET ${path}/:id`]: (asked) => ({ result: shown(existing(objects(asked), asked, name)) }),
      [`${change} ${path}/:id`]: (asked) =>
        stored(asked, asked.params["id"] ?? "", existing(objects(asked), asked, name)),
      [`DELETE ${path}/:id`]: (asked) => {
        beforeRemoval(existing(objects(asked), asked, name), asked);
        objects(asked).delete(asked.params["id"] ?? "");
        return { result: { id: asked.params["id"] } };
      },
    };
  }

  /** A phase has one ruleset, and its rules keep their ids while they keep their `ref`. */
  private ruleset(zone: Zone, id: string, body: Json, before: Json | undefined): Json {
    const wanted = known("ruleset", body);
    const rules = rulesOf(wanted);
    const phase = String(before?.["phase"] ?? textOf(wanted, "phase"));
    if (before === undefined) refuseSecondOfPhase(zone, phase);
    refuseOverPlan(zone, phase, rules);
    this.refuseUnknownLists(zone, rules);
    const ids = new Map(rulesOf(before ?? {}).map((rule) => [rule["ref"], rule["id"]]));
    const version = String(Number(before?.["version"] ?? 0) + 1);
    const stored = rules.map((rule) => {
      const ruleId = ids.get(rule["ref"]) ?? this.newId();
      return { ref: ruleId, enabled: true, ...rule, id: ruleId, version: "1", last_updated: STAMP };
    });
    const description = wanted["description"] ?? "";
    return { ...before, ...wanted, id, description, version, last_updated: STAMP, rules: stored };
  }

  /** The platform compiles expressions on write, so that a list has to exist before a rule names it. */
  private refuseUnknownLists({ account }: Zone, rules: readonly Json[]): void {
    const names = new Set([...this.account(account).lists.values()].map(({ facts }) => facts["name"]));
    for (const rule of rules) {
      const expression = textOf(rule, "expression");
      const missing = listsIn(expression).find((name) => !names.has(name));
      if (missing === undefined) continue;
      const reason = `list '${missing}' does not exist`;
      throw new ApiRefusal(400, 20127, `'${expression}' is not a valid value for expression because ${reason}`);
    }
  }

  /** Of a list that exists only the description changes. */
  private list(asked: Asked, id: string, before: AddressList | undefined): AddressList {
    const wanted = known("list", asked.body);
    if (before !== undefined) {
      Object.assign(before.facts, { description: wanted["description"] ?? "" });
      return before;
    }
    const { lists } = this.accountIn(asked);
    const name = textOf(wanted, "name");
    if ([...lists.values()].some(({ facts }) => facts["name"] === name))
      throw new ApiRefusal(400, 10008, `a list with the name ${name} already exists`);
    const most = Math.max(...this.zonesOf(asked.params["account"]).map(({ plan }) => limitsOf(plan).lists));
    if (lists.size >= most) throw overPlan("lists of the account", lists.size + 1, most);
    return { facts: { description: "", ...wanted, id, ...CREATED }, items: [] };
  }

  private zonesOf(account: string | undefined): readonly Zone[] {
    return [...this.zones.values()].filter((zone) => zone.account === account);
  }

  /** Source of the code: https://github.com/crowdsecurity/cs-cloudflare-bouncer/issues/130 */
  private refuseIfNamed(account: string, name: string): void {
    const rules = this.zonesOf(account).flatMap(({ rulesets }) => [...rulesets.values()].flatMap(rulesOf));
    if (rules.some((rule) => listsIn(textOf(rule, "expression")).includes(name)))
      throw new ApiRefusal(400, 10031, "filters.api.ip_list_in_use");
  }

  /** Items change in a bulk operation that completes later, one at a time. */
  private replaceItems({ operations }: Account, list: AddressList, items: readonly Json[]): string {
    if ([...operations.values()].some(({ polls }) => polls < POLLS_UNTIL_DONE))
      throw new ApiRefusal(429, 10037, "there is another pending bulk operation for this account");
    const id = this.newId();
    const stored = items.map((item) => ({ ...item, id: this.newId(), ...CREATED }));
    operations.set(id, { polls: 0, complete: () => void (list.items = stored) });
    return id;
  }
}

interface Collection<T> {
  readonly in: (asked: Asked) => Map<string, T>;
  /** The object as it is kept, from what is asked and what it was. */
  readonly store: (asked: Asked, id: string, before?: T) => T;
  /** @default "PUT" */
  readonly change?: "PUT" | "PATCH";
  /** @default - all at once */
  readonly page?: (all: readonly Json[], query: URLSearchParams) => ApiResult;
  /** @default - as it is kept */
  readonly shown?: (object: T) => unknown;
  /** @default - refuses nothing */
  readonly beforeRemoval?: (object: T, asked: Asked) => void;
}

/** A policy is off unless it is asked to be on. */
const POLICY: Json = {
  ...{ enabled: false, identity: "", device_posture: "", deleted_at: null, version: 1, rule_settings: {} },
  ...{ created_at: STAMP, updated_at: STAMP },
};

const uuid = (digits: string): string => digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** An object by its id, or the platform's 404. */
function existing<T>(objects: ReadonlyMap<string, T>, { params: { id = "" } }: Asked, kind: string): T {
  const object = objects.get(id);
  if (object === undefined) throw new ApiRefusal(404, 10001, `could not find ${id} among ${kind}`);
  return object;
}

function found<T>(object: T | undefined, path: string): T {
  if (object !== undefined) return object;
  throw new ApiRefusal(404, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`);
}

interface Attribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly attributes: Readonly<Record<string, Attribute>>; readonly nesting_mode: string };
}

const RESOURCES = Object.values(schemas.provider_schemas)[0]?.resource_schemas as unknown as Readonly<
  Record<string, { readonly block: { readonly attributes: Readonly<Record<string, Attribute>> } }>
>;

/** The body, each member of which has to be one of the provider's resource. */
function known(resource: string, body: Json): Json {
  refuseStrangers(objectOf(body), RESOURCES[`cloudflare_${resource}`]?.block.attributes ?? {}, resource);
  return body;
}

function refuseStrangers(value: unknown, attributes: Readonly<Record<string, Attribute>>, at: string): void {
  for (const object of (Array.isArray(value) ? value : [value]) as readonly unknown[]) {
    for (const [name, member] of Object.entries(object ?? {})) {
      // Of a cache directive, the schema writes the hyphen as an underscore.
      const attribute = attributes[name.replaceAll("-", "_")] ?? attributes[name];
      if (attribute === undefined) throw new ApiRefusal(400, 6003, `Invalid request body: ${at} has no ${name}`);
      const { nested_type: nested } = attribute;
      if (nested === undefined) continue;
      const within = nested.nesting_mode === "map" ? Object.values(member ?? {}) : member;
      refuseStrangers(within, nested.attributes, `${at}.${name}`);
    }
  }
}

function objectOf(body: unknown): Json {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Json;
  throw new ApiRefusal(400, 6003, "Invalid request body: an object was expected");
}

function listOf(body: unknown): readonly Json[] {
  if (Array.isArray(body)) return body.map(objectOf);
  throw new ApiRefusal(400, 6003, "Invalid request body: a list was expected");
}

function textOf(body: Json, member: string): string {
  const value = body[member];
  if (typeof value === "string") return value;
  throw new ApiRefusal(400, 6003, `Invalid request body: ${member} must be a string`);
}

/** Pages by number: https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/#pagination */
function pageOf(all: readonly Json[], query: URLSearchParams, most = 20): ApiResult {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? most)];
  const result = all.slice((page - 1) * size, page * size);
  const total = { total_count: all.length, total_pages: Math.ceil(all.length / size) };
  return { result, resultInfo: { page, per_page: size, count: result.length, ...total } };
}

function cursorPage(items: readonly Json[], query: URLSearchParams): ApiResult {
  const start = Number(query.get("cursor") ?? 0);
  const next = start + Number(query.get("per_page") ?? 25);
  return {
    result: items.slice(start, next),
    resultInfo: { cursors: next < items.length ? { after: String(next) } : {} },
  };
}

/** The rules of a stored ruleset. */
export const rulesOf = (ruleset: Json): readonly Json[] => listOf(ruleset["rules"] ?? []);

/** The names of the lists that an expression reads. */
function listsIn(expression: string): readonly string[] {
  const withoutStrings = withoutText(expression);
  return [...withoutStrings.matchAll(/\$([a-z0-9_]+)/g)].map(([, name]) => name ?? "");
}

const withoutText = (expression: string): string => expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');

function entryPoint({ rulesets }: Zone, phase: string): Json {
  const ruleset = [...rulesets.values()].find((one) => one["phase"] === phase);
  if (ruleset !== undefined) return ruleset;
  throw new ApiRefusal(404, 10003, `could not find entrypoint ruleset in the ${phase} phase`);
}

/** Source of the text: https://github.com/cloudflare/terraform-provider-cloudflare/issues/6273 */
function refuseSecondOfPhase({ rulesets }: Zone, phase: string): void {
  if (![...rulesets.values()].some((ruleset) => ruleset["phase"] === phase)) return;
  const reason = `exceeded maximum number of zone rulesets for phase ${phase}`;
  throw new ApiRefusal(400, 20217, `'zone' is not a valid value for kind because ${reason}`);
}

const COUNTED: Readonly<Record<string, "customRules" | "redirectRules" | "transformRules">> = {
  http_request_firewall_custom: "customRules",
  http_request_dynamic_redirect: "redirectRules",
  http_request_transform: "transformRules",
  http_request_late_transform: "transformRules",
  http_response_headers_transform: "transformRules",
};

const limitsOf = (plan: ZoneFacts["plan"]) => PLAN_LIMITS[plan ?? ("enterprise" as CloudflarePlan)];

function refuseOverPlan({ plan }: Zone, phase: string, rules: readonly Json[]): void {
  const limits = limitsOf(plan);
  const counted = COUNTED[phase];
  const most = counted === undefined ? Infinity : limits[counted];
  if (rules.length > most) throw overPlan(`rules of ${phase}`, rules.length, most);
  const isRegex = (rule: Json): boolean => /\bmatches\b|\bregex_/.test(withoutText(textOf(rule, "expression")));
  if (!limits.regex && rules.some(isRegex))
    throw new ApiRefusal(400, PLAN_CODE, "the use of operator Matches is not allowed: a Business plan is needed");
}

/** The platform's own number isn't recorded anywhere that this project knows. */
const PLAN_CODE = 20000;
const overPlan = (things: string, got: number, most: number) =>
  new ApiRefusal(400, PLAN_CODE, `exceeded maximum number of ${things}: ${got} out of ${most}`);

/** The first poll still finds the operation running. */
const POLLS_UNTIL_DONE = 2;

function poll({ operations }: Account, id: string): Json {
  const operation = operations.get(id);
  if (operation === undefined) throw new ApiRefusal(404, 10001, `could not find bulk operation ${id}`);
  operation.polls += 1;
  if (operation.polls < POLLS_UNTIL_DONE) return { id, status: "running" };
  operation.complete();
  return { id, status: "completed", completed: STAMP };
}

/** Names that exclude each other: https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/ */
function record(zone: Zone, id: string, wanted: Json): Json {
  const [type, content] = [textOf(wanted, "type"), textOf(wanted, "content")];
  const name = fullName(textOf(wanted, "name"), zone.name);
  const others = [...zone.records.values()].filter((one) => one["id"] !== id && one["name"] === name);
  const isOf = (...types: readonly string[]): boolean => others.some((other) => types.includes(String(other["type"])));
  if (others.some((other) => other["type"] === type && other["content"] === content))
    throw new ApiRefusal(400, 81058, "An identical record already exists.");
  if (isOf("CNAME")) throw new ApiRefusal(400, 81054, "A CNAME record with that host already exists.");
  if (type === "CNAME" && isOf("A", "AAAA"))
    throw new ApiRefusal(400, 81053, "An A, AAAA, or CNAME record with that host already exists.");
  const fresh = { proxied: false, proxiable: true, ttl: 1, settings: {}, meta: {}, comment: null, tags: [] };
  return { ...fresh, ...CREATED, ...wanted, id, name };
}

/** A name outside the zone is read as relative to it. */
function fullName(name: string, zone: string): string {
  if (name === "@") return zone;
  return name === zone || name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

const NORMALIZATION: Json = { scope: "incoming", type: "cloudflare" };

function normalization(body: Json): Json {
  const { scope, type } = known("url_normalization_settings", body);
  const isOneOf = (value: unknown, ...allowed: readonly unknown[]): boolean => allowed.includes(value);
  if (isOneOf(scope, "incoming", "both", "none") && isOneOf(type, "cloudflare", "rfc3986")) return { scope, type };
  throw new ApiRefusal(400, 6003, `Invalid URL normalization: scope ${String(scope)}, type ${String(type)}`);
}

/** HTTP Strict Transport Security as a new zone has it. */
const HSTS_OFF: Json = { enabled: false, max_age: 0, include_subdomains: false, preload: false, nosniff: false };

/** A setting of a zone: the value of a new zone, and the values that the API accepts. */
const SETTINGS: Readonly<Record<string, readonly [initial: unknown, accepts: readonly string[] | typeof isHsts]>> = {
  always_use_https: ["off", ["on", "off"]],
  automatic_https_rewrites: ["off", ["on", "off"]],
  min_tls_version: ["1.0", ["1.0", "1.1", "1.2", "1.3"]],
  opportunistic_encryption: ["on", ["on", "off"]],
  security_header: [{ strict_transport_security: HSTS_OFF }, isHsts],
  ssl: ["full", ["off", "flexible", "full", "strict"]],
  tls_1_3: ["off", ["on", "off", "zrt"]],
};

function isHsts(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const [[name, header] = ["", undefined], ...others] = Object.entries(value) as [string, unknown][];
  if (name !== "strict_transport_security" || others.length > 0 || typeof header !== "object") return false;
  return Object.entries(header ?? {}).every(([member, given]) => typeof given === typeof HSTS_OFF[member]);
}

const settingIn = ({ params }: Asked): string => params["setting"] ?? "";

/** A setting can be read and changed, never deleted. */
function setting({ settings }: Pick<Zone, "settings">, name: string): Json {
  const kind = SETTINGS[name];
  if (kind === undefined) throw new ApiRefusal(400, 1003, `Undefined zone setting: ${name}`);
  return settings.get(name) ?? { id: name, value: kind[0], editable: true, modified_on: null };
}

function changedSetting(zone: Zone, name: string, value: unknown): Json {
  const before = setting(zone, name);
  const accepts = SETTINGS[name]?.[1] ?? [];
  const isGood = typeof accepts === "function" ? accepts(value) : accepts.includes(value as string);
  if (!isGood) throw new ApiRefusal(400, 1007, `Invalid value for zone setting ${name}`);
  // HSTS is read back with all of its members, whichever of them were sent.
  const header = (value as Json)["strict_transport_security"] as Json | undefined;
  const whole = header === undefined ? value : { strict_transport_security: { ...HSTS_OFF, ...header } };
  const changed = { ...before, value: whole, modified_on: STAMP };
  zone.settings.set(name, changed);
  return changed;
}

/** The value of a setting, as the zone has it now. */
export const settingOf = (zone: Zone, name: string): unknown => setting(zone, name)["value"];

function described({ id, name, account, around, plan = "pro" as CloudflarePlan }: Zone): Json {
  return {
    ...{ id, name, status: "active", paused: false, type: "full", account: { id: account, name: "Example" } },
    plan: { id: "1".repeat(32), name: `${plan} website`, legacy_id: plan },
    permissions: ["#zone:read"],
    ...around.facts,
  };
}

const emptyAccount = (): Account => ({
  lists: new Map(),
  operations: new Map(),
  policies: new Map(),
  endpoints: new Map(),
});

function emptyZone(facts: ZoneFacts): Zone {
  const bots = { fight_mode: false, enable_js: true, using_latest_model: true };
  const around = { facts: {}, accessRules: [], pageRules: [], workersRoutes: [], spectrum: [], bots };
  const nothing = { rulesets: new Map(), settings: new Map(), records: new Map() };
  return { ...facts, ...nothing, normalization: NORMALIZATION, around };
}
