import { InvalidInput, type Problem, shown } from "../../../errors/invalid-input";
import { parseAddress } from "../../../network/address";
import { bytesOf, FIELDS, type Type, typeName } from "../../../network/rules-language";
import { isArray, type RuntimeValue } from "./values";

/** The value of a field as it is written: text for strings and addresses, arrays, and objects for maps. */
export type FieldInput =
  boolean | number | bigint | string | readonly FieldInput[] | { readonly [key: string]: FieldInput };

/** One request, as the values of the fields that are known of it. */
export type Request = ReadonlyMap<string, RuntimeValue>;

/**
 * @param fields field names of the Rules language with their values; text becomes bytes by UTF-8
 * @throws InvalidInput when a name is no field or a value is not of its type
 */
export function requestOf(fields: Readonly<Record<string, FieldInput>>): Request {
  const problems: Problem[] = [];
  const values = Object.entries(fields).map(([name, input]): [string, RuntimeValue] => {
    const type = FIELDS.get(name)?.type;
    const value = type === undefined ? undefined : read(type, input);
    if (value === undefined) problems.push(problemWith(name, type, input));
    return [name, value ?? false];
  });
  InvalidInput.throwIfAny("request", problems);
  return new Map(values);
}

function read(type: Type, input: FieldInput): RuntimeValue | undefined {
  switch (type.kind) {
    case "boolean":
      return typeof input === "boolean" ? input : undefined;
    case "integer":
      return typeof input === "bigint" || Number.isSafeInteger(input) ? BigInt(input as bigint | number) : undefined;
    case "string":
      return typeof input === "string" ? bytesOf(input) : undefined;
    case "address":
      return typeof input === "string" ? parseAddress(input) : undefined;
    case "array":
      return Array.isArray(input) ? readAll(type.element, input as readonly FieldInput[]) : undefined;
    case "map":
      return isRecord(input) ? readEntries(type.element, input) : undefined;
  }
}

function readAll(type: Type, inputs: readonly FieldInput[]): RuntimeValue | undefined {
  const values = inputs.map((input) => read(type, input));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function readEntries(type: Type, input: Readonly<Record<string, FieldInput>>): RuntimeValue | undefined {
  const values = readAll(type, Object.values(input));
  if (values === undefined || !isArray(values)) return undefined;
  return new Map(Object.keys(input).map((key, index) => [bytesOf(key), values[index] ?? false]));
}

function isRecord(input: FieldInput): input is Readonly<Record<string, FieldInput>> {
  return typeof input === "object" && !Array.isArray(input);
}

function problemWith(name: string, type: Type | undefined, input: unknown): Problem {
  return type === undefined
    ? { at: name, got: shown(name), allowed: "a field of the Rules language" }
    : { at: name, got: shown(typeof input === "bigint" ? String(input) : input), allowed: typeName(type) };
}
