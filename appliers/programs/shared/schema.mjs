// @ts-check
import { isDeepStrictEqual } from "node:util";

/**
 * The part of JSON Schema (draft 2020-12) that the desired states and the platforms' answers are written in.
 *
 * @typedef {Readonly<Record<string, any>>} Schema
 */

const isObject = (/** @type {unknown} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @type {Readonly<Record<string, (value: any) => boolean>>} */
const TYPES = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === "string",
};

/** @param {readonly unknown[]} items */
const distinct = (items) =>
  items.every((item, index) => items.slice(0, index).every((other) => !isDeepStrictEqual(other, item)));

const NOTHING = () => [];

/**
 * One function for each keyword: its complaints about a value. A keyword that isn't here is an error of the schema, so
 * every word of a schema is checked.
 *
 * @type {Readonly<Record<string, (is: any, value: any, at: string, schema: Schema) => readonly string[]>>}
 */
const KEYWORDS = {
  $schema: NOTHING,
  title: NOTHING,
  description: NOTHING,
  type: (is, value, at) => (TYPES[is]?.(value) ? [] : [`${at} must be of type ${is}`]),
  const: (is, value, at) => (isDeepStrictEqual(value, is) ? [] : [`${at} must be ${JSON.stringify(is)}`]),
  enum: (is, value, at) =>
    is.some((/** @type {unknown} */ one) => isDeepStrictEqual(one, value))
      ? []
      : [`${at} must be one of ${JSON.stringify(is)}`],
  pattern: (is, value, at) =>
    typeof value !== "string" || new RegExp(is, "u").test(value) ? [] : [`${at} must have the form ${is}`],
  maxLength: (is, value, at) =>
    typeof value !== "string" || [...value].length <= is ? [] : [`${at} must have at most ${is} characters`],
  minItems: (is, value, at) =>
    !Array.isArray(value) || value.length >= is ? [] : [`${at} must have at least ${is} entries`],
  uniqueItems: (is, value, at) =>
    !is || !Array.isArray(value) || distinct(value) ? [] : [`${at} must not hold an entry twice`],
  items: (is, value, at) =>
    Array.isArray(value) ? value.flatMap((item, index) => problems(is, item, `${at}[${index}]`)) : [],
  required: (is, value, at) =>
    isObject(value)
      ? is
          .filter((/** @type {string} */ key) => !Object.hasOwn(value, key))
          .map((/** @type {string} */ key) => `${at}.${key} is missing`)
      : [],
  properties: (is, value, at) =>
    isObject(value)
      ? Object.keys(is)
          .filter((key) => Object.hasOwn(value, key))
          .flatMap((key) => problems(is[key], value[key], `${at}.${key}`))
      : [],
  additionalProperties: (is, value, at, schema) =>
    is || !isObject(value)
      ? []
      : Object.keys(value)
          .filter((key) => !Object.hasOwn(schema["properties"], key))
          .map((key) => `${at} must not have a member ${JSON.stringify(key)}`),
};

/**
 * Everything that `schema` has against `value`, each as half a sentence that begins with where it is.
 *
 * @param {Schema} schema
 * @param {unknown} value
 * @param {string} at
 * @returns {readonly string[]}
 */
export function problems(schema, value, at) {
  return Object.entries(schema).flatMap(([keyword, is]) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`the schema's keyword "${keyword}" isn't known here`);
    return check(is, value, at, schema);
  });
}
