import type { Nested } from "./node";
import type { RegexReader } from "./reader";

interface Bounds {
  readonly least: number;
  readonly most: number;
}

const SIMPLE: ReadonlyMap<string, Bounds> = new Map([
  ["?", { least: 0, most: 1 }],
  ["*", { least: 0, most: Infinity }],
  ["+", { least: 1, most: Infinity }],
]);

const DIGIT = /^[0-9]$/;
const LARGEST_COUNT = 2 ** 32 - 1;

export function isRepetitionOperator(reader: RegexReader): boolean {
  return SIMPLE.has(reader.character) || reader.character === "{";
}

/** Reads `?`, `*`, `+` or `{...}`, each with a `?` behind it or not, and applies it to the part before. */
export function readRepetition(reader: RegexReader, { node, depth }: Nested): Nested {
  const simple = SIMPLE.get(reader.character);
  const bounds = simple ?? readCounts(reader);
  if (simple === undefined) reader.nextPastSpace();
  else reader.next();
  reader.skip("?");
  return { node: { kind: "repetition", part: node, ...bounds }, depth: depth + 1 };
}

/** Reads `{n`, `{n,` or `{n,m`, and stops at the closing brace. */
function readCounts(reader: RegexReader): Bounds {
  if (!reader.nextPastSpace()) unclosed(reader);
  const least = readCount(reader);
  const hasComma = reader.startsWith(",");
  if (hasComma && !reader.nextPastSpace()) unclosed(reader);
  const isOpen = hasComma && reader.startsWith("}");
  const most = isOpen ? Infinity : hasComma ? readCount(reader) : least;
  if (!reader.startsWith("}")) unclosed(reader);
  if (least > most) reader.fail("a repetition starts with its smaller count");
  return { least, most };
}

function readCount(reader: RegexReader): number {
  let digits = "";
  reader.skipWhiteSpace();
  while (DIGIT.test(reader.character)) {
    digits += reader.character;
    reader.nextPastSpace();
  }
  reader.skipWhiteSpace();
  if (digits === "" || Number(digits) > LARGEST_COUNT) reader.fail(`expected a count from 0 to ${LARGEST_COUNT}`);
  return Number(digits);
}

function unclosed(reader: RegexReader): never {
  return reader.fail("a counted repetition has no closing brace");
}
