import { bytesOf } from "../../network/rules-language";
import { Answer } from "../solver/formula";
import { run } from "../solver/language/dfa";
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
  /**
   * The parts of their URLs that the rewrite replaces behind the redirects.
   *
   * @default - unknown, if any
   */
  readonly replaced?: ConstantRewrite;
}

/**
 * Splits a question about a zone with one rewrite to constants in two. One is about the requests that it leaves alone.
 * The other is about those that it changes, for which later rules see the constants. Undefined where the zone rewrites
 * in other ways: it isn't documented whether later rewrites see the results of earlier ones.
 */
export function casesOf(zone: EdgeZone, scope: Scope, expectation: Expectation): readonly RewriteCase[] | undefined {
  const [rule, ...others] = zone.phases.get(PHASE.URL_REWRITE) ?? [];
  const constants = rule === undefined || others.length > 0 ? undefined : constantRewriteOf(rule);
  if (rule === undefined || constants === undefined) return undefined;
  const within = withoutRewritten(scope, constants);
  const apart = leavingOut(expectation, rule);
  return [
    { zone: caseOf(zone, rule, rule.expression), scope, expectation: apart, replaced: {} },
    ...(within === undefined
      ? []
      : [
          {
            zone: caseOf(zone, rule, `not (${rule.expression})`),
            ...{ scope: within, expectation: apart, replaced: constants },
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
 * The zone as the requests of a case meet it. A block of the other case's requests stands in the place of the rewrite
 * as well. That place alone names it: the names of rules in the JSON say nothing about them.
 *
 * @param expression the condition of the requests of the other case
 */
function caseOf(zone: EdgeZone, rule: ZoneRule, expression: string): EdgeZone {
  const others: ZoneRule = { ...rule, action: "block", expression, parameters: {} };
  const redirects = [others, ...(zone.phases.get(PHASE.REDIRECT) ?? [])];
  return { ...zone, phases: new Map([...zone.phases, [PHASE.REDIRECT, redirects]]) };
}
