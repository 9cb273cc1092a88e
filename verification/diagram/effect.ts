import { isObject } from "../terraform/json";
import type { Stop } from "./end";

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

/** It is unknown what it does, or what becomes of the rules behind it. */
export interface Doubt {
  readonly kind: "doubt";
  readonly key: string;
  readonly reason: string;
}

export function barrierFor(key: string, what: string, isElsewhere: boolean): Barrier {
  return { kind: "barrier", key, what, isElsewhere };
}

export function doubtFor(key: string, reason: string): Doubt {
  return { kind: "doubt", key, reason };
}

/** Whether a request that is ended in its phase knows nothing of an effect. */
export function isElsewhere(effect: Effect): boolean {
  return effect.kind === "barrier" && effect.isElsewhere;
}

/** JSON with its keys in order: equal values, equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each,
  );
}
