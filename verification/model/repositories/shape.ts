import { NotUnderstood } from "./not-understood";
import { closed, objectAt } from "./workflow";

/**
 * What a part of a file has to be, so that whoever reads the file doesn't refuse it.
 *
 * @throws {NotUnderstood} where it is something else
 */
export type Shape = (at: string, value: unknown) => void;

/** Whatever a condition holds of. */
export const such =
  (isSuch: (value: unknown) => boolean): Shape =>
  (at, value) => {
    if (!isSuch(value)) throw new NotUnderstood(at, `${JSON.stringify(value)} may be refused there`);
  };

export const oneOf = (...values: readonly unknown[]): Shape => such((value) => values.includes(value));

export const matching = (form: RegExp): Shape => such((value) => typeof value === "string" && form.test(value));

/** A text that isn't empty. */
export const text = (longest = Number.POSITIVE_INFINITY): Shape =>
  such((value) => typeof value === "string" && value !== "" && value.length <= longest);

export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER): Shape =>
  such((value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most);

/** A list that holds nothing twice. */
export function listOf(each: Shape, least = 0, most = Number.POSITIVE_INFINITY): Shape {
  const isSuch = (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= most &&
    new Set(value.map((element) => JSON.stringify(element))).size === value.length;
  return (at, value) => {
    such(isSuch)(at, value);
    (value as readonly unknown[]).forEach((element, index) => each(`${at}[${index}]`, element));
  };
}

/** An object with no other members than these. One of them has to be there, and all that are needed. */
export function objectOf(shapes: Readonly<Record<string, Shape>>, needed: readonly string[] = []): Shape {
  const names = new Set(Object.keys(shapes));
  return (at, value) => {
    const members = objectAt(at, value);
    closed(at, members, names);
    such(() => Object.keys(members).length > 0 && needed.every((name) => name in members))(at, value);
    for (const [name, member] of Object.entries(members)) shapes[name]?.(`${at}.${name}`, member);
  };
}

/** An object whose members have names of one's own, at least one. */
export const mapOf =
  (name: RegExp, each: Shape): Shape =>
  (at, value) => {
    const members = objectAt(at, value);
    such(() => Object.keys(members).length > 0)(at, value);
    for (const [key, member] of Object.entries(members)) {
      matching(name)(at, key);
      each(`${at}.${key}`, member);
    }
  };
