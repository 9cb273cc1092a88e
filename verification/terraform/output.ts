import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { parsedBy } from "../../policy/problems";
import { MOST_VALUES, parseJson } from "../../errors/json-text";
import { decoded, MOST_BYTES } from "../../errors/user-file";
import { foldersWithoutStack, readBeside, someOf } from "./beside";
import {
  differences,
  type Hashes,
  hashesIn,
  POLICY_FILE,
  policyDocumentSchema,
  PROOF_FILE,
  proofDocumentSchema,
} from "./documents";
import { isObject } from "./json";
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

const STACK_FILE = "cdk.tf.json";
const WRITTEN = /^cdk\.tf\.json$/;

const CHANGE = "synthesize again";

/** The most values of a document that names stacks or environments: a thousand of them, and each problem is told by its place. */
const MOST_NAMED = 100_000;

/**
 * Reads a synthesized app.
 *
 * @throws {InvalidInput} naming every file that can't be read, with what was got and what is allowed
 */
export function readOutput(source: Source): Output {
  const reader = new Reader(source);
  reader.list();
  const environments = reader.environments();
  const stacks = reader.stacks(environments);
  const changed = reader.changed();
  reader.throwIfAny();
  return { model: new Model(stacks), policies: Policy.across(environments), changed };
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

/** Reads files, and collects the problems that it finds. The sum of all files that it reads is bounded. */
class Reader {
  private readonly problems: Problem[] = [];
  private bytesLeft = MOST_BYTES;
  private valuesLeft = MOST_VALUES;
  private fileBytesLeft = MOST_BYTES;
  private readonly files = new Map<string, Uint8Array | undefined>();
  private paths: readonly string[] = [];
  private unlisted: ReadonlySet<string> = new Set();

  public constructor(private readonly source: Source) {}

  public list(): void {
    const { paths, problems } = this.source.list();
    this.paths = paths;
    this.complain(problems);
    this.unlisted = new Set(problems.map(({ at }) => at));
  }

  /** There may be more of them than a call has arguments. */
  private complain(problems: readonly Problem[]): void {
    for (const problem of problems) this.problems.push(problem);
  }

  public throwIfAny(): void {
    InvalidInput.throwIfAny(this.source.name, this.problems);
  }

  public environments(): readonly Environment[] {
    return (this.document(POLICY_FILE, policyDocumentSchema, MOST_NAMED)?.environments ?? []) as readonly Environment[];
  }

  /** @param environments each has a stack of its name */
  public stacks(environments: readonly Environment[]): readonly Stack[] {
    const manifest = this.document("manifest.json", manifestSchema, MOST_NAMED);
    if (manifest === undefined) return [];
    const names = new Set(Object.keys(manifest.stacks));
    this.complain(environments.flatMap(({ name }, index) => withoutStack(name, index, names)));
    this.complain(foldersWithoutStack(this.paths, names));
    this.complain(readBeside(this.source, this.paths, WRITTEN));
    return Object.entries(manifest.stacks).flatMap(([name, stack]) => this.stack(name, stack) ?? []);
  }

  /** The paths of files that differ from those that were proven; undefined where no `proof.json` says which were. */
  public changed(): readonly string[] | undefined {
    if (this.source.read(PROOF_FILE, 0) === undefined) return undefined;
    const proof = this.document(PROOF_FILE, proofDocumentSchema);
    if (proof === undefined) return undefined;
    const { hashes, problems } = hashesIn(this.source, this.paths);
    this.complain(problems);
    return differences(proof.files as Hashes, hashes);
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
      this.complain(error.problems.map(({ at, ...problem }) => ({ at: `${path} ${at}`, ...problem })));
      return undefined;
    }
  }

  /** A file within a folder; a path that leads out of it is none. */
  private fileIn(folder: string, path: string): Uint8Array | undefined {
    const inside = posix.normalize(path);
    if (inside.startsWith("..") || inside.startsWith("/")) return undefined;
    return this.file(`${folder}/${inside}`);
  }

  private file(path: string): Uint8Array | undefined {
    if (this.files.has(path)) return this.files.get(path);
    const content = this.source.read(path, this.fileBytesLeft);
    const bytes = content !== undefined && "bytes" in content ? content.bytes : undefined;
    this.fileBytesLeft -= bytes?.length ?? 0;
    this.files.set(path, bytes);
    return bytes;
  }

  /** A JSON file of this form; undefined where it has another, which is a problem. */
  public document<T>(path: string, schema: z.ZodType<T>, most?: number): T | undefined {
    const read = this.json(path, most);
    if (read === undefined) return undefined;
    const parsed = parsedBy(schema, read.value);
    if ("value" in parsed) return parsed.value;
    this.complain(parsed.problems.map((problem) => ({ ...problem, at: `${path} ${problem.at}` })));
    return undefined;
  }

  private json(path: string, most = MOST_VALUES): { readonly value: unknown } | undefined {
    const content = this.source.read(path, this.bytesLeft) ?? unreadable("no such file");
    const parsed = "bytes" in content ? parseJson(decoded(content.bytes), Math.min(most, this.valuesLeft)) : content;
    this.bytesLeft -= "bytes" in content ? content.bytes.length : 0;
    if ("problem" in parsed) {
      // The listing has named everything that is no regular file.
      if (!this.unlisted.has(path)) this.problems.push({ at: path, ...parsed.problem, change: CHANGE });
      return undefined;
    }
    this.valuesLeft -= parsed.values;
    return parsed;
  }
}

/** A policy without a stack would be proven over no resource. */
function withoutStack(name: string, index: number, stacks: ReadonlySet<string>): readonly Problem[] {
  if (stacks.has(name)) return [];
  const at = `${POLICY_FILE} environments[${index}].name`;
  return [{ at, got: shown(name), allowed: `the name of a stack: ${someOf(stacks)}`, change: CHANGE }];
}
