import { SchemaFault, type SchemaProblem, schemaProblem } from "./schema-problem";
import type { Type } from "./schema";

export type JsonObject = Readonly<Record<string, unknown>>;
type Check = (value: unknown, at: string) => readonly SchemaProblem[];

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A string that is one Terraform expression: its value may be of any type. */
export const isExpression = (value: unknown): boolean => typeof value === "string" && /^\$\{[^]*\}$/.test(value);

export const wrongType = (at: string, value: unknown, type: unknown): readonly SchemaProblem[] => [
  schemaProblem(SchemaFault.WRONG_TYPE, at, value, `a value of type ${JSON.stringify(type)}`),
];

/** Checks every element of a list or set. */
export const elements = (value: unknown, at: string, check: Check): readonly SchemaProblem[] =>
  Array.isArray(value)
    ? value.flatMap((element: unknown, index) => check(element, `${at}[${String(index)}]`))
    : wrongType(at, value, "list");

/** Checks every value of a map. */
export const entries = (value: unknown, at: string, check: Check): readonly SchemaProblem[] =>
  isObject(value)
    ? Object.entries(value).flatMap(([key, entry]) => check(entry, `${at}[${JSON.stringify(key)}]`))
    : wrongType(at, value, "map");

const PRIMITIVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  bool: (value) => typeof value === "boolean",
  dynamic: () => true,
};

/**
 * Checks a value against an attribute's type. Stricter than Terraform, which converts `1` to `"1"` and back: a
 * conversion shows that the bindings or a construct mistook the type.
 *
 * @throws Error for a type that the schema language doesn't have
 */
export function valueProblems(value: unknown, type: Type, at: string): readonly SchemaProblem[] {
  if (isExpression(value) || value === null) return [];
  if (typeof type === "string") return known(PRIMITIVES, type)(value) ? [] : wrongType(at, value, type);
  const [collection, inner] = type;
  return known(COLLECTIONS, collection)(value, inner, at);
}

type Collection = (value: unknown, inner: Type | JsonObject, at: string) => readonly SchemaProblem[];

const list: Collection = (value, inner, at) =>
  elements(value, at, (element, place) => valueProblems(element, inner as Type, place));

const COLLECTIONS: Readonly<Record<string, Collection>> = {
  list,
  set: list,
  map: (value, inner, at) => entries(value, at, (entry, place) => valueProblems(entry, inner as Type, place)),
  object: (value, inner, at) => {
    const members = inner as Readonly<Record<string, Type>>;
    if (!isObject(value)) return wrongType(at, value, ["object", members]);
    const strangers = Object.keys(value).filter((name) => !(name in members));
    return [
      ...strangers.map((name) =>
        schemaProblem(SchemaFault.UNKNOWN_ATTRIBUTE, `${at}.${name}`, value[name], Object.keys(members).join(", ")),
      ),
      ...Object.entries(members).flatMap(([name, type]) =>
        name in value
          ? valueProblems(value[name], type, `${at}.${name}`)
          : [schemaProblem(SchemaFault.MISSING, `${at}.${name}`, undefined, `a value of type ${JSON.stringify(type)}`)],
      ),
    ];
  },
};

function known<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = table[name];
  if (found === undefined) throw new Error(`the schema has a type that this check doesn't know: ${name}`);
  return found;
}
