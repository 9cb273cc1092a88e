import type { Index } from "./ast";
import { textOf } from "./bytes";
import type { Cursor } from "./cursor";
import { readInteger } from "./literals";
import { readQuotedOrRaw } from "./string-literal";
import { type Type, typeName } from "./type";

const LARGEST_POSITION = 2 ** 32 - 1;
const NOT_AN_INDEX = "expected a key in double quotes, a position from 0, or *";

/** The kind of type that each kind of index reaches into. */
const REACHES_INTO: Readonly<Record<Index["kind"], readonly Type["kind"][]>> = {
  key: ["map"],
  position: ["array"],
  each: ["array", "map"],
};

export interface Indexed {
  readonly indexes: readonly Index[];
  /** The type behind all of them. */
  readonly type: Type;
}

/** Reads the indexes behind a value of a type. */
export function readIndexes(cursor: Cursor, type: Type): Indexed {
  const indexes: Index[] = [];
  let reached = type;
  for (let at = cursor.offset; cursor.skip("["); at = cursor.offset) {
    const index = readIndex(cursor);
    if (!("element" in reached) || !REACHES_INTO[index.kind].includes(reached.kind)) {
      return cursor.fail(
        `found ${cursor.textFrom(at)} behind a value of type ${typeName(reached)}, expected ${expectedFor(reached)}`,
        at,
      );
    }
    reached = reached.element;
    indexes.push(index);
  }
  return { indexes, type: reached };
}

function readIndex(cursor: Cursor): Index {
  cursor.skipSpace();
  const start = cursor.offset;
  const index = cursor.skip("*")
    ? { kind: "each" as const }
    : cursor.startsWith('"')
      ? readKey(cursor)
      : readPosition(cursor);
  const span = cursor.spanFrom(start);
  cursor.skipSpace();
  cursor.expect("]");
  return { ...index, span };
}

function readKey(cursor: Cursor): { kind: "key"; key: string } {
  const start = cursor.offset;
  const key = readQuotedOrRaw(cursor);
  if (textOf(key) === undefined) cursor.fail("found a key that is not UTF-8, expected text", start);
  return { kind: "key", key };
}

function readPosition(cursor: Cursor): { kind: "position"; position: number } {
  const start = cursor.offset;
  const value = integerOrNothing(cursor);
  if (value === undefined || value < 0n || value > LARGEST_POSITION) {
    return cursor.fail(`${cursor.found(start)}, ${NOT_AN_INDEX}`, start);
  }
  return { kind: "position", position: Number(value) };
}

function integerOrNothing(cursor: Cursor): bigint | undefined {
  return cursor.attempt(() => readInteger(cursor).value);
}

function expectedFor(type: Type): string {
  if (type.kind === "array") return "a position such as [0], or [*]";
  if (type.kind === "map") return 'a key such as ["name"], or [*]';
  return "no index";
}
