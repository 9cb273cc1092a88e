import { EdgePhase } from "../../policy/edge-phase";
import type { ZoneRule } from "../model/edge-zone";
import { areParametersOpaque } from "../model/opaque-parameters";
import { isKnownPhase, Treatment, treatmentOf } from "../prove/treatment";
import { leadsToHttps } from "../prove/redirect-form";
import type { Stop } from "./end";
import { isObject } from "../model/terraform/json";

/**
 * What a rule does with a request that it matches, by its form: equal keys, equal effects. What isn't understood is
 * compared as it is written.
 */
export type Effect = Ending | Barrier | Setting | Doubt;

/** It ends the request. */
export interface Ending {
  readonly kind: "ending";
  readonly key: string;
  readonly stop: Stop;
}

/** It may stop the request, and may not. */
export interface Barrier {
  readonly kind: "barrier";
  readonly key: string;
  readonly what: string;
  /** Whether it bears on other phases alone, so that nothing of it is left where a request ends in this one. */
  readonly isElsewhere: boolean;
}

/** It changes what an origin gets. */
export interface Setting {
  readonly kind: "setting";
  readonly key: string;
  /** What it sets. A later rule that sets the same takes its place, unless it adds to it. */
  readonly name: string;
  readonly value: string;
  readonly adds: boolean;
}

/** Nobody here knows what it does, or what becomes of the rules behind it. */
export interface Doubt {
  readonly kind: "doubt";
  readonly key: string;
  readonly reason: string;
}

type Parameters = ZoneRule["parameters"];

/**
 * @param surroundings all that a rule of unknown effect could act on
 */
export function effectsOf(phase: string, rule: ZoneRule, surroundings: () => string): readonly Effect[] {
  const { action, parameters, others } = rule;
  if (action === "log") return [];
  const form = `${phase} ${action} ${canonicalJson({ ...parameters, ...others })}`;
  if (areParametersOpaque(rule)) return [doubtOf(phase, rule, `${form} ${identityOf(rule)}`)];
  if (phase === EdgePhase.LATE_TRANSFORM && action === "rewrite") return settingsOf(form, parameters);
  switch (isKnownPhase(phase) ? treatmentOf(phase, rule) : Treatment.ENDS) {
    case Treatment.MAY_BLOCK:
      return [barrier(form, barrierOf(phase, action, { ...parameters, ...others }), false)];
    case Treatment.SKIPS:
      return skippedElsewhere(parameters);
    case Treatment.NEUTRAL:
      return action === "skip"
        ? skippedElsewhere(parameters)
        : [{ kind: "setting", key: form, name: phase, value: `${action} ${canonicalJson(parameters)}`, adds: true }];
    case Treatment.ENDS:
      return [
        endingOf(phase, rule, form) ?? doubtOf(phase, rule, action === "skip" ? form : `${form} ${surroundings()}`),
      ];
  }
}

/** What a skip leaves out beside the later rules of its phase: it tells which barriers a request meets. */
function skippedElsewhere({ phases = [], products = [] }: Parameters): readonly Barrier[] {
  const what = `skips ${canonicalJson([phases, products].flat().sort())}`;
  return what === "skips []" ? [] : [barrier(what, what, true)];
}

function barrier(key: string, what: string, isElsewhere: boolean): Barrier {
  return { kind: "barrier", key, what, isElsewhere };
}

/** Whether a request that is ended in its phase knows nothing of an effect. */
export function isElsewhere(effect: Effect): boolean {
  return effect.kind === "barrier" && effect.isElsewhere;
}

const IDENTITIES = new WeakMap<ZoneRule, number>();
let identities = 0;

/** What isn't written equals itself alone. */
function identityOf(rule: ZoneRule): number {
  const identity = IDENTITIES.get(rule) ?? (identities += 1);
  IDENTITIES.set(rule, identity);
  return identity;
}

function barrierOf(phase: string, action: string, parameters: Parameters): string {
  return phase === EdgePhase.CUSTOM ? action : `${phase}: ${action} ${canonicalJson(parameters)}`;
}

function doubtOf(phase: string, { ref, action, parameters }: ZoneRule, key: string): Doubt {
  return { kind: "doubt", key, reason: `rule ${ref} of ${phase}: ${action} ${canonicalJson(parameters)}` };
}

/** What a rule does of which the expression alone doesn't say when it matches. */
export function narrowedDoubt(phase: string, { ref, action, parameters, others }: ZoneRule): Doubt {
  const key = `${phase} ${action} ${canonicalJson({ ...parameters, ...others })} narrowed`;
  return { kind: "doubt", key, reason: `rule ${ref} of ${phase}: more than its expression decides when it matches` };
}

function endingOf(phase: string, rule: ZoneRule, form: string): Ending | undefined {
  if (phase === EdgePhase.CUSTOM && rule.action === "block") {
    return { kind: "ending", key: form, stop: { kind: "block", status: statusOf(rule.parameters["response"], 403) } };
  }
  if (phase === EdgePhase.REDIRECT && rule.action === "redirect") {
    const from = rule.parameters["from_value"];
    const target = leadsToHttps(rule) ? "https" : targetOf(from);
    const stop: Stop = { kind: "redirect", status: statusOf(from, 302), target };
    return { kind: "ending", key: canonicalJson(stop), stop };
  }
  return undefined;
}

function statusOf(value: unknown, otherwise: number): number {
  return isObject(value) && typeof value["status_code"] === "number" ? value["status_code"] : otherwise;
}

/** The target as it is written: where that is one text or expression, that alone and whether the query follows it. */
function targetOf(from: unknown): string {
  if (!isObject(from) || !isObject(from["target_url"])) return canonicalJson(from ?? null);
  const { value, expression } = from["target_url"];
  const query = from["preserve_query_string"] === true ? " with the query" : "";
  if (typeof value === "string" && expression === undefined) return `${JSON.stringify(value)}${query}`;
  if (typeof expression === "string" && value === undefined) return `${expression}${query}`;
  return canonicalJson(from);
}

/** One for each header, and one for whatever else a rule changes. */
function settingsOf(form: string, { headers = {}, ...others }: Parameters): readonly Setting[] {
  const named = isObject(headers) ? Object.entries(headers) : [];
  const settings = named.map(([name, change]): Setting => {
    const setting = `header ${name.toLowerCase()}`;
    const adds = !isObject(change) || (change["operation"] !== "set" && change["operation"] !== "remove");
    return {
      kind: "setting",
      key: `${setting} ${canonicalJson(change)}`,
      name: setting,
      value: changeOf(change),
      adds,
    };
  });
  const isAll = isObject(headers) && Object.keys(others).length === 0;
  const other: Setting = { kind: "setting", key: form, name: EdgePhase.LATE_TRANSFORM, value: form, adds: true };
  return isAll ? settings : [...settings, other];
}

/** A constant is written as such, everything else as in the JSON. */
function changeOf(change: unknown): string {
  if (isObject(change) && change["operation"] === "set" && typeof change["value"] === "string") return change["value"];
  return canonicalJson(change);
}

/** JSON with its keys in order: equal values, equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each,
  );
}
