import type { Argument } from "./ast";
import type { Cursor } from "./cursor";
import { ArgumentKind, type FunctionSignature, type Parameter } from "./functions";
import { sameType, STRING, type Type, typeName } from "./type";
import { isLiteral, isMapped, isValue, typeOfArgument } from "./type-of";

/** The parameter that an argument fills, counted from 0; nothing where the function takes no more. */
function parameterAt({ required, optional, rest }: FunctionSignature, index: number): Parameter | undefined {
  return [...required, ...optional][index] ?? rest;
}

/** Refuses an argument that does not fit its place in a call. `at` is where the argument starts. */
export function checkArgument(
  cursor: Cursor,
  signature: FunctionSignature,
  earlier: readonly Argument[],
  argument: Argument,
  at: number,
): void {
  const index = earlier.length;
  if (index > 0 && isValue(argument) && isMapped(argument)) {
    cursor.fail(`found [*] in argument ${index + 1}, expected it in the first argument of a function only`, at);
  }
  const parameter = parameterAt(signature, index);
  if (parameter === undefined) return cursor.fail(`found one argument too many, expected ${countOf(signature)}`, at);
  const problem =
    kindProblem(parameter, argument) ??
    typeProblem(parameter, earlier, argument) ??
    constraintProblem(parameter, argument);
  if (problem !== undefined) cursor.fail(`found ${problem} for the ${parameter.name} of ${signature.name}`, at);
}

/** How many arguments a function takes, in words. */
export function countOf({ name, required, optional, rest }: FunctionSignature): string {
  const most = required.length + optional.length;
  if (rest !== undefined) return `at least ${required.length} arguments for ${name}`;
  if (most === required.length) return `${most} ${most === 1 ? "argument" : "arguments"} for ${name}`;
  return `${required.length} to ${most} arguments for ${name}`;
}

function kindProblem({ kind }: Parameter, argument: Argument): string | undefined {
  const given = isLiteral(argument) ? ArgumentKind.LITERAL : ArgumentKind.FIELD;
  return kind === ArgumentKind.ANY || kind === given ? undefined : `${given}, expected ${kind}`;
}

function typeProblem(
  { types, ofElements = false }: Parameter,
  [first]: readonly Argument[],
  argument: Argument,
): string | undefined {
  const type = typeOfArgument(argument);
  const ofFirst = first === undefined ? [] : [typeOfArgument(first)];
  const elements = ofFirst.flatMap((collection) => ("element" in collection ? collection.element : []));
  const expected = ofElements ? elements : types.length > 0 ? types : ofFirst;
  const isAnyArray = expected.length === 0 && type.kind === "array";
  if (isAnyArray || allowed(expected).some((one) => sameType(one, type))) return undefined;
  const names = allowed(expected).map(typeName).join(" or ");
  return `${typeName(type)}, expected ${names}${expected.length === 0 ? " or an array" : ""}`;
}

function allowed(types: readonly Type[]): readonly Type[] {
  return types.length === 0 ? [STRING] : types;
}

function constraintProblem({ constraint }: Parameter, argument: Argument): string | undefined {
  const expected = isLiteral(argument) ? constraint?.(argument) : undefined;
  return expected === undefined ? undefined : `another value, expected ${expected}`;
}
