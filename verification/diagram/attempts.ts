import { type Expression, type Literal, parseWildcard, textOf, type Value, visit } from "../../network/rules-language";
import type { EdgeRequest } from "../edge/evaluate/edge-request";

/** Requests like another one that a condition may answer otherwise: what it compares with stands where it looks. */
export function attemptsFor(condition: Expression, request: EdgeRequest): readonly EdgeRequest[] {
  const { values, words } = partsOf(condition);
  return values.flatMap((value) => {
    const header = headerOf(value);
    if (header !== undefined) return withHeaders(request, header, words);
    return isOfUrl(value) ? withTargets(request, words) : [];
  });
}

interface Parts {
  readonly values: readonly Value[];
  readonly words: readonly string[];
}

function partsOf(condition: Expression): Parts {
  const values: Value[] = [];
  const words: (string | undefined)[] = [];
  visit(condition, {
    value: (value) => values.push(value),
    literal: (literal) => words.push(...wordsOf(literal)),
    expression: (expression) => words.push(...comparedIn(expression)),
  });
  return { values, words: words.filter((word) => word !== undefined) };
}

function wordsOf(literal: Literal): readonly (string | undefined)[] {
  return literal.kind === "string" ? [textOf(literal.value)] : [];
}

function comparedIn(expression: Expression): readonly (string | undefined)[] {
  switch (expression.kind) {
    case "comparison":
      return wordsOf(expression.literal);
    case "membership":
      return expression.set.kind === "strings" ? expression.set.members.map(({ value }) => textOf(value)) : [];
    case "containment":
      return [textOf(expression.needle)];
    case "wildcard-match":
      return [
        textOf(
          parseWildcard(expression.pattern)
            .map((token) => (token.kind === "any" ? "" : token.bytes))
            .join(""),
        ),
      ];
    default:
      return [];
  }
}

/** The fields that repeat a header. */
const HEADERS: Readonly<Record<string, string>> = {
  "http.cookie": "cookie",
  "http.referer": "referer",
  "http.user_agent": "user-agent",
};

/** The header that a value is made of; undefined where it is none, or more than one. */
function headerOf(value: Value): string | undefined {
  if (value.kind !== "field") return undefined;
  const [index] = value.indexes;
  return value.name === "http.request.headers" && index?.kind === "key" ? textOf(index.key) : HEADERS[value.name];
}

/** What a header holds that nothing asks for. */
const OTHER = "example";

/** What can be sent as the value of a header, or as a target, and printed. */
const SENT_VALUE = /^[!-~](?:[ -~]*[!-~])?$/;
const SENT_TARGET = /^\/[!-"$-~]*$/;

function withHeaders(request: EdgeRequest, name: string, words: readonly string[]): readonly EdgeRequest[] {
  return [...words, OTHER]
    .filter((word) => name !== "host" && SENT_VALUE.test(word))
    .map((word) => ({ ...request, headers: { ...request.headers, [name]: [word] } }));
}

function isOfUrl(value: Value): boolean {
  return value.kind === "field" && /^(?:raw\.)?http\.request\.(?:full_)?uri/.test(value.name);
}

function withTargets(request: EdgeRequest, words: readonly string[]): readonly EdgeRequest[] {
  const { target } = request;
  return words
    .map((word) => word.replace(/^https?:\/\/[^/]*/, ""))
    .flatMap((word) => [word, `/${word}`, `/${OTHER}.${word}`, `${target}${word}`, `${target}?${word}`])
    .filter((each) => SENT_TARGET.test(each))
    .map((each) => ({ ...request, target: each }));
}
