import { parseDocument } from "yaml";
import { NotUnderstood } from "./not-understood";

/** The longest file that is read, in characters: a hundred times what a workflow needs. */
const LONGEST = 262_144;

/**
 * What ends a line, or the file, for some readers of YAML and not for others, so that some alone read what stands behind it.
 * GitHub reads workflows with YamlDotNet, which breaks lines as YAML 1.1 does; the reader here does as YAML 1.2 says.
 *
 * @see https://github.com/aaubry/YamlDotNet/blob/0141625b98e3ced6b79272a1b21f466a16ba9c41/YamlDotNet/Core/CharacterAnalyzer.cs
 * @see https://yaml.org/spec/1.2.2/#54-line-break-characters
 */
const DISPUTED = /\r(?!\n)|[\u2028\u2029\uFEFF]|(?![\t\n\r])\p{Cc}/u;

/**
 * The value of a YAML 1.2 file, in which `on` is a string. Aliases, tags and merge keys are left to those who read them all
 * in the same way.
 *
 * @see https://yaml.org/spec/1.2.2/#103-core-schema
 * @throws {NotUnderstood} where the text is no such file, or a larger one than anybody writes
 */
export function yamlOf(text: string): unknown {
  if (READ.has(text)) return READ.get(text);
  const value = read(text);
  if (READ.size >= KEPT) READ.clear();
  READ.set(text, value);
  return value;
}

/** What was read lately, since an app is judged again and again with the same files. */
const READ = new Map<string, unknown>();
const KEPT = 64;

function read(text: string): unknown {
  if (text.length > LONGEST) throw new NotUnderstood("", `it is longer than ${LONGEST} characters`);
  if (DISPUTED.test(text)) throw new NotUnderstood("", "it holds a character that ends a line for some readers only");
  const value = parsed(text);
  // Whoever reads the file marks what only a run knows by this character.
  if (JSON.stringify(value)?.includes("\\u0000")) throw new NotUnderstood("", "it holds a NUL character");
  return value;
}

function parsed(text: string): unknown {
  try {
    const document = parseDocument(text, { version: "1.2", schema: "core", logLevel: "error", prettyErrors: false });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw new NotUnderstood("", `it is no YAML: ${problem.message}`);
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch (error) {
    if (error instanceof NotUnderstood) throw error;
    // Nested deeper than the stack, or an alias.
    throw new NotUnderstood("", `it can't be read as YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}
