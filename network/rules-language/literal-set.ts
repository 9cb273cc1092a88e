import { readAddressRange } from "./address-literal";
import type { LiteralSet, StringLiteral } from "./ast";
import type { Cursor } from "./cursor";
import { readIntegerRange } from "./integer-literal";
import { readString } from "./string-literal";
import type { PrimitiveType } from "./type";

/** Reads a set `{...}` of literals of one type, with white space between them. */
export function readSet(cursor: Cursor, type: Exclude<PrimitiveType["kind"], "boolean">): LiteralSet {
  const start = cursor.offset;
  switch (type) {
    case "string": {
      const members = readMembers(cursor, readStringLiteral);
      return { kind: "strings", members, span: cursor.spanFrom(start) };
    }
    case "integer": {
      const members = readMembers(cursor, readIntegerRange);
      return { kind: "integers", members, span: cursor.spanFrom(start) };
    }
    case "address": {
      const members = readMembers(cursor, readAddressRange);
      return { kind: "addresses", members, span: cursor.spanFrom(start) };
    }
  }
}

export function readStringLiteral(cursor: Cursor): StringLiteral {
  const start = cursor.offset;
  return { kind: "string", value: readString(cursor), span: cursor.spanFrom(start) };
}

function readMembers<Member>(cursor: Cursor, read: (cursor: Cursor) => Member): readonly Member[] {
  const members: Member[] = [];
  cursor.expect("{");
  for (cursor.skipSpace(); !cursor.skip("}"); cursor.skipSpace()) members.push(read(cursor));
  return members;
}
