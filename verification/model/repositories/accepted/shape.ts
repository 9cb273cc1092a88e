import type { Expression } from "../expressions/expression";
import { conditionOf, expressionsIn } from "../expressions/template";
import { NotUnderstood, within } from "../not-understood";
import { closed, objectAt } from "../workflow";
import { EVERYWHERE, type Place, PLACES } from "./place";

/**
 * What a part of a workflow has to be for GitHub to take the whole.
 *
 * @param at where it stands
 * @throws {NotUnderstood} where it is something else, or more than is known here
 */
export type Shape = (value: unknown, at: string) => void;

type Kind = "nothing" | "text" | "number" | "switch" | "list" | "object";

function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "list";
  const kinds: Readonly<Record<string, Kind>> = { string: "text", number: "number", boolean: "switch" };
  return kinds[typeof value] ?? "object";
}

/** One of several kinds of values, each with its shape. */
export function oneOf(shapes: Readonly<Partial<Record<Kind, Shape>>>): Shape {
  return (value, at) => {
    const shape = shapes[kindOf(value)];
    if (shape === undefined) throw new NotUnderstood(at, `GitHub takes no ${kindOf(value)} there`);
    shape(value, at);
  };
}

/** Whatever is of a kind. */
export const any: Shape = () => undefined;

/** A text that matches a pattern and holds no expression. */
export function matching(pattern: RegExp): Shape {
  return oneOf({
    text: (value, at) => {
      if (!pattern.test(String(value))) throw new NotUnderstood(at, `GitHub doesn't take "${String(value)}" there`);
    },
  });
}

export const among = (...words: readonly string[]): Shape =>
  oneOf({
    text: (value, at) => {
      if (!words.includes(String(value))) throw new NotUnderstood(at, `GitHub knows no "${String(value)}" there`);
    },
  });

const template =
  (place: Place): Shape =>
  (value, at) => {
    const expressions = within(at, () => expressionsIn(String(value)));
    if (place === PLACES.nowhere && expressions.length > 0) {
      throw new NotUnderstood(at, "GitHub takes no expression there");
    }
    within(at, () => expressions.forEach((expression) => seesOnly(place, expression)));
  };

/** A single expression, whose value has the type that is needed. */
const computed =
  (place: Place): Shape =>
  (value, at) => {
    template(place)(value, at);
    if (!/^\$\{\{[^]*\}\}$/.test(String(value))) throw new NotUnderstood(at, "GitHub takes no text there");
  };

/** A text with or without expressions. Numbers and switches are read as texts. */
export const text = (place: Place = PLACES.nowhere): Shape =>
  oneOf({ text: template(place), number: any, switch: any });

export const filled = (place: Place = PLACES.nowhere): Shape =>
  oneOf({
    text: (value, at) => {
      if (value === "") throw new NotUnderstood(at, "it is empty");
      template(place)(value, at);
    },
  });

export const number = (place: Place): Shape =>
  oneOf({
    text: computed(place),
    number: (value, at) => {
      if (!(Number(value) > 0)) throw new NotUnderstood(at, "it is no number above zero");
    },
  });

export const onOff = (place: Place): Shape => oneOf({ text: computed(place), switch: any });

/** What an `if` may be: an expression, with or without `${{ }}`. */
export const condition = (place: Place): Shape =>
  oneOf({ text: (value, at) => within(at, () => seesOnly(place, conditionOf(String(value)))), switch: any });

function seesOnly({ contexts, functions }: Place, expression: Expression): void {
  const context = [...expression.contexts].find((each) => !contexts.has(each));
  if (context !== undefined) throw new NotUnderstood("", `GitHub knows no ${context} there`);
  const called = [...expression.functions].find((each) => !EVERYWHERE.has(each) && !functions.has(each));
  if (called !== undefined) throw new NotUnderstood("", `GitHub knows no ${called}() there`);
}

/** A list of one or more. */
export const listOf = (shape: Shape): Shape =>
  oneOf({
    list: (value, at) => {
      const list = value as readonly unknown[];
      if (list.length === 0) throw new NotUnderstood(at, "it is empty");
      list.forEach((each, index) => shape(each, `${at}[${index}]`));
    },
  });

/** Members by names of which all are known. */
export function members(shapes: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  const keys = new Set(Object.keys(shapes));
  return (value, at) => {
    const object = objectAt(at, value);
    closed(at, object, keys);
    const lacking = required.find((key) => !Object.hasOwn(object, key));
    if (lacking !== undefined) throw new NotUnderstood(at, `it has no ${lacking}`);
    for (const [key, member] of Object.entries(object)) shapes[key]?.(member, under(at, key));
  };
}

/** Members by names of one's own, which GitHub compares without regard to case. */
export function named(shape: Shape, name = /^[^$]+$/): Shape {
  return (value, at) => {
    const entries = Object.entries(objectAt(at, value));
    const wrong = entries.find(([key]) => !name.test(key));
    if (wrong !== undefined) throw new NotUnderstood(at, `GitHub takes no name "${wrong[0]}" there`);
    if (areTwice(entries.map(([key]) => key))) throw new NotUnderstood(at, "a name stands there twice");
    for (const [key, member] of entries) shape(member, under(at, key));
  };
}

/** An object that has a member. */
export const inhabited: Shape = (value, at) => {
  if (Object.keys(objectAt(at, value)).length === 0) throw new NotUnderstood(at, "it is empty");
};

export const areTwice = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size < names.length;

/** Several shapes at once. */
export const both =
  (...shapes: readonly Shape[]): Shape =>
  (value, at) =>
    shapes.forEach((shape) => shape(value, at));

/** A member that stands in no object beside another one. */
export const notBeside =
  (one: string, other: string): Shape =>
  (value, at) => {
    const object = objectAt(at, value);
    if (one in object && other in object) throw new NotUnderstood(at, `GitHub takes ${one} or ${other}, not both`);
  };

const under = (at: string, key: string): string => (at === "" ? key : `${at}.${key}`);
