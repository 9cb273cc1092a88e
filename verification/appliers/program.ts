import { child, isObject, type JsonObject, type Placed } from "../terraform/json";
import { sha256 } from "../terraform/sha256";
import type { Place, Resource, Stack } from "../terraform/stack";
import { type ApplierKind, isApplierKind, type Schema } from "./desired-state";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** A program: the files that it loads, relative to the folder of the programs, and the hash of them all. */
export interface Program {
  readonly files: readonly string[];
  /** What `sha256sum <files, in that order> | sha256sum` gives in that folder. */
  readonly hash: string;
}

/** What is known of a kind of applier. */
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

/** It ships with the verifier: what lies in the folder that is judged can't vouch for itself. */
const FILE = join(__dirname, "..", "..", "appliers", "manifest.json");

let manifest: Manifest | undefined;

/** The programs that this verifier knows. */
export function ownManifest(): Manifest {
  manifest ??= JSON.parse(readFileSync(FILE, "utf8")) as Manifest;
  return manifest;
}

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

/** What runs a program. Anything beside it could do something else with the same program. */
const RUN = { command: 'node "$APPLIER"', interpreter: ["/bin/sh", "-ceu"] } as const;

const MEMBERS = ["command", "interpreter", "environment"] as const;

/**
 * What changes when a program runs, or what becomes of its failure, and nothing about what runs.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec
 */
const CIRCUMSTANCES = ["when", "on_failure", "quiet"] as const;

/** A path within the output folder, of which no part goes up or looks like an option. */
const WITHIN = /^(?:[A-Za-z0-9_][\w.-]*\/)+[A-Za-z0-9_][\w.-]*$/;

/** What a resource runs: a program that is known by its hash, or what speaks against that. */
export type Run =
  | { readonly row: ManifestRow & { readonly kind: ApplierKind }; readonly desiredState: unknown }
  | { readonly faults: readonly Fault[] };

/** The hash of a file beside a stack's JSON; undefined where there is none. */
export type HashOfFile = (path: string) => string | undefined;

/** Reads what a resource runs when it is created. */
export function runOf(resource: Resource, hashOfFile: HashOfFile, manifest: Manifest): Run {
  const complain = complainOf(resource);
  const exec = execOf(resource);
  if (exec === undefined) {
    const reason = "runs what nobody here knows: it hasn't exactly one provisioner, a local-exec of a null_resource";
    return { faults: [complain(reason, `${resource.pointer}/provisioner`)] };
  }
  const environment = { value: objectIn(exec.value["environment"]), pointer: `${exec.pointer}/environment` };
  const { APPLIER: path, DESIRED_STATE: desiredState } = environment.value;
  const wrong = [
    ...(["command", "interpreter"] as const)
      .filter((key) => JSON.stringify(exec.value[key]) !== JSON.stringify(RUN[key]))
      .map((key) => complain(`its ${key} isn't that of an applier, so it may do anything`, `${exec.pointer}/${key}`)),
    ...unexpected(exec, MEMBERS, complain, CIRCUMSTANCES),
    ...unexpected(environment, ["APPLIER", "DESIRED_STATE"], complain),
  ];
  const { kind, program: hash } = objectIn(resource.body["triggers"]);
  const row = manifest.kinds.find((each) => each.kind === kind);
  if (row === undefined || !isKindOf(row)) {
    return {
      faults: [...wrong, complain("its kind is none that this verifier knows", `${resource.pointer}/triggers`)],
    };
  }
  const doubts = [...wrong, ...strangeness(row, { path, hash }, hashOfFile, placedIn(resource, exec, complain))];
  if (doubts.length > 0) return { faults: doubts };
  const circumstances = unexpected(exec, MEMBERS, complainOf(resource, row.kind));
  return circumstances.length > 0 ? { faults: circumstances } : { row, desiredState };
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

const objectIn = (value: unknown): JsonObject => (isObject(value) ? value : {});

const isKindOf = (row: ManifestRow): row is ManifestRow & { readonly kind: ApplierKind } => isApplierKind(row.kind);

/** Complains about the path of a program, or about its hash. */
type About = Readonly<Record<"path" | "hash", (reason: string) => Fault>>;

function placedIn({ pointer }: Resource, exec: Placed<JsonObject>, complain: Complain): About {
  return {
    path: (reason) => complain(reason, `${exec.pointer}/environment/APPLIER`),
    hash: (reason) => complain(reason, `${pointer}/triggers/program`),
  };
}

/** What keeps the program from being one that is known. */
function strangeness(
  row: ManifestRow,
  { path, hash }: { readonly path: unknown; readonly hash: unknown },
  hashOfFile: HashOfFile,
  about: About,
): readonly Fault[] {
  if (typeof path !== "string" || !WITHIN.test(path) || posix.basename(path) !== row.program) {
    return [about.path(`it doesn't run ${row.program} of a folder beside the JSON`)];
  }
  const known = [row, ...row.released].find((each) => each.hash === hash);
  if (known === undefined) {
    return [about.hash(`program ${nameOf(hash)} of ${row.kind} is none that this verifier knows`)];
  }
  const folder = posix.dirname(path);
  const missing = known.files.filter((file) => hashOfFile(posix.join(folder, file)) === undefined);
  if (missing.length > 0) return [about.path(`the output folder lacks ${missing.join(", ")} of ${folder}`)];
  return hashOfProgram(known, folder, hashOfFile) === known.hash
    ? []
    : [about.path(`what lies in ${folder} isn't program ${known.hash}`)];
}

/** What is no hash is not shown: nobody knows what it is. */
function nameOf(hash: unknown): string {
  return typeof hash === "string" && /^[0-9a-f]{1,64}$/.test(hash) ? hash : "without a hash";
}

function hashOfProgram({ files }: Program, folder: string, hashOfFile: HashOfFile): string {
  return sha256(files.map((file) => `${hashOfFile(posix.join(folder, file)) ?? ""}  ${file}\n`).join(""));
}

/** The hashes of the files beside a stack's JSON, each computed once: the appliers of a stack share theirs. */
export function fileHashes({ file }: Stack): HashOfFile {
  const hashes = new Map<string, string | undefined>();
  return (path) => {
    if (!hashes.has(path)) {
      const bytes = file(path);
      hashes.set(path, bytes === undefined ? undefined : sha256(bytes));
    }
    return hashes.get(path);
  };
}
