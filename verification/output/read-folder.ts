import { existsSync, readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { z } from "zod";
import { InvalidInput, type Problem } from "../../errors/invalid-input";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { problemsOf } from "../../policy/schema/problems-of";
import { Model } from "../model/model";
import type { StackFiles } from "../model/terraform/stack";
import { POLICY_FILE, policyDocumentSchema, PROOF_FILE, proofDocumentSchema } from "./documents";
import { differences, hashesOf } from "./hashes";
import { parseJson } from "./json-text";

/** A synthesized app, as it lies in its output folder. */
export interface OutputFolder {
  readonly model: Model;
  readonly policies: readonly Policy[];
  /** The files that aren't those that were proven, by their paths; undefined where the folder says nothing of a proof. */
  readonly changed: readonly string[] | undefined;
}

const manifestSchema = z.object({
  stacks: z.record(
    z.string().regex(/^[A-Za-z0-9_-]+$/, { error: "a stack's name" }),
    z.object({
      synthesizedStackPath: z.string({ error: "the path of the stack's cdk.tf.json" }),
      dependencies: z.array(z.string()).default([]),
    }),
    { error: "the stacks by their names" },
  ),
});

/**
 * Reads an output folder with the policies that stand in it.
 *
 * @throws {InvalidInput} naming every file that can't be read, with what was got and what is allowed
 */
export function readOutputFolder(folder: string): OutputFolder {
  const reader = new Reader(folder);
  const policy = reader.document(POLICY_FILE, policyDocumentSchema);
  const stacks = stacksOf(folder, reader);
  const proof = existsSync(join(folder, PROOF_FILE)) ? reader.document(PROOF_FILE, proofDocumentSchema) : undefined;
  InvalidInput.throwIfAny(`the output folder ${folder}`, reader.problems);
  return {
    model: modelOf(folder, stacks),
    policies: Policy.across((policy?.environments ?? []) as readonly Environment[]),
    changed: proof === undefined ? undefined : differences(proof.files, hashesOf(folder)),
  };
}

/**
 * Reads the policies that stand in an output folder.
 *
 * @throws {InvalidInput} as `readOutputFolder`
 */
export function readPolicies(folder: string): readonly Policy[] {
  const reader = new Reader(folder);
  const policy = reader.document(POLICY_FILE, policyDocumentSchema);
  InvalidInput.throwIfAny(`the output folder ${folder}`, reader.problems);
  return Policy.across((policy?.environments ?? []) as readonly Environment[]);
}

/**
 * Reads the stacks of an output folder.
 *
 * @throws {InvalidInput} as `readOutputFolder`
 */
export function readStacks(folder: string): Model {
  const reader = new Reader(folder);
  const stacks = stacksOf(folder, reader);
  InvalidInput.throwIfAny(`the output folder ${folder}`, reader.problems);
  return modelOf(folder, stacks);
}

function modelOf(folder: string, stacks: readonly StackFiles[]): Model {
  try {
    return Model.of(stacks);
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    const allowed = "Terraform JSON as cdktf synthesizes it";
    throw new InvalidInput(`the output folder ${folder}`, [{ at: "stacks", got, allowed, change: "synthesize again" }]);
  }
}

function stacksOf(folder: string, reader: Reader): readonly StackFiles[] {
  const manifest = reader.document("manifest.json", manifestSchema);
  return Object.entries(manifest?.stacks ?? {}).map(([name, { synthesizedStackPath, dependencies }]) => {
    const expected = `stacks/${name}/cdk.tf.json`;
    if (synthesizedStackPath !== expected) {
      const at = `manifest.json stacks.${name}.synthesizedStackPath`;
      reader.problems.push({ at, got: JSON.stringify(synthesizedStackPath), allowed: expected });
    }
    return {
      name,
      dependencies,
      json: reader.json(expected),
      file: (path) => fileIn(join(folder, "stacks", name), path),
    };
  });
}

/** A file within a folder; a path that leads out of it is none. */
function fileIn(folder: string, path: string): Uint8Array | undefined {
  const inside = normalize(path);
  if (inside.startsWith("..") || inside.startsWith("/")) return undefined;
  try {
    return readFileSync(join(folder, inside));
  } catch {
    return undefined;
  }
}

class Reader {
  public readonly problems: Problem[] = [];

  public constructor(private readonly folder: string) {}

  /** A JSON file of this form; undefined where it has another, which is a problem. */
  public document<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> | undefined {
    const before = this.problems.length;
    const value = this.json(path);
    if (this.problems.length > before) return undefined;
    const problems = problemsOf(schema, value);
    this.problems.push(...problems.map((problem) => ({ ...problem, at: `${path} ${problem.at}` })));
    return problems.length > 0 ? undefined : schema.parse(value);
  }

  public json(path: string): unknown {
    const text = this.text(path);
    if (text === undefined) return undefined;
    const parsed = parseJson(text);
    if ("value" in parsed) return parsed.value;
    this.problems.push({ at: path, ...parsed.problem });
    return undefined;
  }

  private text(path: string): string | undefined {
    try {
      return readFileSync(join(this.folder, path), "utf8");
    } catch (error) {
      const { code = "an error" } = error as NodeJS.ErrnoException;
      const got = code === "ENOENT" ? "no such file" : code;
      this.problems.push({ at: path, got, allowed: "a file of a gated synth", change: "npx cdktf synth" });
      return undefined;
    }
  }
}
