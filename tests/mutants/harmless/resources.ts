import { stateKind } from "../appliers";
import type { JsonTree, StackCopy } from "../folder";
import { bodiesIn, type Body, bodyKind, type Kind, put } from "../kind";
import { changed, ruleKind, RULESET } from "../rules";
import { at, CADENCE, DEPENDABOT, FILE, fileKind, SNYK } from "../written-files";

const NOTHING = { breaks: [] } as const;
const RECORD = "cloudflare_dns_record";
const SETTING = "cloudflare_zone_setting";
const GATEWAY_POLICY = "cloudflare_zero_trust_gateway_policy";

/** A kind that changes the JSON of a whole stack. */
const stacks = (name: string, ...changes: readonly ((stack: StackCopy) => void)[]): Kind => ({
  name,
  mutants: ({ name: stack }) =>
    changes.map((change, index) => ({
      ...{ at: String(index), stack, ...NOTHING },
      change: (folder) => folder.stacks.filter((each) => each.name === stack).forEach(change),
    })),
});

/** A kind that adds a resource. */
const more = (name: string, ...others: readonly ((zone: unknown) => Omit<Body, "name">)[]): Kind =>
  bodyKind(name, "cloudflare_url_normalization_settings", ({ body: { zone_id: zone } }) =>
    others.map((other) => ({
      ...{ what: other(zone).type, ...NOTHING },
      change: (_, beside) => beside({ ...other(zone), name: "Another" }),
    })),
  );

const members = (
  name: string,
  type: string,
  isIn: (body: JsonTree) => boolean,
  ...changes: readonly JsonTree[]
): Kind =>
  bodyKind(name, type, ({ body }) =>
    changes
      .filter(() => isIn(body))
      .map((each) => ({
        ...{ what: JSON.stringify(each), ...NOTHING },
        change: (copy) => void Object.assign(copy, each),
      })),
  );

const rule = (phase: string, place: "first" | "last", own: JsonTree): Kind["mutants"] =>
  bodyKind("", RULESET, ({ body }) =>
    body["phase"] === phase
      ? [
          {
            ...{ what: `${place}: ${JSON.stringify(own)}`, ...NOTHING },
            change: (copy) => {
              const rules = copy["rules"] as JsonTree[];
              const others = [{ ref: "another", enabled: true, ...own }];
              copy["rules"] = place === "first" ? [...others, ...rules] : [...rules, ...others];
            },
          },
        ]
      : [],
  ).mutants;

const foreign = (name: string, phase: string, ...rules: readonly JsonTree[]): Kind => ({
  name,
  mutants: (stack) => rules.flatMap((own) => [...rule(phase, "first", own)(stack), ...rule(phase, "last", own)(stack)]),
});

/** Questions that only the platform can answer: too many to try their answers one by one. */
const MANY_QUESTIONS = Array.from({ length: 30 }, (_, index) => {
  return `(ip.src.country eq "X${index}" and http.user_agent contains "bot${index}")`;
}).join(" or ");

const CUSTOM = "http_request_firewall_custom";
const settingIs = (id: string) => (body: JsonTree) => body["setting_id"] === id;
const zoneSetting = (id: string, value: unknown) => (zone: unknown) => ({
  ...{ type: SETTING, body: { zone_id: zone, setting_id: id, value } },
});

const rulesetOf = (phase: string, action: string, parameters: JsonTree) => (zone: unknown) => {
  const rules = [{ ref: "another", expression: "true", action, action_parameters: parameters }];
  return { type: RULESET, body: { zone_id: zone, kind: "zone", name: "another", phase, rules } };
};

/** The same object with its keys the other way round, at every depth. */
function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversedKeys(inner)]),
  );
}

/** The addresses of a rule in a list of the account, which the rule names. */
const LISTED: Kind = {
  name: "move addresses to a list",
  mutants: (stack) =>
    ruleKind("", ({ expression }) => {
      const [inline = "", addresses = ""] = /ip\.src in \{([^}]*)\}/.exec(expression) ?? [];
      if (addresses === "") return [];
      return [{ change: changed({ expression: expression.replace(inline, "ip.src in $meta"), "//": addresses }) }];
    })
      .mutants(stack)
      .map((mutant) => ({
        ...mutant,
        breaks: [],
        change: (folder) => (mutant.change(folder), addList(folder, stack.name)),
      })),
};

function addList(folder: Parameters<typeof put>[0], stack: string): void {
  const copy = folder.stacks.find(({ name }) => name === stack);
  const rules = copy === undefined ? [] : bodiesIn(copy, RULESET).flatMap(({ body }) => body["rules"] as JsonTree[]);
  const texts = rules.flatMap((each) => (typeof each["//"] === "string" ? each["//"].split(" ") : []));
  const body = { account_id: ACCOUNT, kind: "ip", name: "meta", items: texts.map((ip) => ({ ip })) };
  rules.forEach((each) => Reflect.deleteProperty(each, "//"));
  put(folder, stack, { type: "cloudflare_list", name: "Meta", body });
}

const ACCOUNT = "0123456789abcdef0123456789abcdef";
/** The first two addresses as one block, where they are neighbours and the first is even. */
const joined = ([first = "", second = "", ...rest]: readonly string[]): readonly string[] =>
  first.endsWith("/32") ? [first.replace("/32", "/31"), ...rest] : [first, second, ...rest];
const blocks = (state: JsonTree): readonly string[] => state["dbAllowedCidrs"] as readonly string[];

export const HARMLESS_RESOURCES: readonly Kind[] = [
  foreign(
    "add a block of others",
    CUSTOM,
    { action: "block", expression: 'http.request.uri.path eq "/admin"' },
    { action: "block", expression: "ip.src in {198.51.100.0/24}" },
    { action: "block", expression: 'ip.geoip.country eq "XX"' },
    { action: "block", expression: "cf.client.bot" },
    { action: "block", expression: MANY_QUESTIONS },
  ),
  foreign("add a rule that logs", CUSTOM, { action: "log", expression: "true" }),
  foreign("add a challenge of others", CUSTOM, {
    action: "managed_challenge",
    expression: 'http.request.uri.path eq "/login"',
  }),
  foreign("add a rule that is disabled", CUSTOM, {
    action: "skip",
    action_parameters: { ruleset: "current" },
    expression: "true",
    enabled: false,
  }),
  foreign(
    "set another header",
    "http_request_late_transform",
    {
      action: "rewrite",
      action_parameters: { headers: { "X-Country": { operation: "set", expression: "ip.src.country" } } },
      expression: "true",
    },
    {
      action: "rewrite",
      action_parameters: { headers: { "X-Version": { operation: "set", value: "${var.version}" } } },
      expression: "true",
    },
  ),
  more(
    "configure what isn't about HTTPS",
    rulesetOf("http_config_settings", "set_config", { ssl: null, bic: "${var.bic}" }),
  ),
  more(
    "say more in answers and logs",
    rulesetOf("http_response_headers_transform", "rewrite", {
      headers: { "X-Version": { operation: "set", value: "${var.version}" } },
    }),
    rulesetOf("http_log_custom_fields", "log_custom_field", { transformed_request_fields: [{ name: "x-request-id" }] }),
  ),
  ruleKind("describe a rule otherwise", () => [{ breaks: [], change: changed({ description: "another text" }) }]),
  ruleKind("refer to a rule otherwise", () => [{ breaks: [], change: changed({ ref: "another" }) }]),
  ruleKind("leave out that a rule is enabled", () => [
    { breaks: [], change: (rules, index) => Reflect.deleteProperty(rules[index] ?? {}, "enabled") },
  ]),
  LISTED,
  more(
    "add resources of other providers",
    () => ({ type: "aws_s3_bucket", body: { bucket: "reports" } }),
    () => ({ type: "random_id", body: { byte_length: 8 } }),
    () => ({ type: "null_resource", body: {} }),
    () => ({ type: "time_static", body: {} }),
  ),
  more(
    "add resources that open nothing",
    () => ({ type: "github_issue_label", body: { repository: "api", name: "bug", color: "ff0000" } }),
    () => ({ type: "cloudflare_r2_bucket", body: { account_id: ACCOUNT, name: "reports" } }),
    (zone) => ({ type: "cloudflare_zone_dnssec", body: { zone_id: zone } }),
    zoneSetting("brotli", "on"),
  ),
  more(
    "add records of others",
    (zone) => ({ type: RECORD, body: { zone_id: zone, type: "TXT", name: "@", content: "v=spf1 -all" } }),
    (zone) => ({
      type: RECORD,
      body: { zone_id: zone, type: "MX", name: "@", content: "mx.example.com", priority: 10 },
    }),
    (zone) => ({
      type: RECORD,
      body: { zone_id: zone, type: "CNAME", name: "static", content: "static.example.edu", proxied: true },
    }),
  ),
  more(
    "hold things of another zone",
    () => ({
      type: RECORD,
      body: { zone_id: "e".repeat(32), type: "A", name: "@", content: "198.51.100.7", proxied: false },
    }),
    () => ({ type: SETTING, body: { zone_id: "e".repeat(32), setting_id: "ssl", value: "off" } }),
    () => ({ type: "cloudflare_workers_route", body: { zone_id: "e".repeat(32), pattern: "*" } }),
  ),
  members("ask for more of TLS", SETTING, settingIs("min_tls_version"), { value: "1.3" }),
  members("offer TLS 1.3 with early data", SETTING, settingIs("tls_1_3"), { value: "zrt" }),
  members("tell browsers longer", SETTING, settingIs("security_header"), {
    value: {
      strict_transport_security: { enabled: true, max_age: 63_072_000, include_subdomains: true, preload: true },
    },
  }),
  stacks(
    "format the JSON otherwise",
    (stack) => (stack.json = JSON.parse(JSON.stringify(stack.json, null, 7)) as JsonTree),
    (stack) => (stack.json = reversedKeys(stack.json) as JsonTree),
    (stack) => Reflect.deleteProperty(stack.json, "output"),
    (stack) => Reflect.deleteProperty(stack.json, "//"),
  ),
  stacks("write the zone in a local", (stack) => {
    const [{ body } = { body: {} as JsonTree }] = bodiesIn(stack, SETTING);
    const zone = String(body["zone_id"]);
    stack.json = JSON.parse(JSON.stringify(stack.json).replaceAll(`"${zone}"`, '"${local.zone}"')) as JsonTree;
    stack.json["locals"] = { ...(stack.json["locals"] as JsonTree), zone };
  }),
  bodyKind("write a record otherwise", RECORD, ({ body: { content, name } }) =>
    [
      { proxied: "true" },
      { content: `${String(content)}.` },
      { content: String(content).toUpperCase() },
      { name: String(name).toUpperCase() },
    ].map((each) => ({ ...NOTHING, what: JSON.stringify(each), change: (body) => void Object.assign(body, each) })),
  ),
  bodyKind("wait for more", RECORD, () => [
    { ...NOTHING, change: (body) => void (body["depends_on"] as string[]).push("random_id.Another") },
  ]),
  bodyKind("add a wildcard that waits", RECORD, ({ type }) => [
    { ...NOTHING, change: (body, beside) => beside({ type, name: "Another", body: { ...body, name: "*" } }) },
  ]),
  bodyKind("wait through another resource", RECORD, ({ body }) => [
    {
      ...NOTHING,
      change: (copy, beside) => {
        beside({ type: "time_sleep", name: "Wait", body: { depends_on: body["depends_on"] } });
        copy["depends_on"] = ["time_sleep.Wait"];
      },
    },
  ]),
  stateKind("write a database's list otherwise", "supabase-network-restrictions", [
    [(state) => ({ dbAllowedCidrs: [...blocks(state)].reverse() })],
    [(state) => ({ dbAllowedCidrs: joined(blocks(state)) })],
  ]),
  members("let less through the Gateway", GATEWAY_POLICY, (body) => body["action"] === "allow", {
    schedule: { mon: "08:00-17:00" },
  }),
  members(
    "name a Gateway policy otherwise",
    GATEWAY_POLICY,
    () => true,
    { name: "another" },
    { description: "another" },
  ),
  ...[SNYK, CADENCE].map((path) =>
    fileKind(`start ${path} at another time`, path, () => [
      { breaks: [], change: (text) => text.replace(/cron: ".*"/, 'cron: "59 23 * * 6"') },
    ]),
  ),
  fileKind("update at another time", DEPENDABOT, () => [
    {
      breaks: [],
      change: (text) => text.replaceAll(/time: ".*"/g, 'time: "23:59"').replaceAll(/day: .*/g, "day: sunday"),
    },
  ]),
  fileKind("scan on another machine of GitHub's", SNYK, () => [
    { breaks: [], change: (text) => text.replaceAll("ubuntu-24.04", "ubuntu-22.04") },
  ]),
  fileKind("install another version that is known", SNYK, () => [
    { breaks: [], change: (text) => text.replace("v1.1306.4", "v1.1306.0") },
  ]),
  members("switch the alerts on in words", "github_repository_vulnerability_alerts", () => true, { enabled: "true" }),
  members("switch the security updates on in words", "github_repository_dependabot_security_updates", () => true, {
    enabled: "true",
  }),
  bodyKind("write the number of the check's App as a text", "github_repository_ruleset", () => [
    {
      ...NOTHING,
      change: (body) => {
        const [check] = at(body, "rules", "required_status_checks")["required_check"] as JsonTree[];
        Object.assign(check ?? {}, { integration_id: String(check?.["integration_id"]) });
      },
    },
  ]),
  bodyKind("write another file", FILE, ({ type, body }) =>
    body["file"] === SNYK
      ? [
          {
            ...NOTHING,
            change: (copy, beside) =>
              beside({ type, name: "Another", body: { ...copy, file: "SECURITY.md", content: "# Security" } }),
          },
        ]
      : [],
  ),
];
