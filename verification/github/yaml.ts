import { CST, type Document, isScalar, Lexer, parseDocument, Parser, visit } from "yaml";

/** The value of a text, or why it has none that is known. */
export type Read =
  { readonly value: unknown; readonly problem?: undefined } | { readonly value?: undefined; readonly problem: string };

/** The longest file that is read, in characters: a hundred times as long as a workflow needs. */
const LONGEST = 262_144;

/**
 * Characters that end a line, or the file, for some readers of YAML and not for others.
 * GitHub reads workflows with YamlDotNet, which breaks lines as YAML 1.1 does; the reader here does as YAML 1.2 says.
 *
 * @see https://github.com/aaubry/YamlDotNet/blob/0141625b98e3ced6b79272a1b21f466a16ba9c41/YamlDotNet/Core/CharacterAnalyzer.cs
 * @see https://yaml.org/spec/1.2.2/#54-line-break-characters
 */
const DISPUTED = /\r(?!\n)|[\u2028\u2029\uFEFF]|(?![\t\n\r])\p{Cc}/u;

/** The most levels of lists and objects. */
const DEEPEST = 100;

/** The most pieces of syntax, such as an indentation, a value or a comma. */
const MOST = 50_000;

/**
 * The value of a YAML 1.2 file, in which `on` is a string. Aliases, tags and merge keys are left to those who read them all
 * in the same way.
 *
 * @see https://yaml.org/spec/1.2.2/#103-core-schema
 */
export function yamlOf(text: string): Read {
  if (text.length > LONGEST) return { problem: `it is longer than ${LONGEST} characters` };
  if (DISPUTED.test(text)) return { problem: "it holds a character that ends a line for some readers only" };
  const problem = beyondBounds(text);
  if (problem !== undefined) return { problem };
  try {
    const options = {
      version: "1.2",
      schema: "core",
      logLevel: "error",
      prettyErrors: false,
      uniqueKeys: false,
    } as const;
    const document = parseDocument(text, options);
    const [fault] = [...document.errors, ...document.warnings];
    if (fault !== undefined) return { problem: `it is no YAML: ${fault.message}` };
    const key = keyTwice(document);
    if (key !== undefined) return { problem: `it is no YAML: ${key}` };
    return { value: document.toJS({ maxAliasCount: 0 }) as unknown };
  } catch (error) {
    return { problem: `it can't be read as YAML: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** Why a text is more than is read. It is counted before anything is composed of it: that takes as many calls as it has levels. */
function beyondBounds(text: string): string | undefined {
  const parser = new Parser();
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    count += 1;
    if (count > MOST) return `it has more than ${MOST} pieces of syntax`;
    if (CST.tokenType(lexeme) === "alias") return "it has an alias";
    // The parser's output is dropped: only the collections that are open count.
    Array.from(parser.next(lexeme));
    if (parser.stack.length > DEEPEST) return `it nests more than ${DEEPEST} levels deep`;
  }
  return undefined;
}

/** A key that an object has twice, that merges another object for some readers, or that isn't plain. The package compares each key with each. */
function keyTwice(document: Document): string | undefined {
  let problem: string | undefined;
  visit(document, {
    Map: (_, { items }) => {
      const keys = items.map(({ key }) => (isScalar(key) ? String(key.value) : undefined));
      if (keys.includes(undefined)) problem ??= "a key is a list or an object";
      if (keys.includes("<<")) problem ??= "an object has a merge key";
      if (new Set(keys).size < keys.length) problem ??= "an object has a key twice";
      return problem === undefined ? undefined : visit.BREAK;
    },
  });
  return problem;
}
