import { type Environment, environmentSchema } from "../../policy/environment";
import type { Policy } from "../../policy/policy";
import type { StatementResult } from "../statements/results";
import { z } from "zod";

/** What stands beside the stacks: what is promised, and what was proven of it. */
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

/** `proof.json`: what was proven, and of which files. */
export interface ProofDocument {
  readonly format: typeof FORMAT;
  /** Each result whole, as a report in JSON has it: `report.schema.json`. */
  readonly results: readonly StatementResult[];
  /** The SHA-256 of every other file by its path in the folder, in hexadecimal digits. */
  readonly files: Readonly<Record<string, string>>;
}

export const proofDocumentSchema = z.object({
  format,
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/), { error: "the SHA-256 of each file by its path" }),
});

export function policyDocument(policies: readonly Policy[]): PolicyDocument {
  return { format: FORMAT, environments: policies.map(({ environment }) => environment) };
}

export function proofDocument(
  results: readonly StatementResult[],
  files: Readonly<Record<string, string>>,
): ProofDocument {
  return { format: FORMAT, results, files };
}
