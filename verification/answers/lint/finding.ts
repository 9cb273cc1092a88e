import { idOf } from "../../statements/id";
import type { Model } from "../../terraform/model";
import type { Place } from "../../terraform/stack";
import { canonicalPlace } from "../../terraform/identity";
import type { App } from "../app";
import type { LintedZone } from "./zones";

/** The names under which findings are reported. */
export enum LintRule {
  ESCAPED_INTERPOLATION = "escaped-interpolation",
  LOST_VALUE = "lost-value",
  SPECTRUM_PORT = "spectrum-port",
  LOCKDOWN = "lockdown",
  UNPROXIED_RECORD = "unproxied-record",
  NEVER_MATCHES = "never-matches",
  COVERED = "covered",
  CONTRADICTION = "contradiction",
  ORDER = "order",
  UNUSED_LIST = "unused-list",
  OVERLAPPING_ADDRESSES = "overlapping-addresses",
  MERGEABLE_ADDRESSES = "mergeable-addresses",
  MISLEADING_ADDRESS = "misleading-address",
  LIMIT = "limit",
  PLAN = "plan",
  ACCEPTANCE = "acceptance",
  UNDECIDED = "undecided",
}

/** How much a finding matters: a note changes no exit code. */
export enum LintSeverity {
  ERROR = "error",
  WARNING = "warning",
  NOTE = "note",
}

/** Something of an app that doesn't do what it seems to, or that is undecided. */
export interface LintFinding {
  /** `finding:<stack>:<rule>:...`: what else the app holds doesn't change it. The stack is empty where it is about several. */
  readonly id: string;
  readonly rule: LintRule;
  readonly severity: LintSeverity;
  readonly place: Place;
  /** The mistake. */
  readonly what: string;
  readonly change: string;
  /** Why it may stay: an environment accepts it by its id. @default - none does */
  readonly accepted?: string;
}

/** A finding before it has an id. */
export interface FindingDraft extends Omit<LintFinding, "id"> {
  /**
   * Tells it from others of its rule at its place: words, or another place.
   *
   * @default - nothing
   */
  readonly key?: readonly (string | Place)[];
  /**
   * The subject, where its place is only an example.
   *
   * @default - its place
   */
  readonly about?: readonly string[];
}

/** An app as checks see it. */
export interface Linted extends App {
  readonly zones: readonly LintedZone[];
}

/** One check of a whole app. */
export type LintCheck = (linted: Linted) => readonly FindingDraft[];

/** Findings with their ids, each id once: of findings that are told apart by nothing, the second has a number. */
export function identified(found: readonly FindingDraft[], model: Model): readonly LintFinding[] {
  const given = new Map<string, number>();
  const namesOf = ({ stack, pointer }: Place): readonly string[] => canonicalPlace(model.stack(stack)?.json, pointer);
  return found.map(({ key = [], about, ...finding }) => {
    const { rule, place } = finding;
    const stack = about === undefined ? place.stack : "";
    const names = key.flatMap((each) => (typeof each === "string" ? each : namesOf(each)));
    const id = idOf("finding", stack, rule, ...(about ?? namesOf(place)), ...names);
    const count = (given.get(id) ?? 0) + 1;
    given.set(id, count);
    return { id: count === 1 ? id : `${id}~${count}`, ...finding };
  });
}
