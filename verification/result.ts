import { Strength } from "../policy/statements";
import type { Question } from "../policy/question";
import type { Place, Resource } from "./terraform/stack";

/**
 * The result of a statement, or of one of its assertions. A verdict without the rest claims more than is shown, so all
 * of it belongs together. A member that a verdict has no use for is empty.
 */
export interface Result {
  /**
   * Proven: it holds for everything that it speaks of. Accepted: it holds but for questions that the environment accepts by name.
   * Not applicable: there is nothing that it speaks of.
   */
  readonly verdict: "proven" | "accepted" | "violated" | "undecided" | "not applicable";
  /** How strongly it is held; none where the verdict is another than proven. */
  readonly strength?: Strength;
  /** The controls that decide: they hold it where it is proven, or break it where it is violated. */
  readonly controls: readonly Control[];
  /** The cases that break it, or may, smallest first: `curl` lines, or an address and a port; else a sentence. */
  readonly counterexample: readonly string[];
  /** The end of the counterexample, or the fault; none where nothing is wrong. */
  readonly wrong?: string;
  /** The change that mends it; none where nothing is wrong. */
  readonly change?: string;
  /** Why it is undecided. */
  readonly unknown: readonly Unknown[];
  /** The conditions that it rests on and nothing here holds: the words that follow "as long as". */
  readonly assumptions: readonly string[];
  /** Notes for a reader, such as on a rule that may stop a request that should pass. */
  readonly notes: readonly string[];
  /** The environment's decisions, with their reasons. */
  readonly accepted: readonly Acceptance[];
  /** How many classes of requests or connections were decided, and how many rules decide them; 0 where none were asked. */
  readonly classes: number;
  readonly rules: number;
}

/** A thing of the JSON by the name that people know it by: a rule's `ref`, else a resource's address. */
export interface Control extends Place {
  readonly name: string;
}

/** A thing that isn't understood, and where it stands. */
export interface Unknown {
  readonly reason: string;
  readonly question: Question;
  readonly place?: Place;
  /** The resource, or the rule of one, that it stands in. None where it stands in neither. */
  readonly thing?: Thing;
  /** Whether an environment may accept it by name. @default false */
  readonly acceptable?: true;
}

/** One existing thing, as an acceptance names it. */
export interface Thing {
  readonly stack: string;
  /** As Terraform refers to it: `<type>.<name>`, or `<type>.<name>.rules[<index>]` for a rule. */
  readonly address: string;
  /** The first 16 hexadecimal digits of a SHA-256 over its body, the files that it reads and the bodies that it refers to. */
  readonly digest: string;
}

/** A decision of an environment that its policy states with a reason. */
export interface Acceptance {
  readonly what: string;
  readonly reason: string;
  /** The unknown that is accepted, where it is one. */
  readonly unknown?: Unknown;
}

export function controlAt(resource: Resource): Control {
  return { name: resource.address, ...placeAt(resource) };
}

/** A place alone, without the other members of its object. */
export function placeAt({ stack, pointer, path }: Place): Place {
  return { stack, pointer, ...(path === undefined ? {} : { path }) };
}

export const NOT_APPLICABLE: Result = {
  ...{ verdict: "not applicable", controls: [], counterexample: [], unknown: [] },
  ...{ assumptions: [], notes: [], accepted: [], classes: 0, rules: 0 },
};

/** The parts of a proof beside its controls. */
export type Basis = Pick<Result, "assumptions" | "notes" | "accepted">;

export function proven(strength: Strength, controls: readonly Control[] = [], more: Partial<Result> = {}): Result {
  return { ...NOT_APPLICABLE, verdict: "proven", strength, controls, ...more };
}

/** Proven by a platform resource that does it. */
export const enforced = (controls: readonly Control[] = [], more: Partial<Result> = {}): Result =>
  proven(Strength.ENFORCED, controls, more);

/** Proven by an applier that sets or checks it. */
export const asserted = (controls: readonly Control[] = [], more: Partial<Result> = {}): Result =>
  proven(Strength.ASSERTED, controls, more);

/** A fault, and the change that mends it. */
export interface Violation {
  /** @default - it is said by `wrong` alone */
  readonly counterexample?: readonly string[];
  readonly wrong: string;
  /** The control that breaks it; undefined where the fault is that none holds it. */
  readonly by?: Control | undefined;
  readonly change: string;
}

export function violated({ by, ...violation }: Violation): Result {
  return { ...NOT_APPLICABLE, ...violation, verdict: "violated", controls: by === undefined ? [] : [by] };
}

/** @param question "value" can't be accepted */
export function undecided(reason: string, place?: Place, question: Question = "value"): Result {
  return undecidedBy([{ reason, question, ...(place === undefined ? {} : { place: placeAt(place) }) }]);
}

/** Undecided where anything is unknown, else nothing to say. */
export function undecidedBy(unknown: readonly Unknown[], counterexample: readonly string[] = []): Result {
  return unknown.length === 0 ? NOT_APPLICABLE : { ...NOT_APPLICABLE, verdict: "undecided", unknown, counterexample };
}

/** The result of a thing with parts: it holds if all do, and no stronger than the weakest. */
export function allOf(parts: readonly Result[]): Result {
  const violation = parts.find(({ verdict }) => verdict === "violated");
  if (violation !== undefined) return violation;
  const open = parts.filter(({ verdict }) => verdict === "undecided");
  if (open.length > 0) {
    return undecidedBy(union(open, "unknown"), union(open, "counterexample"));
  }
  const held = parts.filter(({ verdict }) => verdict === "proven");
  if (held.length === 0) return NOT_APPLICABLE;
  return proven(weakest(held.flatMap(({ strength }) => strength ?? [])), union(held, "controls"), {
    assumptions: union(held, "assumptions"),
    notes: union(held, "notes"),
    accepted: union(held, "accepted"),
    classes: held.reduce((sum, { classes }) => sum + classes, 0),
    rules: Math.max(...held.map(({ rules }) => rules)),
  });
}

/** The members of a list of each result, each once. */
function union<K extends "controls" | "counterexample" | "unknown" | keyof Basis>(
  results: readonly Result[],
  list: K,
): Result[K] {
  const all = results.flatMap((result): readonly unknown[] => result[list]);
  return [...new Map(all.map((value) => [JSON.stringify(value), value])).values()] as unknown as Result[K];
}

const ORDER: readonly Strength[] = [Strength.DECLARED, Strength.ASSERTED, Strength.ENFORCED];

export function weakest(strengths: readonly Strength[]): Strength {
  return ORDER[Math.min(...strengths.map((strength) => ORDER.indexOf(strength)))] ?? Strength.DECLARED;
}

export function isAtLeast(strength: Strength, required: Strength): boolean {
  return ORDER.indexOf(strength) >= ORDER.indexOf(required);
}
