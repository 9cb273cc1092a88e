import type { Address } from "../../../network/address";
import type { Bytes } from "../../../network/rules-language";

/** A value that a field or a function has for one request. Strings are bytes, integers are exact. */
export type RuntimeValue = boolean | bigint | Bytes | Address | readonly RuntimeValue[] | RuntimeMap;

export type RuntimeMap = ReadonlyMap<Bytes, RuntimeValue>;

/** The result of evaluating a value. */
export type Outcome = Known | Missing | Unknown;

export interface Known {
  readonly kind: "known";
  readonly value: RuntimeValue;
}

/** There is no value: an index led to nothing, such as a header that the request does not have. */
export interface Missing {
  readonly kind: "missing";
}

/** The value may be any: something that decides it was not given, or its semantics are not documented. */
export interface Unknown {
  readonly kind: "unknown";
  readonly reasons: readonly string[];
}

export const MISSING: Missing = { kind: "missing" };

export function known(value: RuntimeValue): Known {
  return { kind: "known", value };
}

export function unknown(...reasons: readonly string[]): Unknown {
  return { kind: "unknown", reasons };
}
