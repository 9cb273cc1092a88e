import { oncePerName } from "../once-per";
import type { Unknown as UnknownThing } from "../result";
import { child, isObject, type JsonObject, type Placed, membersOf } from "../terraform/json";
import { sha256 } from "../terraform/source";
import type { Place, Resource, Stack } from "../terraform/stack";
import { type ApplierKind, isApplierKind, type Schema } from "./desired-state";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** A program: the files that it loads, relative to the folder of the programs, and the hash of them all. */
export interface Program {
  readonly files: readonly string[];
  /** The output of `sha256sum <files, in that order> | sha256sum` in that folder. */
  readonly hash: string;
}

/** A kind of applier, as the programs' own manifest describes it. */
export interface ManifestRow extends Program {
  readonly kind: string;
  /** The file that is run. */
  readonly program: string;
  /** The programs of the kind that were released before. */
  readonly released: readonly Program[];
  /** The JSON schema of the desired state. */
  readonly desiredState: Schema;
}

export interface Manifest {
  readonly kinds: readonly ManifestRow[];
}

/** It ships with the verifier: the folder that is judged can't vouch for itself. */
const FILE = join(__dirname, "..", "..", "appliers", "manifest.json");

let manifest: Manifest | undefined;

/** The programs that this verifier knows. */
export function ownManifest(): Manifest {
  manifest ??= JSON.parse(readFileSync(FILE, "utf8")) as Manifest;
  return manifest;
}

/** The reason why the effect of a resource is unknown. */
export interface Unknown extends UnknownThing {
  readonly place: Place;
  /** The kind of the known program that is told something unknown; undefined where the program may do anything. */
  readonly kind?: ApplierKind;
}

/** Names the unknown at a pointer within a resource. */
export type Complain = (reason: string, pointer?: string) => Unknown;

export const complainOf =
  (resource: Resource, kind?: ApplierKind): Complain =>
  (reason, pointer = resource.pointer) => ({
    reason: `${resource.address}: ${reason}`,
    question: kind === undefined ? "program" : "value",
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
): readonly Unknown[] {
  return [
    ...Object.keys(value)
      .filter((key) => !expected.includes(key) && !optional.includes(key))
      .map((key) => complain(`"${key}" is set, which no applier sets`, child(pointer, key))),
    ...expected
      .filter((key) => !Object.hasOwn(value, key))
      .map((key) => complain(`"${key}" is missing, which every applier sets`, pointer)),
  ];
}

/** How every applier runs its program. With another command or interpreter the same program could do something else. */
const RUN = { command: 'node "$APPLIER"', interpreter: ["/bin/sh", "-ceu"] } as const;

const MEMBERS = ["command", "interpreter", "environment"] as const;

/**
 * Members that change when a program runs, or how its failure ends, and not which program runs.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec
 */
const CIRCUMSTANCES = ["when", "on_failure", "quiet"] as const;

/** A path within the output folder, of which no part goes up or looks like an option. */
const WITHIN = /^(?:[A-Za-z0-9_][\w.-]*\/)+[A-Za-z0-9_][\w.-]*$/;

type KnownRow = ManifestRow & { readonly kind: ApplierKind };

/** The known program that a resource runs and the state that it is told, or why that is unknown. */
export type Run =
  { readonly row: KnownRow; readonly desiredState: unknown } | { readonly unknowns: readonly Unknown[] };

/** Reads the program that a resource of a stack runs when it is created. */
export function runOf(resource: Resource, stack: Stack, { kinds }: Manifest): Run {
  const complain = complainOf(resource);
  const exec = execOf(resource);
  if (exec === undefined) {
    const reason = "it runs an unknown program: only one local-exec of a null_resource is known";
    return { unknowns: [complain(reason, `${resource.pointer}/provisioner`)] };
  }
  const environment = { value: membersOf(exec.value["environment"]), pointer: `${exec.pointer}/environment` };
  const { APPLIER: path, DESIRED_STATE: desiredState } = environment.value;
  const wrong = [
    ...(["command", "interpreter"] as const)
      .filter((key) => JSON.stringify(exec.value[key]) !== JSON.stringify(RUN[key]))
      .map((key) => complain(`its ${key} isn't that of an applier, so it may do anything`, `${exec.pointer}/${key}`)),
    ...unexpected(exec, MEMBERS, complain, CIRCUMSTANCES),
    ...unexpected(environment, ["APPLIER", "DESIRED_STATE"], complain),
  ];
  const { kind, program: hash } = membersOf(resource.body["triggers"]);
  const row = kinds.find((each): each is KnownRow => each.kind === kind && isApplierKind(each.kind));
  if (row === undefined) {
    const reason = "the verifier doesn't know its kind";
    return { unknowns: [...wrong, complain(reason, `${resource.pointer}/triggers`)] };
  }
  const program = unlessKnown(row, { path, hash }, stack);
  const at = { path: `${environment.pointer}/APPLIER`, hash: `${resource.pointer}/triggers/program` };
  if (program !== undefined) wrong.push(complain(program.reason, at[program.about]));
  if (wrong.length > 0) return { unknowns: wrong };
  const circumstances = unexpected(exec, MEMBERS, complainOf(resource, row.kind));
  return circumstances.length > 0 ? { unknowns: circumstances } : { row, desiredState };
}

/** The one local-exec of a null_resource, in the form in which appliers have it. */
function execOf({ type, body, pointer }: Resource): Placed<JsonObject> | undefined {
  const { provisioner } = body;
  if (type !== "null_resource" || !Array.isArray(provisioner) || provisioner.length !== 1) return undefined;
  const [block] = provisioner as readonly unknown[];
  if (!isObject(block) || Object.keys(block).join() !== "local-exec") return undefined;
  const exec = block["local-exec"];
  return isObject(exec) ? { value: exec, pointer: `${pointer}/provisioner/0/local-exec` } : undefined;
}

/** A program as a resource names it. */
interface Named {
  readonly path: unknown;
  readonly hash: unknown;
}

interface Strange {
  readonly about: keyof Named;
  readonly reason: string;
}

/** Why the program is none that is known. */
function unlessKnown(row: KnownRow, { path, hash }: Named, stack: Stack): Strange | undefined {
  if (typeof path !== "string" || !WITHIN.test(path) || posix.basename(path) !== row.program) {
    return { about: "path", reason: `it doesn't run ${row.program} of a folder beside the JSON` };
  }
  const known = [row, ...row.released].find((each) => each.hash === hash);
  if (known === undefined) {
    return {
      about: "hash",
      reason: `the verifier doesn't know program ${shown(hash)} of ${row.kind}: another version of this project wrote it, or it was changed`,
    };
  }
  const folder = posix.dirname(path);
  const hashes = known.files.map((file) => [file, hashAt(stack, `${folder}/${file}`)] as const);
  const missing = hashes.filter(([, each]) => each === undefined).map(([file]) => file);
  if (missing.length > 0) {
    return { about: "path", reason: `the output folder lacks ${missing.join(", ")} of ${folder}` };
  }
  return sha256(hashes.map(([file, each]) => `${each ?? ""}  ${file}\n`).join("")) === known.hash
    ? undefined
    : { about: "path", reason: `what lies in ${folder} isn't program ${known.hash}` };
}

/** A text that isn't a hash may be a secret: it isn't printed. */
function shown(hash: unknown): string {
  return typeof hash === "string" && /^[0-9a-f]{1,64}$/.test(hash) ? hash : "without a hash";
}

/** The hash of a file beside a stack's JSON, computed once: the appliers of a stack share their files. */
const hashAt = oncePerName(({ file }: Stack, path: string): string | undefined => {
  const bytes = file(path);
  return bytes === undefined ? undefined : sha256(bytes);
});
