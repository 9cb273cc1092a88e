import type { Bytes } from "../../../network/rules-language";
import { holdsAt, type Nfa } from "./nfa";

/** Whether an automaton accepts any part of a value: the search of `matches`, which is not bound to the value's ends. */
export function finds(nfa: Nfa, value: Bytes): boolean {
  let entered: readonly number[] = [];
  for (let at = 0; at <= value.length; at += 1) {
    const reached = closure(nfa, [nfa.start, ...entered], value, at);
    if (reached === "accepted") return true;
    entered = step(nfa, reached, value.charCodeAt(at));
  }
  return false;
}

/** The states that are reached from some without reading a byte, or that one of them accepts. */
function closure({ states }: Nfa, from: readonly number[], value: Bytes, at: number): ReadonlySet<number> | "accepted" {
  const reached = new Set<number>();
  const pending = [...from];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    const state = states[index];
    if (state === undefined || reached.has(index)) continue;
    reached.add(index);
    if (state.kind === "match") return "accepted";
    if (state.kind === "split") pending.push(...state.next);
    if (state.kind === "assertion" && holdsAt(state.assertion, value, at)) pending.push(state.next);
  }
  return reached;
}

/** The states that are entered by reading a byte; none behind the end, where the byte is not a number. */
function step({ states }: Nfa, reached: ReadonlySet<number>, byte: number): readonly number[] {
  const entered: number[] = [];
  for (const index of reached) {
    const state = states[index];
    if (state?.kind === "byte" && state.set.has(byte)) entered.push(state.next);
  }
  return entered;
}
