import type { Place } from "../../terraform/stack";
import type { App } from "../explain/app";
import type { LintedZone } from "./zones";

/** The checks, by the names under which they report. */
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
  UNDECIDED = "undecided",
}

/** One place in a synthesized stack that doesn't do what was meant. */
export interface Finding {
  readonly rule: LintRule;
  /** The place, as a JSON pointer into the Terraform JSON: https://www.rfc-editor.org/rfc/rfc6901 */
  readonly pointer: string;
  /** What is wrong there, what was meant, and what to change. */
  readonly message: string;
}

/** A finding before the rule's name is put to it, with its message in parts. */
export interface Fault {
  readonly pointer: string;
  readonly wrong: string;
  readonly meant: string;
  readonly change: string;
  /**
   * What tells it from others of the same place.
   *
   * @default - nothing
   */
  readonly key?: string;
}

/** One check: everything that it finds wrong in a parsed `cdk.tf.json`. It may throw on what it can't understand. */
export type Check = (terraformJson: unknown) => readonly Fault[];

/** How much a finding matters: a note changes no exit code. */
export enum LintSeverity {
  ERROR = "error",
  WARNING = "warning",
  NOTE = "note",
}

/** Something of an app that doesn't do what it seems to, or that nobody here can judge. */
export interface AppFinding {
  /** `finding:<stack>:<rule>:...`: what else the app holds doesn't change it. The stack is empty where it is about several. */
  readonly id: string;
  readonly rule: LintRule;
  readonly severity: LintSeverity;
  readonly place: Place;
  /** What is wrong there. */
  readonly what: string;
  readonly change: string;
}

/** A finding before it has an id. */
export interface NamelessFinding extends Omit<AppFinding, "id"> {
  /**
   * What tells it from others of its rule at its place: words, or another place.
   *
   * @default - nothing
   */
  readonly key?: readonly (string | Place)[];
  /**
   * What it is about, where its place is only an example.
   *
   * @default - its place
   */
  readonly about?: readonly string[];
}

/** What checks of a whole app look at. */
export interface Linted extends App {
  readonly zones: readonly LintedZone[];
}

/** One check of a whole app. */
export type AppCheck = (linted: Linted) => readonly NamelessFinding[];
