import { parseDocument } from "yaml";

/** The value of a text, or why it has none that is known. */
export type Read =
  { readonly value: unknown; readonly problem?: undefined } | { readonly value?: undefined; readonly problem: string };

/** The longest file that is read, in characters: a hundred times what a workflow needs. */
const LONGEST = 262_144;

/**
 * Characters that end a line, or the file, for some readers of YAML and not for others.
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
 */
export function yamlOf(text: string): Read {
  if (text.length > LONGEST) return { problem: `it is longer than ${LONGEST} characters` };
  if (DISPUTED.test(text)) return { problem: "it holds a character that ends a line for some readers only" };
  try {
    const document = parseDocument(text, { version: "1.2", schema: "core", logLevel: "error", prettyErrors: false });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) return { problem: `it is no YAML: ${problem.message}` };
    return { value: document.toJS({ maxAliasCount: 0 }) as unknown };
  } catch (error) {
    // Nested deeper than the stack, or an alias.
    return { problem: `it can't be read as YAML: ${error instanceof Error ? error.message : String(error)}` };
  }
}
