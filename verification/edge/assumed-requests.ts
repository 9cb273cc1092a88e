import { printAddress } from "../../network/address";
import { type Expression, textOf, visit } from "../../network/rules-language";
import { attemptsFor } from "../diagram/attempts";
import type { FieldInput } from "./evaluate";
import type { EdgeRequest } from "./evaluate/edge-request";
import { OCCURRING } from "./facts";
import { fieldsOf } from "./shown-fields";

/** The headers that fields repeat: a request says them itself. */
const HEADERS: Readonly<Record<string, string>> = {
  "http.cookie": "cookie",
  "http.referer": "referer",
  "http.user_agent": "user-agent",
};

/** Requests like another one that a condition may answer otherwise: what it asks about has another value that occurs. */
export function requestsLike(request: EdgeRequest, condition: Expression): readonly EdgeRequest[] {
  return [
    ...attemptsFor(condition, request),
    ...addressesIn(condition).map((from) => ({ ...request, from })),
    ...withAssumptions(request, condition),
  ];
}

/** The addresses that a condition compares with. */
function addressesIn(condition: Expression): readonly string[] {
  const addresses: string[] = [];
  visit(condition, {
    expression: (each) => {
      if (each.kind === "comparison" && each.literal.kind === "address")
        addresses.push(printAddress(each.literal.value));
    },
  });
  return addresses;
}

/** Requests that differ from another one in what no request shows, as far as a condition asks about it. */
function withAssumptions(request: EdgeRequest, condition: Expression): readonly EdgeRequest[] {
  const named = valuesIn(condition);
  return [...fieldsOf(condition).occurring].flatMap((field) => {
    const { ordinary = [], isValue = () => false } = OCCURRING.get(field) ?? {};
    const values = new Set([...ordinary, ...named.filter(isValue)]);
    return [...values].map((value) => assuming(request, field, value));
  });
}

function assuming(request: EdgeRequest, field: string, value: FieldInput): EdgeRequest {
  const header = HEADERS[field];
  if (header !== undefined) return { ...request, headers: { ...request.headers, [header]: [String(value)] } };
  return { ...request, assumed: { ...request.assumed, [field]: value } };
}

/** The values that a condition compares with, and those beside its numbers. */
function valuesIn(condition: Expression): readonly FieldInput[] {
  const values: FieldInput[] = [];
  const number = (value: bigint): void => {
    values.push(Number(value), Number(value) - 1, Number(value) + 1);
  };
  visit(condition, {
    expression: (each) => {
      if (each.kind === "comparison" && each.literal.kind === "integer") number(each.literal.value);
      if (each.kind === "comparison" && each.literal.kind === "string") values.push(textOf(each.literal.value) ?? "");
      if (each.kind === "containment") values.push(textOf(each.needle) ?? "");
      if (each.kind === "membership" && each.set.kind === "strings")
        values.push(...each.set.members.map(({ value }) => textOf(value) ?? ""));
      if (each.kind === "membership" && each.set.kind === "integers")
        each.set.members.forEach(({ first, last }) => [first, last].forEach(number));
    },
  });
  return values;
}
