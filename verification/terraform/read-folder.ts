import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { problemsOf } from "../../policy/problems";
import { POLICY_FILE, policyDocumentSchema, PROOF_FILE, proofDocumentSchema } from "./documents";
import { differences, hashesOf } from "./hashes";
import { isObject } from "./json";
import { parseJson, whyTooLarge } from "./json-text";
import { Model } from "./model";
import type { StackFiles } from "./stack";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { z } from "zod";

/** A synthesized app, as it lies in its output folder. */
export interface OutputFolder {
  readonly model: Model;
  readonly policies: readonly Policy[];
  /** The files that aren't those that were proven, by their paths; undefined where the folder says nothing of a proof. */
  readonly changed: readonly string[] | undefined;
}

/** `__proto__` is no name: a reader may take it for something else than a member. */
const STACK_NAME = /^(?!__proto__$)[A-Za-z0-9_-]+$/;

const manifestSchema = z.object({
  stacks: z
    .custom<object>((stacks) => isObject(stacks) && Object.keys(stacks).every((name) => STACK_NAME.test(name)), {
      error: "the stacks by their names, of letters, digits, - and _",
    })
    .pipe(
      z.record(
        z.string(),
        z.object({
          name: z.string().optional(),
          synthesizedStackPath: z.string({ error: "the path of the stack's cdk.tf.json" }),
          workingDirectory: z.string({ error: "the path of the stack's folder" }).optional(),
          dependencies: z.array(z.string()).default([]),
        }),
      ),
    ),
});

/** What Terraform reads in a stack's folder, whatever the file is called. */
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;
const STACK_FILE = "cdk.tf.json";

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

function modelOf(folder: string, stacks: readonly StackFiles[]): Model {
  InvalidInput.throwIfAny(`the output folder ${folder}`, stacks.flatMap(malformation));
  return Model.of(stacks);
}

function malformation(stack: StackFiles): readonly Problem[] {
  try {
    Model.of([stack]);
    return [];
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    const allowed = "Terraform JSON as cdktf synthesizes it";
    return [{ at: `stacks/${stack.name}/${STACK_FILE}`, got, allowed, change: "synthesize again" }];
  }
}

function stacksOf(folder: string, reader: Reader): readonly StackFiles[] {
  const manifest = reader.document("manifest.json", manifestSchema);
  return Object.entries(manifest?.stacks ?? {}).map(([name, stack]) => {
    const path = `stacks/${name}`;
    const json = `${path}/${STACK_FILE}`;
    const meant = { name, synthesizedStackPath: json, workingDirectory: path };
    for (const [key, allowed] of Object.entries(meant)) {
      const got = stack[key as keyof typeof meant] ?? allowed;
      const at = `manifest.json stacks.${name}.${key}`;
      if (got !== allowed) reader.problems.push({ at, got: shown(got), allowed });
    }
    reader.problems.push(...foreignConfiguration(folder, path));
    return {
      name,
      dependencies: stack.dependencies,
      json: reader.json(json),
      file: (relative) => fileIn(join(folder, path), relative),
    };
  });
}

/** Terraform would deploy it with the stack, and nobody has judged it. */
function foreignConfiguration(folder: string, path: string): readonly Problem[] {
  const whole = join(folder, path);
  const isFolder = existsSync(whole) && statSync(whole).isDirectory();
  return (isFolder ? readdirSync(whole) : [])
    .filter((file) => CONFIGURATION.test(file) && file !== STACK_FILE)
    .map((file) => ({
      at: `${path}/${file}`,
      got: "a file that Terraform reads beside the stack",
      allowed: `${STACK_FILE} alone`,
      change: "remove it, or write it as constructs",
    }));
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
    const whole = join(this.folder, path);
    try {
      const tooLarge = whyTooLarge(statSync(whole).size);
      if (tooLarge === undefined) return readFileSync(whole, "utf8");
      this.problems.push({ at: path, ...tooLarge });
    } catch (error) {
      const { code = "an error" } = error as NodeJS.ErrnoException;
      const got = code === "ENOENT" ? "no such file" : code;
      this.problems.push({ at: path, got, allowed: "a file of a gated synth", change: "npx cdktf synth" });
    }
    return undefined;
  }
}
