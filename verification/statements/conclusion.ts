import { Strength } from "../../policy/statements";
import type { Place, Resource } from "../terraform/stack";

/** What is known of a statement, or of a part of it. */
export type Conclusion = Proven | Violated | Undecided | NotApplicable;

/** A thing of the JSON by the name that people know it by: a rule's `ref`, else a resource's address. */
export interface Control extends Place {
  readonly name: string;
}

/** A resource as a control. */
export function controlAt(resource: Resource): Control {
  return { name: resource.address, ...placeAt(resource) };
}

/** A place alone, whatever else stands there. */
export function placeAt({ stack, pointer, path }: Place): Place {
  return { stack, pointer, ...(path === undefined ? {} : { path }) };
}

/** What belongs to a proof beside its verdict. Without it the proof would claim more than was shown. */
export interface Basis {
  /** What the proof rests on and nothing here holds: the words that follow "as long as". */
  readonly assumptions: readonly string[];
  /** What a reader should know, such as a rule that may stop what should pass. */
  readonly notes: readonly string[];
  /** What the environment decided, with its reasons. */
  readonly accepted: readonly Acceptance[];
}

/** A decision of an environment that its policy states with a reason. */
export interface Acceptance {
  readonly what: string;
  readonly reason: string;
}

/** It holds for everything that it speaks of. */
export interface Proven extends Basis {
  readonly kind: "proven";
  readonly strength: Strength;
  /** What holds it. */
  readonly controls: readonly Control[];
  /** How many classes of requests or connections were decided, and how many rules decide them. */
  readonly classes: number;
  readonly rules: number;
}

/** It doesn't hold. */
export interface Violated {
  readonly kind: "violated";
  /** What breaks it, smallest first: `curl` lines, or an address and a port; else a sentence. */
  readonly witnesses: readonly string[];
  /** What happens to the witness, or what is wrong. */
  readonly what: string;
  /** What decided it; undefined where it is that nothing does. */
  readonly by: Control | undefined;
  /** What to change. */
  readonly change: string;
}

/** Nobody here can say. */
export interface Undecided {
  readonly kind: "undecided";
  /** At least one. */
  readonly doubts: readonly Doubt[];
  /**
   * Requests of which it isn't known how they end, as `curl` lines.
   *
   * @default - none is known
   */
  readonly examples?: readonly string[];
}

export interface Doubt {
  readonly reason: string;
  readonly place?: Place;
}

/** There is nothing that it speaks of. */
export interface NotApplicable {
  readonly kind: "not applicable";
}

export const NOT_APPLICABLE: NotApplicable = { kind: "not applicable" };

const NO_BASIS: Basis = { assumptions: [], notes: [], accepted: [] };

/** Proven by what stands in the JSON, without classes of anything. */
export function provenBy(strength: Strength, controls: readonly Control[], basis: Partial<Basis> = {}): Proven {
  return { kind: "proven", strength, controls, classes: 0, rules: 0, ...NO_BASIS, ...basis };
}

export function undecided(reason: string, place?: Place): Undecided {
  return { kind: "undecided", doubts: [{ reason, ...(place === undefined ? {} : { place: placeAt(place) }) }] };
}

/** What is known of something that has parts: it holds if all do, and no stronger than the weakest. */
export function allOf(parts: readonly Conclusion[]): Conclusion {
  const violated = parts.find(({ kind }) => kind === "violated");
  if (violated !== undefined) return violated;
  const open = parts.filter((part) => part.kind === "undecided");
  if (open.length > 0) {
    const examples = distinct(open.flatMap((part) => part.examples ?? []));
    const doubts = distinct(open.flatMap((part) => part.doubts));
    return { kind: "undecided", doubts, ...(examples.length > 0 ? { examples } : {}) };
  }
  const proven = parts.filter((part) => part.kind === "proven");
  if (proven.length === 0) return NOT_APPLICABLE;
  return {
    kind: "proven",
    strength: weakest(proven.map(({ strength }) => strength)),
    controls: distinct(proven.flatMap(({ controls }) => controls)),
    classes: proven.reduce((sum, { classes }) => sum + classes, 0),
    rules: Math.max(...proven.map(({ rules }) => rules)),
    assumptions: distinct(proven.flatMap(({ assumptions }) => assumptions)),
    notes: distinct(proven.flatMap(({ notes }) => notes)),
    accepted: distinct(proven.flatMap(({ accepted }) => accepted)),
  };
}

const ORDER: readonly Strength[] = [Strength.DECLARED, Strength.ASSERTED, Strength.ENFORCED];

export function weakest(strengths: readonly Strength[]): Strength {
  return ORDER[Math.min(...strengths.map((strength) => ORDER.indexOf(strength)))] ?? Strength.DECLARED;
}

export function isAtLeast(strength: Strength, required: Strength): boolean {
  return ORDER.indexOf(strength) >= ORDER.indexOf(required);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
