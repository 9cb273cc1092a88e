import type { Resource } from "../terraform/stack";
import { type Control, enforced, type Result, violated as violatedBy } from "../result";
import type { WrittenFile } from "./written-repository";

/** A file by its repository and path, where its text stands. */
export function controlOfFile({ path, resource }: WrittenFile): Control {
  return placed(`${String(resource.attributes["repository"])}:${path}`, resource, `${resource.pointer}/content`);
}

export function controlOf(resource: Resource, member = ""): Control {
  return placed(resource.address, resource, `${resource.pointer}${member}`);
}

function placed(name: string, { stack, path }: Resource, pointer: string): Control {
  return { name, stack, pointer, ...(path === undefined ? {} : { path }) };
}

export function violated(what: string, by: Control | undefined, change: string): Result {
  return violatedBy({ wrong: what, by, change });
}

/** Proven by a control where a condition holds, violated where it doesn't. */
export function holds(condition: boolean, by: Control, what: string, change: string): Result {
  return condition ? enforced([by]) : violated(what, by, change);
}

/** A thing that is looked for, or what is concluded where it isn't there as it is known. */
export type Found<T> = { readonly kind: "found"; readonly value: T } | (Result & { readonly kind?: never });

export const found = <T>(value: T): Found<T> => ({ kind: "found", value });

/** What holds of a thing that is looked for. */
export function ifFound<T>(thing: Found<T>, ask: (value: T) => readonly Result[]): readonly Result[] {
  return thing.kind === "found" ? ask(thing.value) : [thing];
}
