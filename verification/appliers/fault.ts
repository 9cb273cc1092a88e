import { child, type JsonObject, type Placed } from "../terraform/json";
import type { Place, Resource } from "../terraform/stack";
import type { ApplierKind } from "./desired-states";

/** Why nobody here can say what a resource does. */
export interface Fault {
  readonly reason: string;
  readonly place: Place;
  /** What it is about where the program itself is known; undefined where it may do anything. */
  readonly kind?: ApplierKind;
}

/** What is wrong at a pointer within a resource. */
export type Complain = (reason: string, pointer?: string) => Fault;

export const complainOf =
  (resource: Resource, kind?: ApplierKind): Complain =>
  (reason, pointer = resource.pointer) => ({
    reason: `${resource.address}: ${reason}`,
    place: {
      ...{ stack: resource.stack, pointer },
      ...(resource.path === undefined ? {} : { path: resource.path }),
    },
    ...(kind === undefined ? {} : { kind }),
  });

/** Every member that isn't expected, and every expected one that is missing. */
export function unexpected(
  { value, pointer }: Placed<JsonObject>,
  expected: readonly string[],
  complain: Complain,
  optional: readonly string[] = [],
): readonly Fault[] {
  return [
    ...Object.keys(value)
      .filter((key) => !expected.includes(key) && !optional.includes(key))
      .map((key) => complain(`"${key}" is set, which no applier sets`, child(pointer, key))),
    ...expected
      .filter((key) => !Object.hasOwn(value, key))
      .map((key) => complain(`"${key}" is missing, which every applier sets`, pointer)),
  ];
}
