import { join } from "node:path";
import { z } from "zod";
import { jsonOfFile } from "../../errors/json-text";
import { type Reading, read, unreadable } from "../platforms/platform";

const attributes = z.record(z.string(), z.unknown());
const stack = z.object({ resource: z.record(z.string(), z.record(z.string(), attributes)).optional() });

/** A resource of a synthesized stack. */
export interface SynthesizedResource {
  /** Its address in Terraform, `<type>.<name>`. */
  readonly address: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a deploy of an environment would write, as it was synthesized. */
export interface Synthesized {
  /** The folder in which Terraform runs. */
  readonly folder: string;
  readonly resources: (type: string) => readonly SynthesizedResource[];
}

/** Reads an environment's stack in an output folder of `cdktf synth`. */
export async function readSynthesized(output: string, environment: string): Promise<Reading<Synthesized>> {
  const folder = join(output, "stacks", environment);
  const file = join(folder, "cdk.tf.json");
  const todo = `run \`npx cdktf synth\`, or name its output folder with --folder; it was looked for in ${output}`;
  const content = jsonOfFile(file) ?? { problem: { got: "no such file" } };
  if ("problem" in content) return unreadable(`${file} can't be read: ${content.problem.got}`, todo);
  const result = stack.safeParse(content.value);
  if (!result.success) return unreadable(`${file} is no Terraform JSON`, todo);
  const { resource = {} } = result.data;
  const resources = (type: string): readonly SynthesizedResource[] =>
    Object.entries(resource[type] ?? {}).map(([name, values]) => ({
      address: `${type}.${name}`,
      attributes: values,
    }));
  return read({ folder, resources });
}

/** An attribute that is text. */
export function textAt({ attributes: values }: SynthesizedResource, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

/** The line that takes over what exists as a resource of a stack. */
export function importLine({ folder }: Synthesized, { address }: SynthesizedResource, id: string): string {
  return `terraform -chdir=${quoted(folder)} import ${quoted(address)} ${quoted(id)}`;
}

/** A word of a shell's command line. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
