import { jsonOf } from "../../errors/json-text";
import { child, isObject, type JsonObject, stringsIn, membersOf } from "../terraform/json";
import type { Resource } from "../terraform/stack";
import { isValueObject, nameOfValue, Opaque, type Value } from "../terraform/value";
import { type ApplierKind, complaints, type DesiredStates, targetOf } from "./desired-state";
import { type Complain, complainOf, type Run, unexpected, type Unknown } from "./program";

/** A resource that puts a state in force through a platform's API, and fails the apply unless the platform says so. */
export interface Applier<Kind extends ApplierKind = ApplierKind> {
  readonly kind: Kind;
  /** The names of the thing that the state belongs to: its id or the reference to it, and how the JSON writes it. */
  readonly targets: readonly string[];
  readonly state: DesiredStates[Kind];
  readonly resource: Resource;
}

/** An applier, where its state is known, and the unknowns about it. */
export interface Reading {
  readonly applier?: Applier;
  readonly unknowns: readonly Unknown[];
}

const TRIGGERS = ["kind", "target", "desired_state", "program"] as const;

/** Members beside those that every applier has. None changes which program runs, or lets the apply pass a failure. */
const OPTIONAL = ["//", "depends_on", "lifecycle"] as const;

type KnownRun = Exclude<Run, { unknowns: unknown }>;

/** Reads the state that a known program is told to put in force. */
export function applierOf(resource: Resource, { row, desiredState }: KnownRun): Reading {
  const { kind } = row;
  const complain = complainOf(resource, kind);
  const { triggers, lifecycle = {} } = resource.body;
  const at = child(resource.pointer, "triggers");
  const written = membersOf(triggers);
  const unknowns = [
    ...unexpected({ value: resource.body, pointer: resource.pointer }, ["provisioner", "triggers"], complain, OPTIONAL),
    ...unexpectedIn(lifecycle, child(resource.pointer, "lifecycle"), complain),
    ...unexpected({ value: written, pointer: at }, TRIGGERS, complain),
  ];
  if (written["desired_state"] !== desiredState) {
    const reason = "its triggers hold another state than its program is told, so a change wouldn't be applied";
    return { unknowns: [...unknowns, complain(reason, at)] };
  }
  const evaluated = resource.attributes["triggers"];
  const { target, desired_state: state } = isValueObject(evaluated) ? evaluated : {};
  const read = stateOf(row, { target, state }, (reason) => complain(reason, child(at, "desired_state")));
  const all = [...unknowns, ...read.unknowns];
  if (read.state === undefined) return { unknowns: all };
  const targets = [...new Set([nameOfValue(target), String(written["target"])])];
  return { applier: { kind, targets, state: read.state, resource }, unknowns: all };
}

function unexpectedIn(lifecycle: unknown, pointer: string, complain: Complain): readonly Unknown[] {
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
  readonly unknowns: readonly Unknown[];
}

function stateOf({ kind, desiredState }: KnownRun["row"], told: Told, complain: Complain): ReadState {
  const state = parsed(told.state);
  if (state === undefined)
    return { unknowns: [complain("its desired state isn't JSON that is known before the apply")] };
  const name = nameOfValue(told.target);
  const isOpaque = told.state instanceof Opaque;
  const isTarget = (text: string): boolean => isOpaque && text === name;
  const found = complaints(desiredState, state, "the desired state", (text) => !isTarget(text));
  const texts = isOpaque ? stringsIn({ value: state, pointer: "" }).map(({ value }) => value) : [];
  const unknowns = [
    ...found.map(({ text }) => complain(text)),
    ...(texts.some((text) => !isTarget(text) && /[$%]\{/.test(text))
      ? [complain("only the apply knows what its desired state holds beside its target")]
      : []),
    ...(targetOf(kind, state) === name ? [] : [complain(`its desired state belongs to another target than ${name}`)]),
  ];
  const isReadable = unknowns.length === found.length && found.every(({ isShape }) => !isShape);
  return isReadable ? { state: state as unknown as DesiredStates[ApplierKind], unknowns } : { unknowns };
}

/** The state as it is told, references as their texts. */
function parsed(state: Value | undefined): JsonObject | undefined {
  const text = state instanceof Opaque ? state.text : state;
  const value = typeof text === "string" ? jsonOf(text) : undefined;
  return isObject(value) ? value : undefined;
}
