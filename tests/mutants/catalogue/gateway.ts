import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { type Body, type BodyChange, bodyKind, type Kind } from "../kind";

const POLICY = "cloudflare_zero_trust_gateway_policy";
const ENDPOINT = "cloudflare_zero_trust_gateway_proxy_endpoint";
const breaks: readonly StatementId[] = ["WORK-2"];

const members = (type: string, name: string, ...changes: readonly JsonTree[]): Kind =>
  bodyKind(name, type, () =>
    changes.map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (body) => void Object.assign(body, each),
    })),
  );

type Edit = (traffic: string) => string;

/** Policies of an action ask something else. */
const traffic = (name: string, action: "allow" | "block", ...edits: readonly Edit[]): Kind =>
  bodyKind(name, POLICY, ({ body }) =>
    edits
      .map((edit) => edit(String(body["traffic"])))
      .filter((text) => body["action"] === action && text !== body["traffic"])
      .map((text) => ({ ...{ what: text, breaks }, change: (copy) => void (copy["traffic"] = text) })),
  );

const more = (name: string, ...policies: readonly JsonTree[]): Kind =>
  bodyKind(name, POLICY, ({ type, body }) =>
    policies
      .filter(() => body["action"] === "allow")
      .map((each): BodyChange => ({
        ...{ what: JSON.stringify(each), breaks },
        change: (copy, beside) =>
          beside({ type, name: "Other", body: { ...copy, name: "other", precedence: 900, ...each } }),
      })),
  );

const isAllow = ({ body }: Body): boolean => body["action"] === "allow";
const SOURCES = /net\.src\.ip in \{[^}]*\}/;
const HOSTS = /net\.sni\.host in \{[^}]*\}/;

/** Every part of a conjunction is dropped in turn. */
const dropParts: readonly Edit[] = [0, 1, 2].map(
  (index) => (text) =>
    text
      .split(" and ")
      .filter((_, at) => at !== index)
      .join(" and "),
);

const PROVISOS: readonly JsonTree[] = [
  { identity: 'identity.email == "a@example.com"' },
  { device_posture: 'any(device_posture.checks.passed[*] in {"1"})' },
  { schedule: { mon: "08:00-17:00" } },
  { expiration: { expires_at: "2030-01-01T00:00:00Z" } },
];

export const GATEWAY_KINDS: readonly Kind[] = [
  bodyKind("drop a Gateway policy", POLICY, () => [{ breaks }]),
  members(POLICY, "disable a Gateway policy", { enabled: false }, { enabled: null }, { enabled: "${var.enabled}" }),
  bodyKind("turn a Gateway policy round", POLICY, (policy) => [
    { breaks, change: (body) => void (body["action"] = isAllow(policy) ? "block" : "allow") },
  ]),
  members(
    POLICY,
    "give a Gateway policy another action",
    { action: "audit_ssh" },
    { action: "l4_override" },
    { action: "off" },
  ),
  members(
    POLICY,
    "move a Gateway policy to another layer",
    { filters: ["http"] },
    { filters: ["dns"] },
    { filters: [] },
  ),
  members(POLICY, "move a Gateway policy to another account", { account_id: "f".repeat(32) }),
  members(POLICY, "leave a Gateway policy's traffic out", { traffic: "" }, { traffic: "${var.traffic}" }),
  // A condition that narrows an allow lets less through, so only blocks are narrowed.
  bodyKind("hold a block to people, devices or hours", POLICY, (policy) =>
    PROVISOS.filter(() => !isAllow(policy)).map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (body) => void Object.assign(body, each),
    })),
  ),
  bodyKind("reorder the Gateway policies", POLICY, (policy) => [
    { breaks, change: (body) => void (body["precedence"] = isAllow(policy) ? 2_000 : 500) },
  ]),
  members(
    POLICY,
    "let the platform order the Gateway policies",
    { precedence: null },
    { precedence: "${var.precedence}" },
  ),
  traffic(
    "unscope the Gateway policies",
    "block",
    (text) => text.replace(`${SOURCES.exec(text)?.[0] ?? ""} and `, ""),
    (text) => text.replace(SOURCES, "net.src.ip in {0.0.0.0/0}"),
    (text) => text.replace(" 203.0.113.22}", "}"),
    (text) => text.replace("203.0.113.20 ", "203.0.113.24 "),
  ),
  traffic(
    "let a block match less",
    "block",
    ...dropParts.slice(2),
    (text) => text.replace(' "udp"', ""),
    (text) => text.replace('"tcp" ', ""),
    (text) => `${text} and net.dst.port in {443}`,
    (text) => `${text} and not net.sni.host in {"evil.example.com"}`,
    (text) => `not (${text})`,
  ),
  traffic(
    "allow another host",
    "allow",
    (text) => text.replace('{"api', '{"evil.example.com" "api'),
    (text) => text.replace(HOSTS, 'any(net.sni.domains[*] in {"openai.com" "stripe.com"})'),
    (text) => text.replace(HOSTS, 'net.sni.host matches ".*"'),
    (text) => text.replace(HOSTS, 'net.sni.host matches "api.openai.com$"'),
    (text) => text.replace(`${HOSTS.exec(text)?.[0] ?? ""} and `, ""),
    (text) => text.replace(HOSTS, "net.dst.ip in {198.51.100.7}"),
    (text) => `${text} or net.sni.host == "evil.example.com"`,
  ),
  traffic(
    "allow another port",
    "allow",
    (text) => text.replace("{443}", "{443 22}"),
    (text) => text.replace("{443}", "{443..8443}"),
    (text) => text.replace("{443}", "{442}"),
    (text) => text.replace(" and net.dst.port in {443}", ""),
    (text) => text.replace("{443}", "{8443}"),
  ),
  traffic(
    "forget a host",
    "allow",
    (text) => text.replace(' "api.stripe.com"', ""),
    (text) => text.replace('"api.openai.com" ', ""),
  ),
  more(
    "allow more before the Gateway policies",
    { traffic: "net.src.ip in {203.0.113.20}" },
    { traffic: 'net.sni.host == "evil.example.com"' },
    { traffic: "net.dst.port == 22" },
    { traffic: "net.src.ip in {203.0.113.0/24}", precedence: 1_200 },
    { traffic: "http.request.host" },
  ),
  more("block the workers' hosts before the Gateway policies", {
    action: "block",
    traffic: 'net.sni.host == "api.stripe.com"',
  }),
  more(
    "lead an allowed host elsewhere",
    {
      ...{ action: "override", filters: ["dns"], traffic: 'any(dns.domains[*] == "api.openai.com")' },
      rule_settings: { override_host: "evil.example.com" },
    },
    {
      ...{ action: "resolve", filters: ["dns_resolver"], traffic: 'dns.fqdn == "api.openai.com"' },
      rule_settings: { dns_resolvers: { ipv4: [{ ip: "198.51.100.7", port: 53 }] } },
    },
    { action: "redirect", filters: ["http"], traffic: 'http.request.host == "api.openai.com"' },
  ),
  bodyKind("drop the workers' proxy", ENDPOINT, () => [{ breaks }]),
  members(
    ENDPOINT,
    "let others into the workers' proxy",
    { ips: ["0.0.0.0/0"] },
    { ips: ["203.0.113.20/31", "203.0.113.22/31"] },
    { ips: ["203.0.113.20/32", "203.0.113.21/32", "203.0.113.22/32", "198.51.100.7/32"] },
  ),
  members(
    ENDPOINT,
    "keep workers out of their proxy",
    { ips: ["203.0.113.20/32"] },
    { ips: [] },
    { ips: ["203.0.113.21/32", "203.0.113.22/32"] },
  ),
  members(ENDPOINT, "let the apply say whom the workers' proxy admits", { ips: "${var.ips}" }, { ips: ["${var.ip}"] }),
  members(ENDPOINT, "give the workers' proxy another kind", { kind: "identity" }, { kind: "${var.kind}" }),
  members(ENDPOINT, "move the workers' proxy to another account", { account_id: "f".repeat(32) }),
  bodyKind("open a second proxy", ENDPOINT, ({ type }) => [
    { breaks, change: (body, beside) => beside({ type, name: "Other", body: { ...body, ips: ["203.0.113.0/24"] } }) },
  ]),
  bodyKind("add Gateway resources that aren't modelled", ENDPOINT, () => [
    {
      breaks,
      change: (body, beside) =>
        beside({
          type: "cloudflare_zero_trust_gateway_settings",
          name: "Other",
          body: { account_id: body["account_id"] },
        }),
    },
  ]),
];
