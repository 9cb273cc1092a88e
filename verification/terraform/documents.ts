import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { type Environment, environmentSchema } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import { isTerraformsOwn } from "./beside";
import type { Source } from "./source";
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

/** `proof.json`: the results, and the files that they are about. */
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

/** The files that Terraform keeps where it runs: no proof covers them. */
export function terraformsOwn(source: Source): readonly string[] {
  return source.list().paths.filter(isTerraformsOwn);
}

/** The most bytes of an output folder that are hashed: 256 MiB. */
const MOST_HASHED = 256 * 1024 * 1024;

/**
 * The hashes of the files that a synth wrote, but for `proof.json` itself, and why others have none. They stay the same when
 * Terraform runs there: before anything runs, `terraformsOwn` has to be empty too.
 */
export function hashesIn(source: Source, paths: readonly string[]): { hashes: Hashes; problems: readonly Problem[] } {
  const hashes: [string, string][] = [];
  const problems: Problem[] = [];
  let left = MOST_HASHED;
  for (const at of paths.filter((path) => path !== PROOF_FILE && !isTerraformsOwn(path))) {
    const hashed = source.hash(at, left);
    if ("problem" in hashed) problems.push({ at, ...hashed.problem });
    else hashes.push([at, hashed.sha256]);
    left -= "problem" in hashed ? 0 : hashed.bytes;
  }
  return { hashes: Object.fromEntries(hashes), problems };
}

/**
 * The hashes of all files that a synth wrote.
 *
 * @throws {InvalidInput} naming each one that can't be read
 */
export function hashesOf(source: Source): Hashes {
  const { paths, problems } = source.list();
  const hashed = hashesIn(source, paths);
  InvalidInput.throwIfAny(source.name, [...problems, ...hashed.problems]);
  return hashed.hashes;
}

/** The paths whose hashes differ, or that only one side has. */
export function differences(one: Hashes, other: Hashes): readonly string[] {
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return paths.filter((path) => one[path] !== other[path]);
}
