import { child, isObject, type Placed, resourcesOf } from "../../terraform/json";
import type { Check, Fault } from "./finding";

/**
 * The attributes of type `dynamic`, which the bindings (@cdktf/provider-cloudflare 13.9.1) type as a map of anything: a
 * number comes out as `{}`, and a list as an object of its indices. Providers accept both.
 */
const DYNAMIC = [
  { type: "cloudflare_zone_setting", attribute: "value" },
  { type: "cloudflare_spectrum_application", attribute: "origin_port" },
] as const;

/** Finds numbers and lists that the bindings lost on the way to the JSON. */
export const lostValue: Check = (terraformJson) =>
  DYNAMIC.flatMap(({ type, attribute }) =>
    resourcesOf(terraformJson, type).flatMap(({ value, pointer }) =>
      losses({ value: value[attribute], pointer: child(pointer, attribute) }, attribute),
    ),
  );

function losses({ value, pointer }: Placed<unknown>, attribute: string): readonly Fault[] {
  if (typeof value !== "object" || value === null) return [];
  const keys = Object.keys(value);
  const loss = isObject(value) ? LOSSES.find(({ is }) => is(keys)) : undefined;
  if (loss !== undefined) {
    const { wrong, meant, example } = loss;
    return [
      { pointer, wrong, meant, change: `set it past the bindings: resource.addOverride("${attribute}", ${example})` },
    ];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    losses({ value: inner, pointer: child(pointer, key) }, attribute),
  );
}

const LOSSES = [
  {
    is: (keys: readonly string[]) => keys.length === 0,
    wrong: "the value is an empty object: the bindings lost a number or a boolean",
    meant: "a number or a boolean",
    example: "30",
  },
  {
    is: (keys: readonly string[]) => keys.every((key, index) => key === String(index)),
    wrong: "the value is an object of indices: the bindings lost a list",
    meant: "a list",
    example: '["A", "B"]',
  },
] as const;
