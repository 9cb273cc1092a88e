import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";
import { type BreaksOf, changed, heldBy, isBlock, ruleKind, RULESET } from "../rules";

/** A custom rule that stops nobody for certain. */
const instead = (name: string, ...actions: readonly JsonTree[]): Kind =>
  ruleKind(`block → ${name}`, (placed) =>
    actions
      .filter(() => isBlock(placed))
      .map((action) => ({ what: JSON.stringify(action), change: changed({ action_parameters: null, ...action }) })),
  );

const SKIPS: readonly JsonTree[] = [
  { action: "skip", action_parameters: { ruleset: "current" } },
  { action: "skip", action_parameters: { phases: ["http_ratelimit"] } },
  { action: "skip", action_parameters: { products: ["waf"] } },
  { action: "skip", action_parameters: { phase: "current" } },
];

const ELSEWHERE = { from_value: { status_code: 302, target_url: { value: "https://www.example.com/" } } };

/** Every ruleset has other members. */
const rulesets = (name: string, members: JsonTree, breaks: BreaksOf = heldBy): Kind =>
  bodyKind(name, RULESET, (ruleset) => [
    { breaks: breaks(ruleset), change: (body) => void Object.assign(body, members) },
  ]);

export const RULE_KINDS: readonly Kind[] = [
  ruleKind("drop a rule", () => [{ change: (rules, index) => void rules.splice(index, 1) }]),
  ruleKind("disable a rule", () => [{ change: changed({ enabled: false }) }]),
  ruleKind("let the apply enable a rule", () => [{ change: changed({ enabled: "${var.enabled}" }) }]),
  ruleKind("let the apply say when a rule matches", () => [{ change: changed({ expression: "${var.expression}" }) }]),
  ruleKind("give a rule an expression that can't be read", () => [{ change: changed({ expression: "http.host eq" }) }]),
  ruleKind("give a rule an action that nobody knows", () => [{ change: changed({ action: "allow" }) }]),
  instead("log", { action: "log" }),
  instead("skip", ...SKIPS),
  instead("challenge", { action: "challenge" }, { action: "js_challenge" }, { action: "managed_challenge" }),
  // A redirected client doesn't reach the webhook, but finds the port open.
  ruleKind("block → redirect", ({ statement }) =>
    statement === "PORTS-1" ? [{ change: changed({ action: "redirect", action_parameters: ELSEWHERE }) }] : [],
  ),
  bodyKind("drop a ruleset", RULESET, (ruleset) => [{ breaks: heldBy(ruleset) }]),
  rulesets("empty a ruleset", { rules: [] }),
  bodyKind("reorder the rules of a phase", RULESET, (ruleset) =>
    (ruleset.body["rules"] as JsonTree[]).slice(1).map(() => ({
      breaks: heldBy(ruleset),
      change: (body) => void (body["rules"] as JsonTree[]).reverse(),
    })),
  ),
  rulesets("let the apply say what the rules are", { rules: "${var.rules}" }),
  rulesets("move rules to a custom ruleset, which nothing executes", { kind: "custom" }),
  rulesets("move rules to the phase of the managed rules", { phase: "http_request_firewall_managed" }),
  rulesets("move rules to the phase of the response", { phase: "http_response_headers_transform" }),
  rulesets("move rules to a phase that nobody knows", { phase: "http_request_tomorrow" }),
  rulesets("move rules to another zone", { zone_id: "f".repeat(32) }),
  bodyKind("give a phase a second owner", RULESET, (ruleset) => [
    {
      breaks: heldBy(ruleset),
      change: (body, beside) => beside({ ...ruleset, name: "Second", body: structuredClone(body) }),
    },
  ]),
  rulesets("create a variable number of rulesets", { count: "${var.count}" }),
  rulesets("leave changes of rules to others", { lifecycle: { ignore_changes: ["rules"] } }),
];
