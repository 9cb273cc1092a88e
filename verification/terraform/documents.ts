import { type Environment, environmentSchema } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import { sha256, type Source } from "./source";
import { z } from "zod";

/** Beside the stacks stand the policies that they have to hold, and the proof that they do. */
export const POLICY_FILE = "policy.json";
export const PROOF_FILE = "proof.json";

/** Grows when a reader of the old form would misread the new one. */
const FORMAT = 1;

/** `policy.json`: the environments of the app, as their files say. */
export interface PolicyDocument {
  readonly format: typeof FORMAT;
  readonly environments: readonly Environment[];
}

const format = z.literal(FORMAT, { error: `${FORMAT}: the format that this version reads` });

export const policyDocumentSchema = z.strictObject({
  format,
  environments: z.array(environmentSchema, { error: "a list of environments" }).min(1, { error: "an environment" }),
});

/** The SHA-256 of files by their paths, in hexadecimal digits. */
export type Hashes = Readonly<Record<string, string>>;

/** `proof.json`: what was proven, and of which files. */
export interface ProofDocument {
  readonly format: typeof FORMAT;
  /** Each result whole, as a report in JSON has it: `report.schema.json`. */
  readonly results: readonly object[];
  /** Every other file of the output. */
  readonly files: Hashes;
}

export const proofDocumentSchema = z.object({
  format,
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/), { error: "the SHA-256 of each file by its path" }),
});

export function policyDocument(policies: readonly Policy[]): PolicyDocument {
  return { format: FORMAT, environments: policies.map(({ environment }) => environment) };
}

export function proofDocument(results: readonly object[], files: Hashes): ProofDocument {
  return { format: FORMAT, results, files };
}

/** Terraform keeps providers, their checksums and the lock of a local state beside a stack. No synth writes any of it. */
const TERRAFORMS_OWN = /^stacks\/[^/]+\/\.terraform(?:\/|\.lock\.hcl$|\.tfstate\.lock\.info$|$)/;

/** The files that Terraform keeps where it runs: no proof covers them. */
export function terraformsOwn(source: Source): readonly string[] {
  return source.paths().filter((path) => TERRAFORMS_OWN.test(path));
}

/**
 * The hashes of the files that a synth wrote, but for `proof.json` itself. They stay the same when Terraform runs there:
 * before anything runs, `terraformsOwn` has to be empty too.
 */
export function hashesOf(source: Source): Hashes {
  const paths = source.paths().filter((path) => path !== PROOF_FILE && !TERRAFORMS_OWN.test(path));
  return Object.fromEntries(paths.map((path) => [path, hashAt(source, path)]));
}

/** A file without content, such as a link to a folder or to nothing, has the hash of no bytes. */
function hashAt(source: Source, path: string): string {
  const content = source.read(path);
  return sha256(content !== undefined && "bytes" in content ? content.bytes : "");
}

/** The paths whose hashes differ, or that only one side has. */
export function differences(one: Hashes, other: Hashes): readonly string[] {
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return paths.filter((path) => one[path] !== other[path]);
}
