import { canonicalJson, isObject } from "../terraform/json";
import { type Done, type Effect, type Ending, NOTHING_DONE, undecidedBy, type UnknownEffect } from "./ends";
import type { Request } from "./evaluate/request";
import { isKnownPhase, PHASE, phaseNamed, Treatment } from "./phases";
import { redirect, redirectEnding, redirectInWords } from "./redirect";
import { headerSettings, rewrite, rewriteInWords, rewriteTreatment } from "./rewrite";
import { skip, skipInWords, skippedElsewhere, skipTreatment } from "./skip";
import { areParametersOpaque, placeKey, type ZoneRule } from "./zone";

/** An action of a rule. */
export interface Action {
  /** How it bears on where any request ends. */
  readonly treatment: (rule: ZoneRule) => Treatment;
  /** How it acts on one request that its rule matches. */
  readonly done: (rule: ZoneRule, request: Request) => Done;
  /**
   * How it is compared, in the one phase that has it: equal keys, equal effects.
   *
   * @default - by its treatment, as it is written
   */
  readonly compared?: { readonly phase: string; readonly effects: (rule: ZoneRule, form: string) => readonly Effect[] };
  /** How it is named to people. */
  readonly words: (rule: ZoneRule) => string;
  /**
   * Whether a client that passes it goes on.
   *
   * @default false
   */
  readonly isChallenge?: boolean;
  /**
   * Whether it does nothing in any phase, so that it isn't compared.
   *
   * @default false
   */
  readonly isInert?: boolean;
}

const { ENDS, MAY_BLOCK, NEUTRAL } = Treatment;

/** @see https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/ */
const challenge: Action = {
  treatment: () => MAY_BLOCK,
  done: notFollowed,
  words: ({ action }) => `may stop it: ${action}`,
  isChallenge: true,
};

/**
 * Each action that is understood.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/actions/
 */
const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  [
    "block",
    {
      treatment: () => ENDS,
      done: () => ({ kind: "block" }),
      compared: { phase: PHASE.CUSTOM, effects: (rule, form) => [blockEnding(rule, form)] },
      words: blockInWords,
    },
  ],
  [
    "redirect",
    {
      treatment: () => ENDS,
      done: redirect,
      compared: { phase: PHASE.REDIRECT, effects: (rule) => [redirectEnding(rule)] },
      words: redirectInWords,
    },
  ],
  [
    "rewrite",
    {
      treatment: rewriteTreatment,
      done: rewrite,
      compared: { phase: PHASE.LATE_TRANSFORM, effects: headerSettings },
      words: rewriteInWords,
    },
  ],
  ["skip", { treatment: skipTreatment, done: skip, words: skipInWords }],
  ["log", { treatment: () => NEUTRAL, done: () => NOTHING_DONE, words: () => "log", isInert: true }],
  ["challenge", challenge],
  ["js_challenge", challenge],
  ["managed_challenge", challenge],
]);

/** An action that isn't in the table may do anything. */
const UNKNOWN: Action = { treatment: () => ENDS, done: notFollowed, words: ({ action }) => action };

function notFollowed(rule: ZoneRule): Done {
  return undecidedBy(rule, [`the action ${rule.action}`]);
}

const actionOf = ({ action }: ZoneRule): Action => ACTIONS.get(action) ?? UNKNOWN;

/** Whether the effect of an action is known. */
export function isKnownAction(action: string): boolean {
  return ACTIONS.has(action);
}

/** How a rule of a phase bears on where a request ends. */
export function treatmentOf(phase: string, rule: ZoneRule): Treatment {
  const row = phaseNamed(phase);
  return row === undefined ? ENDS : (row.treatment ?? actionOf(rule).treatment(rule));
}

/** Whether a client that passes an action's challenge goes on. */
export function isChallenge(action: string): boolean {
  return ACTIONS.get(action)?.isChallenge === true;
}

/**
 * The effect of a rule on one request that it matches.
 *
 * @param request as the rules of its phase see it
 */
export function doneTo(rule: ZoneRule, request: Request): Done {
  return actionOf(rule).done(rule, request);
}

/** The effect of a rule on a request that it matches, in words. */
export function effectInWords(phase: string, rule: ZoneRule): string {
  if (!isKnownPhase(phase)) return `${rule.action}, in a phase that isn't modelled`;
  if (treatmentOf(phase, rule) === MAY_BLOCK) return challenge.words(rule);
  return actionOf(rule).words(rule);
}

/**
 * The effects of a rule on requests that it matches, to be compared. One that isn't understood is compared as written.
 *
 * @param surroundings all that a rule of unknown effect could act on
 * @param side the one of two zones that the rule is of: a rule whose parameters aren't written equals itself alone
 */
export function effectsOf(phase: string, rule: ZoneRule, surroundings: () => string, side = ""): readonly Effect[] {
  const { action, parameters, others } = rule;
  const { compared, isInert } = actionOf(rule);
  if (isInert === true) return [];
  const form = `${phase} ${action} ${canonicalJson({ ...parameters, ...others })}`;
  if (areParametersOpaque(rule)) return [unknownEffect(phase, rule, `${form} ${side} ${placeKey(rule)}`)];
  if (compared?.phase === phase) return compared.effects(rule, form);
  switch (treatmentOf(phase, rule)) {
    case Treatment.MAY_BLOCK:
      return [{ kind: "barrier", key: form, what: barrierInWords(phase, rule), isElsewhere: false }];
    case Treatment.SKIPS:
      return skippedElsewhere(rule);
    case Treatment.NEUTRAL:
      return action === "skip" ? skippedElsewhere(rule) : [settingAsWritten(phase, rule, form)];
    case Treatment.ENDS:
      return [unknownEffect(phase, rule, action === "skip" ? form : `${form} ${surroundings()}`)];
  }
}

function barrierInWords(phase: string, { action, parameters, others }: ZoneRule): string {
  return phase === PHASE.CUSTOM ? action : `${phase}: ${action} ${canonicalJson({ ...parameters, ...others })}`;
}

function settingAsWritten(phase: string, { action, parameters }: ZoneRule, form: string): Effect {
  return { kind: "setting", key: form, name: phase, value: `${action} ${canonicalJson(parameters)}`, adds: true };
}

function unknownEffect(phase: string, { ref, action, parameters }: ZoneRule, key: string): UnknownEffect {
  return { kind: "unknown", key, reason: `rule ${ref} of ${phase}: ${action} ${canonicalJson(parameters)}` };
}

/** The effect of a rule whose expression alone doesn't say when it matches. */
export function narrowedEffect(phase: string, { ref, action, parameters, others }: ZoneRule): UnknownEffect {
  const key = `${phase} ${action} ${canonicalJson({ ...parameters, ...others })} narrowed`;
  return { kind: "unknown", key, reason: `rule ${ref} of ${phase}: more than its expression decides when it matches` };
}

/** The status of a block, by default 403: https://developers.cloudflare.com/waf/custom-rules/create-dashboard/ */
export function blockStatus({ parameters }: ZoneRule): number {
  const response = parameters["response"];
  const status = isObject(response) ? response["status_code"] : undefined;
  return typeof status === "number" ? status : 403;
}

function blockEnding(rule: ZoneRule, form: string): Ending {
  return { kind: "ending", key: form, stop: { kind: "block", status: blockStatus(rule) } };
}

function blockInWords(rule: ZoneRule): string {
  return `block (${blockStatus(rule)})`;
}
