import { EdgePhase } from "../../../policy/edge-phase";
import type { JsonTree, StackCopy } from "../folder";
import { type Body, bodyKind, type Kind, put } from "../kind";
import { changed, ruleKind, RULESET } from "../rules";

const HEADER = "X-Edge-Secret";

const operations = (name: string, ...values: readonly JsonTree[]): Kind =>
  ruleKind(name, ({ statement }) =>
    values
      .filter(() => statement === "WEB-1")
      .map((operation) => ({
        what: JSON.stringify(operation),
        change: changed({ action_parameters: { headers: { [HEADER]: operation } } }),
      })),
  );

const isSecret = (variable: string): boolean => variable.startsWith("edge_secret_");

/** A kind that declares the secret's variable otherwise. */
const variables = (name: string, ...members: readonly JsonTree[]): Kind => ({
  name,
  mutants: ({ name: stack, json }: StackCopy) =>
    Object.keys((json["variable"] ?? {}) as JsonTree)
      .filter(isSecret)
      .flatMap((variable) =>
        members.map((each) => ({
          ...{ at: `${variable} ${JSON.stringify(each)}`, stack, breaks: ["WEB-1"] as const },
          change: ({ stacks }) => {
            const declared = stacks.find((copy) => copy.name === stack)?.json["variable"] as JsonTree;
            declared[variable] = { ...(declared[variable] as JsonTree), ...each };
          },
        })),
      ),
});

/** The environments of a zone know each other's secret. */
const SHARED: Kind = {
  name: "share the secret between environments",
  mutants: (stack) =>
    ruleKind("", ({ statement, rule }) =>
      Object.keys((stack.json["variable"] ?? {}) as JsonTree)
        .filter(
          (variable) =>
            isSecret(variable) && statement === "WEB-1" && !JSON.stringify(rule).includes(`var.${variable}}`),
        )
        .map((variable) => ({
          what: variable,
          change: changed({
            action_parameters: { headers: { [HEADER]: { operation: "set", value: `\${var.${variable}}` } } },
          }),
        })),
    ).mutants(stack),
};

type Told = (reference: string, zone: string) => Omit<Body, "name"> | JsonTree;

/** A kind that gives a stack's secrets to something else: a resource, or another part of the JSON. */
const told = (name: string, ...things: readonly Told[]): Kind => ({
  name,
  mutants: ({ name: stack, json }) =>
    Object.keys((json["variable"] ?? {}) as JsonTree)
      .filter(isSecret)
      .flatMap((variable) =>
        things.map((thing, index) => ({
          ...{ at: `${variable} ${index}`, stack, breaks: ["WEB-1"] as const },
          change: (folder) => {
            const copy = folder.stacks.find((each) => each.name === stack);
            const more = thing(`\${var.${variable}}`, zoneIn(json));
            if (isBody(more)) put(folder, stack, { ...more, name: "Told" });
            else Object.assign(copy?.json ?? {}, more);
          },
        })),
      ),
});

const isBody = (more: Omit<Body, "name"> | JsonTree): more is Omit<Body, "name"> => "type" in more;

function zoneIn({ resource }: JsonTree): string {
  const { cloudflare_url_normalization_settings: settings } = resource as Record<string, Record<string, JsonTree>>;
  return String(Object.values(settings ?? {})[0]?.["zone_id"]);
}

const record = (content: string, zone: string): Omit<Body, "name"> => ({
  ...{ type: "cloudflare_dns_record", body: { zone_id: zone, type: "TXT", name: "_told", content, ttl: 1 } },
});

const ruleset = (phase: string, action: string, parameters: unknown, zone: string): Omit<Body, "name"> => ({
  type: RULESET,
  body: {
    ...{ zone_id: zone, kind: "zone", name: "told", phase },
    rules: [{ ref: "told", expression: "true", action, action_parameters: parameters }],
  },
});

const answer = (operation: JsonTree, zone: string): Omit<Body, "name"> =>
  ruleset("http_response_headers_transform", "rewrite", { headers: { "X-Debug": operation } }, zone);

const log = (parameters: unknown, zone: string): Omit<Body, "name"> =>
  ruleset("http_log_custom_fields", "log_custom_field", parameters, zone);

/** A redirect tells the secret to everybody who follows it. */
const REDIRECTED: Kind = {
  name: "redirect to the secret",
  mutants: (stack) =>
    ruleKind("", ({ statement }) =>
      Object.keys((stack.json["variable"] ?? {}) as JsonTree)
        .filter((variable) => isSecret(variable) && statement === "PORTS-2")
        .map((variable) => {
          const target = { target_url: { value: `https://www.example.com/?x=\${var.${variable}}` } };
          const redirect = { action: "redirect", action_parameters: { from_value: { status_code: 301, ...target } } };
          const expression = 'ssl and cf.edge.server_port eq 443 and http.request.uri.path eq "/old"';
          const told = { ref: "told", expression, ...redirect };
          return { what: variable, breaks: ["WEB-1"], change: (rules) => void rules.push(told) };
        }),
    ).mutants(stack),
};

/** The rules of the secret ask for the rewritten path. */
const BEHIND_A_REWRITE: Kind = bodyKind("give the secret by the path behind a rewrite", RULESET, ({ body }) =>
  ['and not http.request.uri.path contains "//"', 'or http.request.uri.path contains "//"']
    .filter(() => body["phase"] === EdgePhase.LATE_TRANSFORM)
    .map((asked) => ({
      ...{ what: asked, breaks: ["WEB-1"] },
      change: (copy, beside) => {
        const own = copy["rules"] as JsonTree[];
        copy["rules"] = own.map((rule) => ({ ...rule, expression: `${String(rule["expression"])} ${asked}` }));
        const parameters = { uri: { path: { value: "//x" } } };
        const rules = [{ ref: "other", expression: "true", action: "rewrite", action_parameters: parameters }];
        beside({ type: RULESET, name: "Other", body: { ...copy, phase: "http_request_transform", rules } });
      },
    })),
);

export const SECRET_KINDS: readonly Kind[] = [
  SHARED,
  BEHIND_A_REWRITE,
  operations("write the secret down", { operation: "set", value: "0123456789abcdef0123456789abcdef" }),
  operations("add the secret to the client's own", { operation: "add", value: "${var.edge_secret_production}" }),
  operations("compute the secret from the request", { operation: "set", expression: "http.host" }),
  operations("take the secret from a variable that isn't declared", { operation: "set", value: "${var.other}" }),
  operations("derive the secret", { operation: "set", value: "${sha256(var.edge_secret_production)}" }),
  told(
    "publish the secret by a record",
    record,
    (secret, zone) => record(`x=${secret}`, zone),
    (secret, zone) => record(secret.replace(/var\.\w+/, "base64encode($&)"), zone),
    (secret, zone) => record(`%{ if true }${secret}%{ endif }`, zone),
  ),
  told(
    "write the secret into an output",
    (secret) => ({ output: { told: { value: secret } } }),
    (secret) => ({ output: { told: { value: secret.replace(/var\.\w+/, "nonsensitive($&)") } } }),
    (secret) => ({ locals: { told: [secret] }, output: { told: { value: "${local.told[0]}" } } }),
  ),
  told(
    "answer with the secret",
    (value, zone) => answer({ operation: "set", value }, zone),
    (_, zone) => answer({ operation: "set", expression: 'http.request.headers["x-edge-secret"][0]' }, zone),
  ),
  told(
    "log the secret",
    (_, zone) => log({ transformed_request_fields: [{ name: "x-edge-secret" }] }, zone),
    (_, zone) => log("${var.fields}", zone),
  ),
  ruleKind("set another header to the secret", ({ statement, rule }) => {
    const [secret] = /\$\{var\.\w+\}/.exec(JSON.stringify(rule)) ?? [];
    if (statement !== "WEB-1" || secret === undefined) return [];
    const copy = { ref: "copy", expression: "true", action: "rewrite" };
    const headers = { "X-Copy": { operation: "set", value: secret } };
    return [{ change: (rules) => void rules.push({ ...copy, action_parameters: { headers } }) }];
  }),
  REDIRECTED,
  variables("declare the secret insensitive", { sensitive: false }),
  variables("give the secret a default", { default: "0123456789abcdef0123456789abcdef" }),
];
