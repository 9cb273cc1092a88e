import type { Bytes } from "../../network/rules-language";
import { Answer } from "../solver/answer";
import { BUDGET, BudgetExceeded } from "../solver/budget";
import { answerAt, BYTES, classifyBytes, DEAD, type Machine, run, weightAt } from "./machines/machine";
import { Transitions } from "./transitions";

/** The values that have the same answers, and one of them. */
export interface StringClass {
  /** One answer for each machine asked. */
  readonly answers: readonly Answer[];
  /** One of the shortest. */
  readonly witness: Bytes;
}

/** The strings that are looked at, and how. */
export interface StringDomain {
  /** What explodes, if it does: the field's name. */
  readonly name: string;
  /** Values of the domain are those for which all of these say YES. */
  readonly machines: readonly Machine[];
  /** Every byte, the most natural first. */
  readonly bytes: readonly number[];
}

/** A state of the product, and the path that led to it. */
interface Reached {
  readonly states: readonly number[];
  readonly from: Reached | undefined;
  readonly byte: number;
}

/**
 * The classes of a domain's values that some machines tell apart, each with its shortest witness: a search, breadth
 * first, through the states that all machines reach together.
 *
 * @throws BudgetExceeded when there are too many of them
 */
export function productClasses(domain: StringDomain, asked: readonly Machine[]): readonly StringClass[] {
  const machines = [...domain.machines, ...asked];
  const last = machines.at(-1);
  const found = last === undefined ? undefined : (FOUND.get(last) ?? []);
  const known = found?.find((each) => each.name === domain.name && sameMachines(each.machines, machines));
  if (known !== undefined) return known.classes;
  const classes = search(domain, asked);
  if (last !== undefined) FOUND.set(last, [...(found ?? []), { name: domain.name, machines, classes }]);
  return classes;
}

/** What searches have found, by their last machine: environments and statements ask the same questions. */
const FOUND = new WeakMap<Machine, readonly FoundClasses[]>();

interface FoundClasses {
  readonly name: string;
  readonly machines: readonly Machine[];
  readonly classes: readonly StringClass[];
}

function sameMachines(one: readonly Machine[], other: readonly Machine[]): boolean {
  return one.length === other.length && one.every((machine, index) => machine === other[index]);
}

function search(domain: StringDomain, asked: readonly Machine[]): readonly StringClass[] {
  const machines = [...domain.machines, ...asked];
  const symbols = representatives(machines, domain.bytes);
  const transitions = machines.map((machine) => new Transitions(machine, symbols));
  const start: Reached = { states: machines.map((machine) => machine.start), from: undefined, byte: 0 };
  const seen = new Set([start.states.join()]);
  const queue = [start];
  const classes = new Map<string, StringClass>();
  let steps = 0;
  for (const reached of queue) {
    collect(classes, domain.machines.length, machines, reached);
    if (asked.length === 0 && classes.size > 0) break;
    steps += symbols.length * weightOf(machines, reached.states);
    if (steps > BUDGET.steps) throw new BudgetExceeded(domain.name);
    symbols.forEach((byte, symbol) => {
      const states = nextStates(transitions, domain.machines.length, reached.states, symbol);
      const key = states?.join() ?? "";
      if (states === undefined || seen.has(key)) return;
      seen.add(key);
      queue.push({ states, from: reached, byte });
    });
  }
  return [...classes.values()];
}

/** How much a step of some machines costs. */
export function weightOf(machines: readonly Machine[], states: readonly number[]): number {
  return machines.reduce((sum, machine, index) => sum + weightAt(machine, states[index] ?? DEAD), 0);
}

/** The answers for one value, or undefined where it lies outside of the domain. */
export function answersFor(
  { machines }: StringDomain,
  asked: readonly Machine[],
  value: Bytes,
): readonly Answer[] | undefined {
  const isWithin = machines.every((machine) => run(machine, value) === Answer.YES);
  return isWithin ? asked.map((machine) => run(machine, value)) : undefined;
}

/** The next states; undefined where no value of the domain goes on like this. */
function nextStates(
  transitions: readonly Transitions[],
  domain: number,
  states: readonly number[],
  symbol: number,
): readonly number[] | undefined {
  const next: number[] = [];
  for (const machine of transitions) {
    const state = machine.next(states[next.length] ?? DEAD, symbol);
    if (state === DEAD && next.length < domain) return undefined;
    next.push(state);
  }
  return next;
}

function collect(
  classes: Map<string, StringClass>,
  domain: number,
  machines: readonly Machine[],
  reached: Reached,
): void {
  const answers = machines.map((machine, index) => answerAt(machine, reached.states[index] ?? DEAD));
  if (answers.slice(0, domain).some((answer) => answer !== Answer.YES)) return;
  const key = answers.join();
  if (!classes.has(key)) classes.set(key, { answers: answers.slice(domain), witness: spelling(reached) });
}

function spelling(reached: Reached): Bytes {
  const bytes: string[] = [];
  for (let at: Reached | undefined = reached; at?.from !== undefined; at = at.from) {
    bytes.push(String.fromCharCode(at.byte));
  }
  return bytes.reverse().join("");
}

/** The most natural byte of each set of bytes that no machine tells apart. */
export function representatives(machines: readonly Machine[], bytes: readonly number[]): readonly number[] {
  const joint = machines.reduce<readonly number[]>(
    (classes, { byteClasses }) =>
      classifyBytes((byte) => (classes[byte] ?? 0) * BYTES.length + (byteClasses[byte] ?? 0)),
    BYTES.map(() => 0),
  );
  const taken = new Set<number>();
  return bytes.filter((byte) => {
    const isFirst = !taken.has(joint[byte] ?? 0);
    taken.add(joint[byte] ?? 0);
    return isFirst;
  });
}
