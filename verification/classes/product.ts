import type { Bytes } from "../../network/rules-language";
import { Answer } from "./answer";
import { BUDGET, BudgetExceeded } from "./budget";
import { advance, answerAt, BYTES, DEAD, type Machine, run } from "./machines/machine";

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
  const symbols = representatives(machines, domain.bytes);
  const start: Reached = { states: machines.map((machine) => machine.start), from: undefined, byte: 0 };
  const seen = new Set([start.states.join()]);
  const queue = [start];
  const classes = new Map<string, StringClass>();
  let steps = 0;
  for (const reached of queue) {
    collect(classes, domain.machines.length, machines, reached);
    if (asked.length === 0 && classes.size > 0) break;
    steps += symbols.length * machines.length;
    if (steps > BUDGET.steps) throw new BudgetExceeded(domain.name);
    for (const byte of symbols) {
      const states = advanceAll(machines, domain.machines.length, reached.states, byte);
      if (states === undefined) continue;
      const key = states.join();
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states, from: reached, byte });
    }
  }
  return [...classes.values()];
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
function advanceAll(
  machines: readonly Machine[],
  domain: number,
  states: readonly number[],
  byte: number,
): readonly number[] | undefined {
  const next: number[] = [];
  for (let index = 0; index < machines.length; index += 1) {
    const state = advance(machines[index] as Machine, states[index] ?? DEAD, byte);
    if (state === DEAD && index < domain) return undefined;
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
  const bytes: number[] = [];
  for (let at: Reached | undefined = reached; at?.from !== undefined; at = at.from) bytes.push(at.byte);
  return String.fromCharCode(...bytes.reverse());
}

/** The most natural byte of each set of bytes that no machine tells apart. */
function representatives(machines: readonly Machine[], bytes: readonly number[]): readonly number[] {
  const keys = BYTES.map((byte) => machines.map(({ byteClasses }) => byteClasses[byte]).join());
  const taken = new Set<string>();
  return bytes.filter((byte) => {
    const key = keys[byte] ?? "";
    const isFirst = !taken.has(key);
    taken.add(key);
    return isFirst;
  });
}
