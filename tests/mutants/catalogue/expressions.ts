import { bytesOf, type Bytes, textOf } from "../../../network/rules-language";
import { EdgePhase } from "../../../policy/edge-phase";
import type { Kind } from "../kind";
import { expressionKind, isBlock, type PlacedRule, ruleKind, changed } from "../rules";
import { edited, type TreeNode } from "../trees";

/** A kind that changes one node of a rule's expression. */
const nodes = (
  name: string,
  edit: (node: TreeNode) => readonly unknown[],
  isIn: (rule: PlacedRule) => boolean = () => true,
): Kind => expressionKind(name, (placed) => (isIn(placed) ? edited(placed.expression, edit) : []));

/** A kind that lets a rule match only where something else is true too. */
const and = (name: string, ...conditions: readonly string[]): Kind =>
  expressionKind(name, ({ expression }) => conditions.map((condition) => `(${expression}) and ${condition}`));

const isCall = (node: TreeNode, name: string): boolean => node["kind"] === "call" && node["name"] === name;

/** A call's first argument in its place. */
const dropCall =
  (name: string) =>
  (node: TreeNode): readonly unknown[] =>
    isCall(node, name) ? (node["arguments"] as readonly unknown[]).slice(0, 1) : [];

const dropOption = (node: TreeNode): readonly unknown[] =>
  isCall(node, "url_decode") ? [{ ...node, arguments: (node["arguments"] as readonly unknown[]).slice(0, 1) }] : [];

const needles =
  (change: (text: string) => readonly string[]) =>
  (node: TreeNode): readonly unknown[] =>
    node["kind"] === "containment" && textOf(node["needle"] as Bytes)?.startsWith("/") === true
      ? change(textOf(node["needle"] as Bytes) ?? "").map((text) => ({ ...node, needle: bytesOf(text) }))
      : [];

const containmentAsEquality = (node: TreeNode): readonly unknown[] =>
  node["kind"] === "containment"
    ? [
        {
          kind: "comparison",
          operand: node["operand"],
          operator: "eq",
          literal: { kind: "string", value: node["needle"] },
        },
      ]
    : [];

const asMatch =
  (kind: "wildcard-match" | "regex-match", pattern: (text: string) => unknown, members: object) =>
  (node: TreeNode): readonly unknown[] =>
    node["kind"] === "containment"
      ? [{ kind, operand: node["operand"], pattern: pattern(textOf(node["needle"] as Bytes) ?? ""), ...members }]
      : [];

const swapOperator = (node: TreeNode): readonly unknown[] =>
  node["kind"] === "combination" && (node["operands"] as readonly unknown[]).length > 1
    ? [{ ...node, operator: node["operator"] === "and" ? "or" : "and" }]
    : [];

const swapComparison = (node: TreeNode): readonly unknown[] =>
  node["kind"] === "comparison" ? [{ ...node, operator: node["operator"] === "eq" ? "ne" : "eq" }] : [];

const dropNegation = (node: TreeNode): readonly unknown[] => (node["kind"] === "negation" ? [node["operand"]] : []);

/** One of several paths that a rule guards is gone. */
const dropPath = (node: TreeNode): readonly unknown[] => {
  if (node["kind"] !== "combination" || node["operator"] !== "or") return [];
  const operands = node["operands"] as readonly TreeNode[];
  return operands
    .filter(({ kind }) => kind === "containment")
    .map((dropped) => operands.filter((each) => each !== dropped))
    .map((rest) => (rest.length === 1 ? rest[0] : { ...node, operands: rest }));
};

/** A condition that is gone. The guard of a path keeps its path, since it guards more without it. */
const dropOperand = (node: TreeNode): readonly unknown[] => {
  if (node["kind"] !== "combination") return [];
  const operands = node["operands"] as readonly TreeNode[];
  return operands
    .filter(({ kind, operator }) => kind !== "containment" && operator !== "or")
    .map((dropped) => operands.filter((each) => each !== dropped))
    .map((rest) => (rest.length === 1 ? rest[0] : { ...node, operands: rest }));
};

/** A number that differs in one bit. */
const flipBits = (node: TreeNode): readonly unknown[] =>
  node["kind"] === "integer"
    ? [0n, 3n, 10n].map((bit) => ({ ...node, value: (node["value"] as bigint) ^ (1n << bit) }))
    : [];

const otherHosts = (node: TreeNode): readonly unknown[] => {
  const { kind, set } = node as {
    readonly kind?: unknown;
    readonly set?: { readonly kind: string; readonly members: readonly unknown[] };
  };
  if (kind !== "membership" || set?.kind !== "strings") return [];
  const other = { kind: "string", value: bytesOf("other.example.com") };
  return [
    { ...node, set: { ...set, members: [...set.members, other] } },
    { ...node, set: { ...set, members: [other, ...set.members.slice(1)] } },
  ];
};

/** An undeclared host that isn't redirected is blocked, which breaks nothing. */
function hostConditions(placed: PlacedRule): readonly string[] {
  const declared = ['http.host eq "app.example.com"', 'not lower(http.host) contains "."'];
  return isBlock(placed) ? [...declared, 'http.host ne "www.example.com"', "len(http.host) lt 64"] : declared;
}

const isRedirect = ({ phase }: PlacedRule): boolean => phase === (EdgePhase.REDIRECT as string);

export const EXPRESSION_KINDS: readonly Kind[] = [
  expressionKind("negate a rule", ({ expression }) => [`not (${expression})`]),
  nodes("drop lower", dropCall("lower")),
  nodes("drop url_decode", dropCall("url_decode")),
  nodes("drop url_decode's option", dropOption),
  nodes("contains → eq", containmentAsEquality),
  nodes("contains → wildcard", asMatch("wildcard-match", bytesOf, { strict: false })),
  nodes(
    "contains → strict wildcard",
    asMatch("wildcard-match", (text) => bytesOf(`*${text.toUpperCase()}*`), { strict: true }),
  ),
  nodes(
    "contains → matches",
    asMatch("regex-match", (text) => `^${text}$`, {}),
  ),
  nodes(
    "guard another path",
    needles((path) => [`${path}/`, `${path}s`, path.toUpperCase()]),
    isBlock,
  ),
  nodes("drop a path", dropPath),
  nodes("and ↔ or", swapOperator),
  nodes("eq ↔ ne", swapComparison),
  nodes("drop a not", dropNegation),
  nodes("drop a condition", dropOperand),
  nodes("change a port by one bit", flipBits),
  nodes("add or change a host of the secret's rule", otherHosts),
  expressionKind("add a host", (placed) =>
    hostConditions(placed).map((condition) => `(${placed.expression}) and ${condition}`),
  ),
  and(
    "add a method",
    'http.request.method eq "GET"',
    'http.request.method in {"GET" "POST"}',
    'http.request.method ne "PATCH"',
  ),
  and("add an ssl condition", "ssl", "not ssl"),
  and("add a path", 'not starts_with(http.request.uri.path, "/api")', 'http.request.uri.path ne "/webhooks/meta/"'),
  and("add a query", 'http.request.uri.query eq ""', 'not http.request.uri.query contains "debug"'),
  and(
    "add a source",
    "not ip.src in {198.51.100.0/24}",
    "not ip.src in $office",
    'ip.geoip.country ne "AR"',
    "ip.geoip.asnum ne 64496",
  ),
  and(
    "add what only the platform knows",
    "not cf.client.bot",
    "cf.bot_management.score lt 30",
    "not cf.bot_management.verified_bot",
  ),
  and("add a header", 'not http.user_agent contains "facebook"', 'not any(http.request.headers["x-debug"][*] eq "1")'),
  and("add a raw field", 'not raw.http.request.uri.path contains ";"', 'not raw.http.request.uri contains "//"'),
  ruleKind("redirect elsewhere", (placed) =>
    TARGETS.filter(() => isRedirect(placed)).map((target) => ({
      what: JSON.stringify(target),
      change: changed({
        action_parameters: { from_value: { status_code: 301, preserve_query_string: true, ...target } },
      }),
    })),
  ),
];

const to = (expression: string): object => ({ target_url: { expression } });

/** Where a redirect may lead beside the same host, path and query on 443. */
const TARGETS: readonly object[] = [
  { target_url: { value: "https://www.example.com/" } },
  { target_url: { value: "http://www.example.com/" } },
  { target_url: { value: "https://www.example.com:8443/" } },
  { target_url: { value: "${var.target}" } },
  to('concat("https://www.example.com", http.request.uri.path)'),
  to('concat("http://", http.host, http.request.uri.path)'),
  to('concat("https://", http.host, ":8443", http.request.uri.path)'),
  to('concat("https://", http.host, ".example.com", http.request.uri.path)'),
  to('concat("https://", http.request.headers["x-forwarded-host"][0], http.request.uri.path)'),
  to('concat("https://", http.host, "/")'),
  to('concat("https://", http.host)'),
  to('concat("https://", http.host, http.request.uri)'),
  to('concat("//", http.host, http.request.uri.path)'),
  to('concat("https://", lower(http.host), lower(http.request.uri.path))'),
  to('wildcard_replace(http.request.full_uri, "http://*", "https://${1}")'),
  to("http.request.full_uri"),
  { preserve_query_string: false, ...to('concat("https://", http.host, http.request.uri.path)') },
];
