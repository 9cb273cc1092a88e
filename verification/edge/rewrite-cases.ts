import { bytesOf, type Expression, isPredicate, print, type Value, visit } from "../../network/rules-language";
import { Answer } from "../solver/formula";
import { run } from "../solver/language/dfa";
import { constant, understood, withParts } from "./conditions";
import { evaluate } from "./evaluate/evaluate";
import { Request } from "./evaluate/request";
import { PHASE } from "./phases";
import { ACCEPTED, type Expectation } from "./proof";
import { type ConstantRewrite, constantRewriteOf } from "./rewrite";
import type { Scope } from "./scope";
import { type EdgeZone, isSamePlace, type ZoneRule } from "./zone";

/** A question about the part of the requests that a rewrite leaves alone, or about that which it changes. */
export interface RewriteCase {
  readonly zone: EdgeZone;
  readonly scope: Scope;
  readonly expectation: Expectation;
}

/**
 * Splits a question about a zone with one rewrite to constants into one about the requests that it leaves alone, and one
 * about those that it changes, for which later rules see the constants. Undefined where the zone rewrites in other ways:
 * whether later rewrites see what earlier ones made isn't documented.
 */
export function casesOf(zone: EdgeZone, scope: Scope, expectation: Expectation): readonly RewriteCase[] | undefined {
  const [rule, ...others] = zone.phases.get(PHASE.URL_REWRITE) ?? [];
  const constants = rule === undefined || others.length > 0 ? undefined : constantRewriteOf(rule);
  if (rule === undefined || constants === undefined) return undefined;
  const within = withoutRewritten(scope, constants);
  const apart = leavingOut(expectation, rule);
  return [
    { zone: caseOf(zone, rule, {}, (condition) => condition), scope, expectation: apart },
    ...(within === undefined
      ? []
      : [
          {
            zone: caseOf(zone, rule, constants, (condition) => `not (${condition})`),
            scope: within,
            expectation: apart,
          },
        ]),
  ];
}

/** The scope before the rewrite of those whose URL is in it after; undefined where none is. */
function withoutRewritten({ paths, queries, ...scope }: Scope, { path, query }: ConstantRewrite): Scope | undefined {
  const isPathIn = path === undefined || paths === undefined || isAmong(paths, path);
  const isQueryIn = query === undefined || queries === undefined || queries.includes(query);
  if (!isPathIn || !isQueryIn) return undefined;
  return {
    ...scope,
    ...(path === undefined && paths !== undefined ? { paths } : {}),
    ...(query === undefined && queries !== undefined ? { queries } : {}),
  };
}

function isAmong(paths: NonNullable<Scope["paths"]>, path: string): boolean {
  return "step" in paths ? run(paths, bytesOf(path)) === Answer.YES : paths.includes(path);
}

/** Requests that end where the rewrite stands are those of the other case: no rule of a case's zone but its own stands there. */
function leavingOut(expectation: Expectation, rewrite: ZoneRule): Expectation {
  const { judge } = expectation;
  return { ...expectation, judge: (end) => (isSamePlace(end.rule, rewrite) ? ACCEPTED : judge(end)) };
}

/**
 * The zone as the requests of a case meet it. In the place of the rewrite stands a block of the other case's requests,
 * which is named by that place alone: what the JSON calls its rules says nothing about them.
 *
 * @param outside the condition of the requests of the other case, made of the rewrite's
 */
function caseOf(
  zone: EdgeZone,
  rule: ZoneRule,
  constants: ConstantRewrite,
  outside: (condition: string) => string,
): EdgeZone {
  const others: ZoneRule = { ...rule, action: "block", expression: outside(rule.expression), parameters: {} };
  const phases = new Map(
    [...zone.phases]
      .filter(([phase]) => phase !== PHASE.URL_REWRITE)
      .map(([phase, rules]) => [
        phase,
        phase === PHASE.REDIRECT ? rules : rules.map((later) => behind(later, constants)),
      ]),
  );
  return { ...zone, phases: phases.set(PHASE.REDIRECT, [others, ...(phases.get(PHASE.REDIRECT) ?? [])]) };
}

const PATH = "http.request.uri.path";
const QUERY = "http.request.uri.query";

/** Fields that are made of the whole URL, and change with a part of it. */
const MADE_OF_THE_URL = /^http\.request\.(?:full_uri|uri(?:\.path\.extension|\.args(?:\.names|\.values)?)?)$/;

/** A later rule as it is asked about URLs with these constants. */
function behind(rule: ZoneRule, { path, query }: ConstantRewrite): ZoneRule {
  if (!rule.isConditionKnown || (path === undefined && query === undefined)) return rule;
  const known = Request.of({
    ...(path === undefined ? {} : { [PATH]: path }),
    ...(query === undefined ? {} : { [QUERY]: query }),
  });
  const expression = understood(rule.expression);
  const replaced = expression && withParts(expression, (part) => answered(part, known));
  return replaced === undefined ? { ...rule, isConditionKnown: false } : { ...rule, expression: print(replaced) };
}

/** The answer of a part of a condition, as far as it asks of known fields; undefined where it asks of more than those. */
function answered(part: Expression, known: Request): Expression | undefined {
  const fields = fieldsIn(part);
  if (!fields.some((field) => known.get(field) !== undefined || MADE_OF_THE_URL.test(field))) return part;
  const { value } = isPredicate(part) ? evaluate(part, known) : {};
  return value === undefined ? undefined : constant(value);
}

function fieldsIn(expression: Expression): readonly string[] {
  const fields: string[] = [];
  const value = (each: Value): void => {
    if (each.kind === "field") fields.push(each.name);
  };
  visit(expression, { value });
  return fields;
}
