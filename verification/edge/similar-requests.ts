import { printAddress } from "../../network/address";
import { type Bytes, type Expression, parseWildcard, textOf, type Value, visit } from "../../network/rules-language";
import type { FieldInput } from "./evaluate/request";
import { type EdgeRequest, REPEATED } from "./evaluate/edge-request";
import { fieldsOf, OCCURRING } from "./fields";

/**
 * Requests like another one for which a condition may have another answer. Texts of the condition stand where it looks.
 */
export function requestsLike(request: EdgeRequest, condition: Expression): readonly EdgeRequest[] {
  const { values, words } = comparedIn(condition);
  return values.flatMap((value) => {
    const header = headerOf(value);
    if (header !== undefined) return withHeaders(request, header, words);
    return isOfUrl(value) ? withTargets(request, words) : [];
  });
}

/** The same, and requests from other addresses, or with other values that occur of a field that no request shows. */
export function requestsLikeOrAssuming(request: EdgeRequest, condition: Expression): readonly EdgeRequest[] {
  const { addresses } = comparedIn(condition);
  return [
    ...requestsLike(request, condition),
    ...addresses.map((from) => ({ ...request, from })),
    ...withAssumptions(request, condition),
  ];
}

/**
 * A request that is made to give some answers, one after another, as far as requests like it do.
 *
 * @param like the requests that one may be changed to so that it gives an answer
 */
export function adjusted<Wanted>(
  request: EdgeRequest,
  wanted: readonly Wanted[],
  isMet: (each: Wanted, request: EdgeRequest) => boolean,
  like: (each: Wanted, request: EdgeRequest) => readonly EdgeRequest[],
): EdgeRequest {
  return wanted.reduce((best, each) => {
    if (isMet(each, best)) return best;
    const kept = [each, ...wanted.filter((other) => isMet(other, best))];
    return like(each, best).find((attempt) => kept.every((other) => isMet(other, attempt))) ?? best;
  }, request);
}

/** The values that a condition looks at, and the constants that it compares them with. */
interface Compared {
  readonly values: readonly Value[];
  readonly words: readonly string[];
  readonly numbers: readonly number[];
  readonly addresses: readonly string[];
}

function comparedIn(condition: Expression): Compared {
  const found = { values: [] as Value[], words: [] as string[], numbers: [] as number[], addresses: [] as string[] };
  const word = (bytes: Bytes): void => {
    found.words.push(...[textOf(bytes)].filter((text) => text !== undefined));
  };
  visit(condition, {
    value: (value) => found.values.push(value),
    literal: (literal) => {
      if (literal.kind === "string") word(literal.value);
    },
    expression: (each) => {
      if (each.kind === "containment") word(each.needle);
      if (each.kind === "wildcard-match") word(literalIn(each.pattern));
      if (each.kind === "membership" && each.set.kind === "strings")
        each.set.members.forEach(({ value }) => word(value));
      if (each.kind === "membership" && each.set.kind === "integers")
        each.set.members.forEach(({ first, last }) => found.numbers.push(Number(first), Number(last)));
      if (each.kind !== "comparison") return;
      if (each.literal.kind === "string") word(each.literal.value);
      if (each.literal.kind === "integer") found.numbers.push(Number(each.literal.value));
      if (each.literal.kind === "address") found.addresses.push(printAddress(each.literal.value));
    },
  });
  return found;
}

function literalIn(pattern: Bytes): Bytes {
  return parseWildcard(pattern)
    .map((token) => (token.kind === "any" ? "" : token.bytes))
    .join("");
}

/** The header that a value is made of; undefined where it is none, or more than one. */
function headerOf(value: Value): string | undefined {
  if (value.kind !== "field") return undefined;
  const [index] = value.indexes;
  return value.name === "http.request.headers" && index?.kind === "key" ? textOf(index.key) : REPEATED[value.name];
}

/** A value that nothing asks for. */
const OTHER = "example";

/** Text that can be sent as the value of a header, or as a target, and printed. */
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

function withAssumptions(request: EdgeRequest, condition: Expression): readonly EdgeRequest[] {
  const { words, numbers } = comparedIn(condition);
  const compared: readonly FieldInput[] = [...numbers.flatMap((each) => [each, each - 1, each + 1]), ...words];
  return [...fieldsOf(condition).occurring].flatMap((field) => {
    const { ordinary = [], isValue = () => false } = OCCURRING.get(field) ?? {};
    const values = new Set([...ordinary, ...compared.filter(isValue)]);
    return [...values].map((value) => assuming(request, field, value));
  });
}

function assuming(request: EdgeRequest, field: string, value: FieldInput): EdgeRequest {
  const header = REPEATED[field];
  if (header !== undefined) return { ...request, headers: { ...request.headers, [header]: [String(value)] } };
  return { ...request, assumed: { ...request.assumed, [field]: value } };
}
