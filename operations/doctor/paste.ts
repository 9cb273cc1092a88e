import { parse, RulesLanguageError, usageOf } from "../../network/rules-language";
import { EdgePhase } from "../../policy/edge-phase";
import type { LiveRule, LiveRuleset } from "../platforms/cloudflare";
import { keptRef, keptRules, liveRecords, type Placed, type ChangedZone } from "./collisions";

/** Stands for a value that may be secret: as long as it isn't replaced, the file doesn't compile. */
const NOT_SHOWN = "COPY_FROM_THE_DASHBOARD";

/** The part of an environment's `edge` that takes over what a zone has, as TypeScript. */
export async function edgePaste(subject: ChangedZone): Promise<string> {
  const rules = keptRules(subject);
  const rulesets = subject.phases.flatMap(({ phase, live }) => (live === undefined ? [] : [rulesetLine(phase, live)]));
  const records = [...(await liveRecords(subject))].flatMap(([host, found]) => {
    const record = found.find(({ type }) => type === "CNAME") ?? found[0];
    return record === undefined ? [] : [`${literal(host)}: ${literal(record.id)},`];
  });
  return [
    "// The whole `existing` of the environment's `edge`, and what comes after the `otherRules` that it has:",
    "existing: {",
    ...section("rulesets", rulesets),
    ...section("records", records),
    "},",
    ...(rules.length === 0 ? [] : ["otherRules: [", ...rules.flatMap(ruleLines).map(indented), "],"]),
  ].join("\n");
}

function section(name: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${name}: {`, ...lines.map(indented).map(indented), "  },"];
}

function rulesetLine(phase: EdgePhase, { id, name }: LiveRuleset): string {
  return `[${phaseName(phase)}]: { id: ${literal(id)}, name: ${literal(name)} },`;
}

function phaseName(phase: string): string {
  const [name] = Object.entries(EdgePhase).find(([, value]) => value === phase) ?? [phase];
  return `EdgePhase.${name}`;
}

/** An OtherRule. */
function ruleLines({ phase, rule }: Placed): readonly string[] {
  const { description = "", expression = "", action = "", action_parameters: parameters, enabled = true } = rule;
  const described = description.trim() === "" ? "to be described: what the rule is for, and whose it is" : description;
  return [
    "{",
    `  phase: ${phaseName(phase)},`,
    `  ref: ${literal(keptRef(rule))},`,
    `  description: ${literal(described)},`,
    `  expression: ${mayHoldSecret(expression) ? NOT_SHOWN : literal(expression)},`,
    `  action: ${literal(action)},`,
    ...(parameters === undefined ? [] : [`  actionParameters: ${parametersText(parameters)},`]),
    ...(enabled ? [] : ["  enabled: false,"]),
    "},",
  ];
}

/**
 * Whether an expression can hold a secret: a text in it that it compares with what only a client who knows the secret
 * sends, such as a header, a cookie or a query, or that it signs with.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/functions/#hmac-validation
 */
function mayHoldSecret(expression: string): boolean {
  try {
    const { fields, functions } = usageOf(parse(expression));
    return [...functions].some((name) => SIGNS.test(name)) || [...fields].some((name) => !WITHOUT_SECRETS.test(name));
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return true;
  }
}

const SIGNS = /^is_timed_hmac_valid/;

/** Fields that say where a request comes from and what it asks for, and that logs show anyway. */
const WITHOUT_SECRETS =
  /^(?:ip\.|cf\.|ssl$|http\.host$|http\.request\.(?:method|version|timestamp\.|uri\.path)|raw\.http\.request\.uri\.path)/;

const MARK = "\u0000";

/**
 * Secrets are in what is sent to the origin alone, a header's value or a query; everything else of an action is public to whoever
 * sees its effect.
 */
function parametersText(parameters: NonNullable<LiveRule["action_parameters"]>): string {
  const { headers, uri, ...rest } = parameters;
  const { query, ...ofUri } = Object(uri) as Readonly<Record<string, unknown>>;
  const marked = {
    ...rest,
    ...(headers === undefined ? {} : { headers: withoutValues(headers) }),
    ...(uri === undefined ? {} : { uri: { ...ofUri, ...(query === undefined ? {} : { query: withoutValue(query) }) } }),
  };
  return literal(marked).replaceAll(literal(MARK), NOT_SHOWN);
}

function withoutValues(headers: unknown): unknown {
  return Object.fromEntries(
    Object.entries(Object(headers) as object).map(([name, change]: [string, unknown]) => [name, withoutValue(change)]),
  );
}

function withoutValue(change: unknown): unknown {
  const { value, expression, ...rest } = Object(change) as Readonly<Record<string, unknown>>;
  return {
    ...rest,
    ...(value === undefined ? {} : { value: MARK }),
    ...(expression === undefined ? {} : { expression: shownExpression(expression) }),
  };
}

/** A computed value is shown where it computes from the request alone. */
function shownExpression(expression: unknown): unknown {
  return typeof expression === "string" && !expression.includes('"') ? expression : MARK;
}

function indented(line: string): string {
  return `  ${line}`;
}

/** A value as TypeScript, in ASCII alone: a name may be meant for the reader's terminal. */
function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
