import type { Index } from "../../../network/rules-language";
import { isArray, isMap } from "./request";
import { known, MISSING, type Outcome, type RuntimeValue } from "./values";

/** Follows indexes without `[*]`; what leads to nothing is missing. */
export function follow(outcome: Outcome, indexes: readonly Index[]): Outcome {
  if (outcome.kind !== "known" || indexes.length === 0) return outcome;
  const [reached] = elements(outcome.value, indexes);
  return reached === undefined ? MISSING : known(reached);
}

/** Every value that indexes with `[*]` in them lead to, in order: maps by the bytes of their keys. */
export function elements(value: RuntimeValue, indexes: readonly Index[]): readonly RuntimeValue[] {
  return indexes.reduce<readonly RuntimeValue[]>((values, index) => values.flatMap((one) => step(one, index)), [value]);
}

function step(value: RuntimeValue, index: Index): readonly RuntimeValue[] {
  if (isArray(value)) return index.kind === "each" ? value : present(value[positionOf(index)]);
  if (!isMap(value)) return [];
  if (index.kind === "key") return present(value.get(index.key));
  return [...value.keys()].sort().flatMap((key) => present(value.get(key)));
}

function present(value: RuntimeValue | undefined): readonly RuntimeValue[] {
  return value === undefined ? [] : [value];
}

function positionOf(index: Index): number {
  return index.kind === "position" ? index.position : -1;
}
