import { SchemaFault, type SchemaProblem, schemaProblem } from "./schema-problem";
import type { Attribute, Block, BlockType, NestedType, NestingMode } from "./schema";
import { elements, entries, isExpression, isObject, valueProblems, wrongType } from "./value-problems";

type Check = (value: unknown, at: string) => readonly SchemaProblem[];

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** Checks the members of a block: a resource, a data source, a provider or a block within one. */
export function blockProblems(value: unknown, block: Block, at: string): readonly SchemaProblem[] {
  if (!isObject(value)) return wrongType(at, value, "block");
  const { attributes = {}, block_types: blockTypes = {} } = block;
  const known = [...Object.keys(attributes), ...Object.keys(blockTypes)];
  return [
    ...strangers(value, known, at),
    ...Object.entries(attributes).flatMap(([name, attribute]) =>
      attributeProblems(value[name], attribute, `${at}.${name}`),
    ),
    ...Object.entries(blockTypes).flatMap(([name, type]) => nestedBlockProblems(value[name], type, `${at}.${name}`)),
  ];
}

function strangers(value: object, known: readonly string[], at: string): readonly SchemaProblem[] {
  return Object.entries(value)
    .filter(([name]) => !known.includes(name))
    .map(([name, stranger]) =>
      schemaProblem(SchemaFault.UNKNOWN_ATTRIBUTE, `${at}.${name}`, stranger, `one of ${known.join(", ")}`),
    );
}

function attributeProblems(value: unknown, attribute: Attribute, at: string): readonly SchemaProblem[] {
  const { required = false, optional = false, type, nested_type: nested } = attribute;
  if (!isSet(value)) {
    return required ? [schemaProblem(SchemaFault.MISSING, at, undefined, "a value: the attribute is required")] : [];
  }
  if (!required && !optional) {
    return [schemaProblem(SchemaFault.COMPUTED_ONLY, at, value, "nothing: the provider computes the attribute")];
  }
  return nested === undefined ? valueProblems(value, type ?? "no type", at) : nestedProblems(value, nested, at);
}

function nestedProblems(value: unknown, nested: NestedType, at: string): readonly SchemaProblem[] {
  const single: Check = (element, place) =>
    isExpression(element) ? [] : blockProblems(element, { attributes: nested.attributes }, place);
  return isExpression(value) ? [] : NESTINGS[nested.nesting_mode](value, at, single);
}

function nestedBlockProblems(value: unknown, type: BlockType, at: string): readonly SchemaProblem[] {
  const { min_items: min = 0, max_items: max = Infinity, nesting_mode: mode, block } = type;
  const isRepeated = mode === "list" || mode === "set";
  // Terraform's JSON syntax lets one block of a repeated type stand without its list.
  const blocks = isRepeated && isObject(value) ? [value] : value;
  const count = Array.isArray(blocks) ? blocks.length : Number(isSet(blocks));
  return [
    ...(count < min ? [schemaProblem(SchemaFault.MISSING, at, value, `${String(min)} or more blocks`)] : []),
    ...(count > max ? [schemaProblem(SchemaFault.TOO_MANY_BLOCKS, at, value, `${String(max)} or fewer blocks`)] : []),
    ...(isSet(blocks) ? NESTINGS[mode](blocks, at, (one, place) => blockProblems(one, block, place)) : []),
  ];
}

const NESTINGS: Readonly<Record<NestingMode, (value: unknown, at: string, single: Check) => readonly SchemaProblem[]>> =
  {
    single: (value, at, single) => single(value, at),
    group: (value, at, single) => single(value, at),
    list: elements,
    set: elements,
    map: entries,
  };
