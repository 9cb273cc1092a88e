import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { parsedBy } from "../../policy/problems";
import { differences, hashesOf, POLICY_FILE, policyDocumentSchema, PROOF_FILE, proofDocumentSchema } from "./documents";
import { isObject } from "./json";
import { LARGEST_JSON, parseJson } from "./json-text";
import { Model } from "./model";
import { type Source, unreadable } from "./source";
import { readStack, type Stack } from "./stack";
import { posix } from "node:path";
import { z } from "zod";

/** A synthesized app, read with the policies that it has to hold. */
export interface Output {
  readonly model: Model;
  readonly policies: readonly Policy[];
  /** The paths of files that differ from those that were proven; undefined where no `proof.json` says which were. */
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

type ManifestStack = z.infer<typeof manifestSchema>["stacks"][string];

/** Terraform reads every such file beside a stack. */
const CONFIGURATION = /\.(?:tf|tofu)(?:\.json)?$/;
const STACK_FILE = "cdk.tf.json";

/**
 * Reads a synthesized app.
 *
 * @throws {InvalidInput} naming every file that can't be read, with what was got and what is allowed
 */
export function readOutput(source: Source): Output {
  const reader = new Reader(source);
  const environments = reader.environments();
  const stacks = reader.stacks();
  const proof = reader.has(PROOF_FILE) ? reader.document(PROOF_FILE, proofDocumentSchema) : undefined;
  reader.throwIfAny();
  return {
    model: new Model(stacks),
    policies: Policy.across(environments),
    changed: proof === undefined ? undefined : differences(proof.files, hashesOf(source)),
  };
}

/**
 * Reads the policies of a synthesized app alone.
 *
 * @throws {InvalidInput} as `readOutput`
 */
export function policiesOf(source: Source): readonly Policy[] {
  const reader = new Reader(source);
  const environments = reader.environments();
  reader.throwIfAny();
  return Policy.across(environments);
}

/** Reads files, and collects the problems that it finds. */
class Reader {
  private readonly problems: Problem[] = [];

  public constructor(private readonly source: Source) {}

  public throwIfAny(): void {
    InvalidInput.throwIfAny(this.source.name, this.problems);
  }

  public has(path: string): boolean {
    return this.source.read(path, 0) !== undefined;
  }

  public environments(): readonly Environment[] {
    return (this.document(POLICY_FILE, policyDocumentSchema)?.environments ?? []) as readonly Environment[];
  }

  public stacks(): readonly Stack[] {
    const manifest = this.document("manifest.json", manifestSchema);
    const paths = manifest === undefined ? [] : this.source.paths();
    return Object.entries(manifest?.stacks ?? {}).flatMap(([name, stack]) => {
      this.problems.push(...foreignConfiguration(`stacks/${name}`, paths));
      return this.stack(name, stack) ?? [];
    });
  }

  private stack(name: string, stack: ManifestStack): Stack | undefined {
    const folder = `stacks/${name}`;
    const path = `${folder}/${STACK_FILE}`;
    const meant = { name, synthesizedStackPath: path, workingDirectory: folder };
    for (const [key, allowed] of Object.entries(meant)) {
      const got = stack[key as keyof typeof meant] ?? allowed;
      const at = `manifest.json stacks.${name}.${key}`;
      if (got !== allowed) this.problems.push({ at, got: shown(got), allowed });
    }
    const read = this.json(path);
    if (read === undefined) return undefined;
    const file = (relative: string) => this.fileIn(folder, relative);
    try {
      return readStack({ name, dependencies: stack.dependencies, json: read.value, file });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.problems.push(...error.problems.map(({ at, ...problem }) => ({ at: `${path} ${at}`, ...problem })));
      return undefined;
    }
  }

  /** A file within a folder; a path that leads out of it is none. */
  private fileIn(folder: string, path: string): Uint8Array | undefined {
    const inside = posix.normalize(path);
    if (inside.startsWith("..") || inside.startsWith("/")) return undefined;
    const content = this.source.read(`${folder}/${inside}`);
    return content !== undefined && "bytes" in content ? content.bytes : undefined;
  }

  /** A JSON file of this form; undefined where it has another, which is a problem. */
  public document<T>(path: string, schema: z.ZodType<T>): T | undefined {
    const read = this.json(path);
    if (read === undefined) return undefined;
    const parsed = parsedBy(schema, read.value);
    if ("value" in parsed) return parsed.value;
    this.problems.push(...parsed.problems.map((problem) => ({ ...problem, at: `${path} ${problem.at}` })));
    return undefined;
  }

  private json(path: string): { readonly value: unknown } | undefined {
    const content = this.source.read(path, LARGEST_JSON) ?? unreadable("no such file");
    const parsed = "bytes" in content ? parseJson(Buffer.from(content.bytes).toString("utf8")) : content;
    if ("value" in parsed) return parsed;
    this.problems.push({ at: path, ...parsed.problem });
    return undefined;
  }
}

/** Terraform would deploy them with the stack, and no proof has judged them. */
function foreignConfiguration(folder: string, paths: readonly string[]): readonly Problem[] {
  return paths
    .filter((path) => posix.dirname(path) === folder && posix.basename(path) !== STACK_FILE && CONFIGURATION.test(path))
    .map((at) => ({
      at,
      got: "a file that Terraform reads beside the stack",
      allowed: `${STACK_FILE} alone`,
      change: "remove it, or write it as constructs",
    }));
}
