import { Assertion, type Bytes, ByteSet, parseWildcard, type RegexNode } from "../../../network/rules-language";
import { nfaOf } from "../../edge/evaluate";
import type { Machine } from "./machine";
import { finds } from "./regex";

const ANY: RegexNode = {
  kind: "repetition",
  part: { kind: "byte", set: ByteSet.ALL },
  least: 0,
  most: Infinity,
};

/** Whether the whole value matches a wildcard pattern. */
export function matchesWildcard(pattern: Bytes, strict: boolean): Machine {
  const tokens = parseWildcard(pattern).flatMap((token) =>
    token.kind === "any" ? [ANY] : Array.from(token.bytes, (byte) => literal(byte.charCodeAt(0), strict)),
  );
  const parts = [assertion(Assertion.TEXT_START), ...tokens, assertion(Assertion.TEXT_END)];
  return finds(nfaOf({ kind: "sequence", parts }));
}

function literal(byte: number, strict: boolean): RegexNode {
  const set = ByteSet.single(byte);
  return { kind: "byte", set: strict ? set : set.foldCase() };
}

function assertion(kind: Assertion): RegexNode {
  return { kind: "assertion", assertion: kind };
}
