import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { jsonOfFile } from "../../errors/json-text";
import { parsedBy } from "../../policy/problems";
import { inMemory, type Source } from "./source";
import { z } from "zod";

/**
 * The name of the one file that holds an app which isn't proven. It can be read and compared; Terraform and CDKTF make nothing
 * of it, so it can't be deployed.
 */
export const UNPROVEN_FILE = "unproven.json";

const FORMAT = 1;

const schema = z.strictObject({
  format: z.literal(FORMAT, { error: `${FORMAT}: the format that this version reads` }),
  files: z.record(z.string(), z.string({ error: "the text of a file" }), {
    error: "the texts of files by their paths",
  }),
});

/** The files of an app in one document. */
export function unprovenDocument(source: Source): z.infer<typeof schema> {
  const texts = source.list().paths.map((path) => {
    const content = source.read(path);
    return [
      path,
      content !== undefined && "bytes" in content ? Buffer.from(content.bytes).toString("utf8") : "",
    ] as const;
  });
  return { format: FORMAT, files: Object.fromEntries(texts) };
}

/**
 * Reads the files of an app that isn't proven.
 *
 * @throws {InvalidInput} where no refused synth wrote the file
 */
export function unprovenFiles(path: string): Source {
  const name = `the unproven app ${path}`;
  const fail = (problems: readonly Problem[]): never => {
    throw new InvalidInput(name, problems);
  };
  const read = jsonOfFile(path) ?? { problem: { got: "no such file", allowed: "a file of a refused synth" } };
  if ("problem" in read) return fail([{ at: "the file", ...read.problem }]);
  const parsed = parsedBy(schema, read.value);
  return "value" in parsed ? inMemory(name, parsed.value.files) : fail(parsed.problems);
}
