import { child, isObject, type JsonObject, stringsIn } from "../terraform/json";
import type { Resource } from "../terraform/stack";
import { isValueObject, nameOfValue, Opaque, type Value } from "../terraform/value";
import { type ApplierKind, type DesiredStates, targetOf, complaints } from "./desired-state";
import { type Complain, complainOf, type Fault, unexpected, type ManifestRow, type Run } from "./program";

/** A resource that puts a state in force through a platform's API, and fails the apply unless the platform says so. */
export interface Applier<Kind extends ApplierKind = ApplierKind> {
  readonly kind: Kind;
  /** The names of what the state belongs to: its id or the reference to it, and how the JSON writes it. */
  readonly targets: readonly string[];
  readonly state: DesiredStates[Kind];
  readonly resource: Resource;
}

/** An applier with what is doubtful about it; none where not even its state can be told. */
export interface Reading {
  readonly applier?: Applier;
  readonly faults: readonly Fault[];
}

const TRIGGERS = ["kind", "target", "desired_state", "program"] as const;

/** Reads what a known program is told to put in force. */
export function applierOf(resource: Resource, { row, desiredState }: Exclude<Run, { faults: unknown }>): Reading {
  const { kind } = row;
  const complain = complainOf(resource, kind);
  const { triggers, lifecycle } = resource.body;
  const at = child(resource.pointer, "triggers");
  const written = isObject(triggers) ? triggers : {};
  const faults = [
    ...unexpected({ value: resource.body, pointer: resource.pointer }, ["provisioner", "triggers"], complain, OPTIONAL),
    ...(lifecycle === undefined ? [] : lifecycleFaults(lifecycle, child(resource.pointer, "lifecycle"), complain)),
    ...unexpected({ value: written, pointer: at }, TRIGGERS, complain),
    ...(written["desired_state"] === desiredState
      ? []
      : [complain("what its triggers hold isn't what the program is told, so a change wouldn't be applied", at)]),
  ];
  // Whatever else is wrong: what the program isn't told can't be judged.
  if (written["desired_state"] !== desiredState) return { faults };
  const evaluated = resource.attributes["triggers"];
  const { target, desired_state: state } = isValueObject(evaluated) ? evaluated : {};
  const read = stateOf(row, { target, state }, (reason) => complain(reason, child(at, "desired_state")));
  if (read.state === undefined) return { faults: [...faults, ...read.faults] };
  const targets = [...new Set([nameOfValue(target), String(written["target"])])];
  return {
    applier: { kind, targets, state: read.state, resource },
    faults: [...faults, ...read.faults],
  };
}

/** What may be beside what every applier has: none of it changes what is run, or that a failure fails the apply. */
const OPTIONAL = ["//", "depends_on", "lifecycle"] as const;

function lifecycleFaults(lifecycle: unknown, pointer: string, complain: Complain): readonly Fault[] {
  return isObject(lifecycle)
    ? unexpected({ value: lifecycle, pointer }, [], complain, ["precondition", "replace_triggered_by"])
    : [complain("its lifecycle isn't understood", pointer)];
}

interface Told {
  readonly target: Value | undefined;
  readonly state: Value | undefined;
}

interface ReadState {
  /** As the schema has it; undefined where it has another shape. */
  readonly state?: DesiredStates[ApplierKind];
  readonly faults: readonly Fault[];
}

function stateOf(row: ManifestRow & { readonly kind: ApplierKind }, told: Told, complain: Complain): ReadState {
  const state = parsed(told.state);
  if (state === undefined) return { faults: [complain("its desired state isn't JSON that is known before the apply")] };
  const name = nameOfValue(told.target);
  const isOpaque = told.state instanceof Opaque;
  const isTarget = (text: string) => isOpaque && text === name;
  const found = complaints(row.desiredState, state, "the desired state", (text) => !isTarget(text));
  const faults = [
    ...found.map(({ text }) => complain(text)),
    ...(isOpaque &&
    stringsIn({ value: state, pointer: "" }).some(({ value }) => !isTarget(value) && /[$%]\{/.test(value))
      ? [complain("what its desired state holds beside its target is known to the apply alone")]
      : []),
    ...(targetOf(row.kind, state) === name
      ? []
      : [complain(`its desired state belongs to another target than ${name}`)]),
  ];
  const isReadable = faults.length === found.length && found.every(({ isShape }) => !isShape);
  return isReadable ? { state: state as unknown as DesiredStates[ApplierKind], faults } : { faults };
}

/** The state as it is told, references as their texts. */
function parsed(state: Value | undefined): JsonObject | undefined {
  const text = state instanceof Opaque ? state.text : state;
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
