import { BYTES, type Machine, weightAt } from "./machine";

const CASE_BIT = 0x20;

/** Asks a machine about the value in lower case: only ASCII letters have a case. */
export function lowered(machine: Machine): Machine {
  return mapped(machine, LOWER);
}

/** Asks a machine about the value in upper case. */
export function uppered(machine: Machine): Machine {
  return mapped(machine, UPPER);
}

const LOWER = BYTES.map((byte) => (0x41 <= byte && byte <= 0x5a ? byte | CASE_BIT : byte));
const UPPER = BYTES.map((byte) => (0x61 <= byte && byte <= 0x7a ? byte & ~CASE_BIT : byte));

function mapped(machine: Machine, map: readonly number[]): Machine {
  const mapOf = (byte: number): number => map[byte] ?? byte;
  return {
    start: machine.start,
    byteClasses: BYTES.map((byte) => machine.byteClasses[mapOf(byte)] ?? 0),
    step: (state, byte) => machine.step(state, mapOf(byte)),
    answer: (state) => machine.answer(state),
    weight: (state) => weightAt(machine, state),
    ...(machine.mayBeFree === true ? { mayBeFree: true } : {}),
  };
}
