import { INITIAL_FLAGS, type RegexFlags, type RegexReader } from "./reader";

const FLAGS: ReadonlyMap<string, Partial<RegexFlags>> = new Map([
  ["i", { caseInsensitive: true }],
  ["m", { multiLine: true }],
  ["s", { dotMatchesNewline: true }],
  ["R", { crlf: true }],
  ["u", { unicode: true }],
  ["x", { ignoreWhitespace: true }],
  // Swaps greedy and lazy repetitions, which match the same strings.
  ["U", {}],
]);

const LOOK_AROUND = ["?=", "?!", "?<=", "?<!"];
const NAME_START = /^[_\p{Alphabetic}]$/u;
const NAME_REST = /^[_.[\]\p{Alphabetic}\p{N}]$/u;

/**
 * Reads what opens a group, from its parenthesis on, and puts its flags in force.
 *
 * @returns whether a group was opened; otherwise it was flags alone, such as `(?i)`
 */
export function openGroup(reader: RegexReader): boolean {
  reader.next();
  reader.skipSpace();
  if (LOOK_AROUND.some((prefix) => reader.startsWith(prefix))) reader.fail("look-around is not supported");
  if (reader.skip("?P<") || reader.skip("?<")) {
    readName(reader);
    return true;
  }
  if (!reader.skip("?")) return true;
  if (reader.isAtEnd) reader.fail("a group has no closing parenthesis");
  const start = reader.offset;
  const flags = readFlags(reader);
  const isGroup = reader.character === ":";
  if (!isGroup && reader.offset === start) reader.fail("expected flags or : behind (?");
  reader.flags = flags;
  reader.next();
  return isGroup;
}

function readName(reader: RegexReader): void {
  let name = "";
  while (reader.character !== ">") {
    const allowed = name === "" ? NAME_START : NAME_REST;
    if (!allowed.test(reader.character)) reader.fail("expected the name of a group");
    name += reader.character;
    reader.next();
  }
  if (name === "") reader.fail("expected the name of a group");
  if (reader.groupNames.has(name)) reader.fail(`two groups are named ${name}`);
  reader.groupNames.add(name);
  reader.next();
}

function readFlags(reader: RegexReader): RegexFlags {
  const seen = new Set<string>();
  let flags = reader.flags;
  while (reader.character !== ":" && reader.character !== ")") {
    const flag = reader.character;
    const change = flag === "-" ? {} : FLAGS.get(flag);
    if (reader.isAtEnd || change === undefined) return reader.fail("expected one of the flags i, m, s, R, u, x, U");
    if (seen.has(flag)) reader.fail(`${flag} stands twice among the flags`);
    flags = { ...flags, ...(seen.has("-") ? negated(change) : change) };
    seen.add(flag);
    reader.next();
  }
  if ([...seen].at(-1) === "-") reader.fail("expected a flag behind -");
  return flags;
}

function negated(change: Partial<RegexFlags>): Partial<RegexFlags> {
  return Object.fromEntries(Object.keys(change).map((flag) => [flag, INITIAL_FLAGS[flag as keyof RegexFlags]]));
}
