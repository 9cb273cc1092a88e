import { EdgePhase } from "../../../policy/edge-phase";
import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";
import { RULESET } from "../rules";

/** A rule of others, before or behind the rules of a phase. */
interface Foreign {
  readonly place: "first" | "last";
  readonly phase: EdgePhase;
  readonly breaks: readonly StatementId[];
  readonly rule: JsonTree;
}

const foreign = (name: string, ...rules: readonly Foreign[]): Kind =>
  bodyKind(name, RULESET, ({ body: { phase } }) =>
    rules
      .filter((each) => each.phase === phase)
      .map(({ place, breaks, rule }) => ({
        what: `${place}: ${JSON.stringify(rule)}`,
        breaks,
        change: (body) => {
          const own = body["rules"] as JsonTree[];
          const others = [{ ref: "foreign", enabled: true, ...rule }];
          body["rules"] = place === "first" ? [...others, ...own] : [...own, ...others];
        },
      })),
  );

const custom = (expression: string, breaks: readonly StatementId[], members: JsonTree): Foreign => ({
  ...{ place: "first", phase: EdgePhase.CUSTOM, breaks },
  rule: { expression, ...members },
});

const SKIP = { action: "skip", action_parameters: { ruleset: "current" } };

/** The requests that get past the rules behind, and the statements that this breaks. */
const SKIPPED: readonly (readonly [string, readonly StatementId[]])[] = [
  ["true", ["PORTS-1", "HOOK-1"]],
  ["ip.src in {198.51.100.7}", ["PORTS-1", "HOOK-1"]],
  ["ip.src in {2001:db8::/127}", ["PORTS-1", "HOOK-1"]],
  ['ip.geoip.country eq "AR"', ["PORTS-1", "HOOK-1"]],
  ["cf.client.bot", ["PORTS-1", "HOOK-1"]],
  ['http.user_agent contains "facebookexternalua"', ["PORTS-1", "HOOK-1"]],
  ['http.request.method eq "OPTIONS"', ["PORTS-1", "HOOK-1"]],
  ['http.request.uri.query contains "hub.mode=subscribe"', ["PORTS-1", "HOOK-1"]],
  ["ssl and cf.edge.server_port eq 8443", ["PORTS-1", "HOOK-1"]],
  ['http.request.uri.path eq "/webhooks/meta"', ["PORTS-1", "HOOK-1"]],
  ['http.request.uri.path contains "%2F"', ["PORTS-1", "HOOK-1"]],
  ["len(http.request.uri.query) gt 200000", ["PORTS-1", "HOOK-1"]],
  ['http.host contains ":"', ["PORTS-1", "PORTS-2", "HOOK-1"]],
];

const redirect = (expression: string, target: JsonTree): Foreign => ({
  ...{ place: "first", phase: EdgePhase.REDIRECT, breaks: ["PORTS-2"] },
  rule: { expression, action: "redirect", action_parameters: { from_value: { status_code: 301, ...target } } },
});

const header = (
  place: Foreign["place"],
  operation: JsonTree,
  expression = "true",
  name = "X-Edge-Secret",
): Foreign => ({
  ...{ place, phase: EdgePhase.LATE_TRANSFORM, breaks: ["WEB-1"] },
  rule: { expression, action: "rewrite", action_parameters: { headers: { [name]: operation } } },
});

/** A rule behind the secret's, with a rewrite that the JSON doesn't show. */
const rewriting = (parameters: string): Foreign => ({
  ...{ place: "last", phase: EdgePhase.LATE_TRANSFORM, breaks: ["HOOK-1", "WEB-1"] },
  rule: { expression: "true", action: "rewrite", action_parameters: parameters },
});

/** The names that a proof about a rewrite might give to the requests that it leaves out. */
const NAMES: readonly string[] = ["outside of the case", "others", "unknown"];

/** A redirect to elsewhere that bears the name of a rewrite. */
const NAMED_LIKE_A_REWRITE: Kind = bodyKind("redirect elsewhere under the name of a rewrite", RULESET, ({ body }) =>
  NAMES.filter(() => body["phase"] === EdgePhase.REDIRECT).map((ref) => ({
    ...{ what: ref, breaks: ["PORTS-1", "PORTS-2"] },
    change: (copy, beside) => {
      const { rule } = redirect("not ssl", { target_url: { value: "http://www.example.com/" } });
      const parameters = { uri: { path: { value: "/x" } } };
      const rewrite = { ref, expression: 'http.host eq "old.example.com"', action: "rewrite" };
      const rewrites = [{ ...rewrite, action_parameters: parameters }];
      copy["rules"] = [{ ref, ...rule }, ...(copy["rules"] as JsonTree[])];
      beside({ type: RULESET, name: "Other", body: { ...copy, phase: "http_request_transform", rules: rewrites } });
    },
  })),
);

export const FOREIGN_RULE_KINDS: readonly Kind[] = [
  NAMED_LIKE_A_REWRITE,
  foreign("a skipping rule first", ...SKIPPED.map(([expression, breaks]) => custom(expression, breaks, SKIP))),
  foreign("a permissive rule first", custom("true", ["PORTS-1", "HOOK-1"], { action: "allow" })),
  foreign(
    "a redirect first",
    custom("cf.edge.server_port eq 8080", ["PORTS-1"], {
      action: "redirect",
      action_parameters: { from_value: { status_code: 301, target_url: { value: "https://www.example.com/" } } },
    }),
    redirect('http.request.uri.path eq "/old"', { target_url: { value: "http://www.example.com/" } }),
    redirect("cf.edge.server_port eq 80", { target_url: { value: "https://www.example.com:8443/" } }),
    redirect("not ssl", { target_url: { expression: 'concat("http://", http.host, http.request.uri.path)' } }),
  ),
  foreign(
    "a block of the webhook's sender first",
    custom("ip.src in {31.13.24.0/21}", ["HOOK-1"], { action: "block" }),
    custom("ip.src in {2a03:2880::/32}", ["HOOK-1"], { action: "block" }),
    custom('http.request.method eq "POST"', ["HOOK-1"], { action: "block" }),
    custom('http.request.uri.query contains "hub.mode"', ["HOOK-1"], { action: "block" }),
  ),
  foreign(
    "a rule that changes the secret",
    header("last", { operation: "remove" }),
    header("last", { operation: "set", value: "another" }),
    header("last", { operation: "set", expression: "http.user_agent" }),
    header("last", { operation: "remove" }, 'http.request.uri.path eq "/health"'),
    header("last", { operation: "set", value: "another" }, 'http.request.method eq "PATCH"', "x-edge-secret"),
  ),
  foreign(
    "a rewrite of what only the apply knows",
    rewriting("${var.parameters}"),
    rewriting('${jsondecode("{\\"headers\\":{\\"X-Edge-Secret\\":{\\"operation\\":\\"remove\\"}}}")}'),
    rewriting("${merge({}, var.parameters)}"),
  ),
  foreign("lead another path to the webhook behind the guard", {
    ...{ place: "last", phase: EdgePhase.LATE_TRANSFORM, breaks: ["HOOK-1"] },
    rule: {
      expression: 'http.request.uri.path eq "/foo"',
      action: "rewrite",
      action_parameters: { uri: { path: { value: "/webhooks/meta" } } },
    },
  }),
];
