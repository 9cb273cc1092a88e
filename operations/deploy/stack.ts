import { InvalidInput, shown } from "../../errors/invalid-input";
import { jsonOfFile } from "../../errors/json-text";
import { notListed } from "../../errors/nearest";
import { hashOfFile, MOST_BYTES } from "../../errors/user-file";
import { isLocalState } from "../../policy/state-backend";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** An applier that a stack runs, with the state that it has to bring about. */
export interface AppliedResource {
  /** Its address in the state, for example `null_resource.Databases_a_1F2E3D4C`. */
  readonly address: string;
  /** The program, relative to the stack's folder. */
  readonly program: string;
  readonly desiredState: string;
}

/** The stack of one environment, as a deploy needs to know it. */
export interface StackFolder {
  readonly environment: string;
  /** Where Terraform runs. */
  readonly path: string;
  /** The type of the backend that keeps the state; undefined where none is named, which Terraform takes for a local one. */
  readonly backend: string | undefined;
  /** The input variables without a default. */
  readonly variables: readonly string[];
  readonly appliers: readonly AppliedResource[];
  /** The versions of the providers that it asks for, by their sources, as `namespace/name`. */
  readonly providers: Readonly<Record<string, string>>;
  /** The resources of a type. */
  readonly resources: (type: string) => readonly SynthesizedResource[];
}

/** A resource of a synthesized stack. */
export interface SynthesizedResource {
  /** Its address in Terraform, `<type>.<name>`. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const STACK_NAME = /^[A-Za-z0-9_-]+$/;

/** A program of the stack's own assets: a path that leads elsewhere isn't run. */
const applierSchema = z.object({
  APPLIER: z.string().regex(/^assets\/[A-Za-z0-9_/-]+\.mjs$/, { error: "a program of the stack's assets" }),
  DESIRED_STATE: z.string({ error: "the state, as JSON" }),
});

const nullResources = z.record(
  z.string(),
  z.object({
    provisioner: z
      .array(z.object({ "local-exec": z.object({ environment: z.unknown().optional() }).optional() }))
      .default([]),
  }),
);

const stackSchema = z.object({
  terraform: z.object({
    backend: z.record(z.string(), z.unknown()).default({}),
    cloud: z.unknown().optional(),
    required_providers: z.record(z.string(), z.object({ source: z.string(), version: z.string() })).default({}),
  }),
  variable: z.record(z.string(), z.object({ default: z.unknown().optional() })).default({}),
  resource: z
    .object({ null_resource: nullResources.default({}) })
    .catchall(z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({ null_resource: {} }),
});

/**
 * Reads the stack of an environment in an output folder.
 *
 * @throws {InvalidInput} where there is none, or where it isn't one that a synth wrote
 */
export function readStack(folder: string, environment: string): StackFolder {
  const known = stacksIn(folder);
  if (known.length === 0) {
    const problem = { at: folder, got: "no stack", allowed: "the output folder of a synth, such as cdktf.out" };
    throw new InvalidInput("the output folder", [{ ...problem, change: "synthesize, or name another folder" }]);
  }
  if (!known.includes(environment)) {
    throw new InvalidInput(`the output folder ${folder}`, [notListed("<environment>", environment, known)]);
  }
  const path = join(folder, "stacks", environment);
  const parsed = stackSchema.safeParse(jsonOf(path, folder, environment));
  if (!parsed.success) throw noStack(folder, environment, issuesOf(parsed.error));
  const { terraform, variable, resource } = parsed.data;
  const [backend] = [...Object.keys(terraform.backend), ...(terraform.cloud === undefined ? [] : ["cloud"])];
  return {
    environment,
    path,
    backend,
    variables: Object.keys(variable).filter((name) => variable[name]?.default === undefined),
    appliers: Object.entries(resource.null_resource).flatMap(([id, { provisioner }]) =>
      provisioner.flatMap((each) => applierOf(folder, environment, id, each["local-exec"]?.environment)),
    ),
    providers: Object.fromEntries(
      Object.values(terraform.required_providers).map(({ source, version }) => [withNamespace(source), version]),
    ),
    resources: (type) =>
      Object.entries(resource[type] ?? {}).map(([name, attributes]) => ({
        address: `${type}.${name}`,
        attributes: attributes as SynthesizedResource["attributes"],
      })),
  };
}

/**
 * The namespace and the name of a provider, as a lock file has them behind the host.
 *
 * @see https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses
 */
function withNamespace(source: string): string {
  return source.includes("/") ? source.split("/").slice(-2).join("/") : `hashicorp/${source}`;
}

/** An attribute that is text. */
export function textAt({ attributes }: SynthesizedResource, name: string): string {
  const value = attributes[name];
  return typeof value === "string" ? value : "";
}

/** The line that takes over what exists as a resource of a stack. */
export function importLine({ path }: StackFolder, { address }: SynthesizedResource, id: string): string {
  return `terraform -chdir=${quoted(path)} import ${quoted(address)} ${quoted(id)}`;
}

/** A word of a shell's command line. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function applierOf(folder: string, environment: string, id: string, variables: unknown): readonly AppliedResource[] {
  if (variables === undefined || !Object.hasOwn(Object(variables) as object, "DESIRED_STATE")) return [];
  const parsed = applierSchema.safeParse(variables);
  if (!parsed.success) throw noStack(folder, environment, `null_resource.${id}: ${issuesOf(parsed.error)}`);
  const { APPLIER: program, DESIRED_STATE: desiredState } = parsed.data;
  return [{ address: `null_resource.${id}`, program, desiredState }];
}

/** The names of the stacks of an output folder. */
function stacksIn(folder: string): readonly string[] {
  const path = join(folder, "stacks");
  return existsSync(path) ? readdirSync(path).filter((name) => STACK_NAME.test(name)) : [];
}

function jsonOf(path: string, folder: string, environment: string): unknown {
  const read = jsonOfFile(join(path, "cdk.tf.json"));
  if (read !== undefined && "value" in read) return read.value;
  throw noStack(folder, environment, read === undefined ? "no such file" : read.problem.got);
}

const issuesOf = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => [...path, message].join(": ")).join(", ");

function noStack(folder: string, environment: string, got: string): InvalidInput {
  const at = `stacks/${environment}/cdk.tf.json`;
  const allowed = "the stack that a synth wrote";
  return new InvalidInput(`the output folder ${folder}`, [{ at, got, allowed, change: "synthesize again" }]);
}

/** An output folder as it is known before it is deployed. */
export interface Candidate {
  readonly folder: string;
  readonly stack: StackFolder;
  /** The files that differ from those that were proven; undefined where the folder has no proof. */
  readonly changed: readonly string[] | undefined;
  /** The files that Terraform would take as its own, such as a provider that is installed: no proof names their hashes. */
  readonly unproven: readonly string[];
  /** The SHA-256 of the proof that was approved, in hexadecimal digits. */
  readonly approvedProof?: string;
}

/** Why a folder may not be deployed from CI. Empty where it may. */
export function reasonsAgainst({ folder, stack, changed, unproven, approvedProof }: Candidate): readonly string[] {
  return [
    ...changedSince(folder, changed),
    ...unproven.map(installed),
    ...strangeProof(folder, changed, approvedProof),
    ...localState(stack).map((what) => `${what}; ${REMOTE_BACKEND}`),
  ];
}

/** Why the files of a folder aren't those that were proven. */
export function changedSince(folder: string, changed: Candidate["changed"]): readonly string[] {
  return (
    changed?.map((path) => `${path} isn't the file that was proven`) ?? [
      `${folder} has no proof.json: nothing in it was proven`,
    ]
  );
}

function installed(path: string): string {
  return (
    `${path} isn't from a synth: Terraform would take it for its own, such as a provider that it runs or a state. ` +
    "Remove it; where Terraform has worked in this folder since it was checked, say so by --used"
  );
}

/** The SHA-256 of the proof of an output folder. It stands for every file of the folder, since the proof names their hashes. */
function proofHash(folder: string): string {
  const path = join(folder, "proof.json");
  const read = hashOfFile(path, { most: MOST_BYTES });
  if ("sha256" in read) return read.sha256;
  throw new InvalidInput("the proof", [{ at: path, ...read.problem }]);
}

function strangeProof(folder: string, changed: unknown, approved: string | undefined): readonly string[] {
  if (changed === undefined || approved === undefined) return [];
  const hash = proofHash(folder);
  return hash === approved ? [] : [`proof.json is ${hash}, and ${shown(approved)} is what was approved`];
}

/** The change that a local state asks for. */
export const REMOTE_BACKEND = "give its stack a remote backend (docs/credentials.md, State)";

/** Why the state of a stack would be lost. */
export function localState({ environment, backend }: Pick<StackFolder, "environment" | "backend">): readonly string[] {
  if (!isLocalState(backend)) return [];
  const lost = "is in a local file, which is lost with the machine: the next deploy would create everything again";
  return [`the state of ${environment} ${lost}`];
}
