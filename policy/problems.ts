import type { z } from "zod";
import { type Problem, shown } from "../errors/invalid-input";
import { didYouMean, nearest } from "../errors/nearest";

/** A value with the place where it was written. */
export interface Located<T> {
  readonly at: string;
  readonly value: T;
}

type KeyPath = readonly PropertyKey[];

/**
 * The problems that a schema finds with a value, in a form that a user can act on.
 *
 * A schema's message says what is allowed. Its `params.change`, where there is one, says what to change.
 */
export function problemsOf(schema: z.ZodType, value: unknown): readonly Problem[] {
  const parsed = parsedBy(schema, value);
  return "problems" in parsed ? parsed.problems : [];
}

/** The value that a schema parses, or the problems that it finds with it. */
export function parsedBy<T>(
  schema: z.ZodType<T>,
  value: unknown,
): { readonly value: T } | { readonly problems: readonly Problem[] } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  return { problems: result.error.issues.flatMap((issue) => problems(issue, value)) };
}

/** The problems that a schema finds with a value or, with a well-formed one, a rule. A rule never sees malformed data. */
export function problemsBy<T>(schema: z.ZodType, rule: (value: T) => readonly Problem[], value: T): readonly Problem[] {
  const malformed = problemsOf(schema, value);
  return malformed.length > 0 ? malformed : rule(value);
}

/** A problem for each value whose key was written before, naming the earlier place. */
export function duplicates<T>(
  located: readonly Located<T>[],
  key: (value: T) => string,
  allowed: string,
): readonly Problem[] {
  const first = new Map<string, string>();
  return located.flatMap(({ at, value }) => {
    const name = key(value);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, at);
    return earlier === undefined
      ? []
      : [{ at, got: `"${name}", which ${earlier} has already`, allowed, change: `drop one of the two` }];
  });
}

/** The knowledge of a schema's own check about a value that it refuses: the `params` of its issue. */
export interface Mistake {
  /** The fault of a value that looks right, to be read behind it. */
  readonly wrong?: string;
  /** The change that mends it. */
  readonly change?: string | undefined;
}

function problems(issue: z.core.$ZodIssue, root: unknown): readonly Problem[] {
  const at = (
    path: KeyPath,
    allowed: string,
    { wrong, change }: Mistake = {},
    got = shown(path.reduce(child, root)),
  ) => ({
    at: keyPath(path),
    got: wrong === undefined ? got : `${got}, ${wrong}`,
    allowed,
    ...(change === undefined ? {} : { change }),
  });
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const near = didYouMean(nearest(key, listedIn(issue.message)));
        return at([...issue.path, key], issue.message, { change: "remove it or mend its name", ...near });
      });
    case "invalid_key":
      return issue.issues.map((inner) =>
        at(issue.path, inner.message, mistakeOf(inner), `the key ${shown(issue.path.at(-1))}`),
      );
    case "invalid_value": {
      const value = issue.path.reduce(child, root);
      const near = typeof value === "string" ? nearest(value, issue.values.map(String)) : undefined;
      return [at(issue.path, issue.message, didYouMean(near))];
    }
    case "invalid_type":
      return [at(issue.path, issue.message, { change: asOtherType(issue.expected, issue.path.reduce(child, root)) })];
    default:
      return [at(issue.path, issue.message, mistakeOf(issue))];
  }
}

/** The meant value of another type, written out, since the types look alike. */
function asOtherType(expected: string, value: unknown): string | undefined {
  if (expected === "string" && typeof value === "number") return `write it as text: "${value}"`;
  if (expected === "array" && value !== null && value !== undefined) return `write a list: [${shown(value)}]`;
  if (typeof value !== "string") return undefined;
  const isMeant =
    expected === "boolean" ? /^(?:true|false)$/.test(value) : /^(?:number|int)$/.test(expected) && /^\d+$/.test(value);
  return isMeant ? `write it without quotes: ${value}` : undefined;
}

function mistakeOf(issue: z.core.$ZodIssue): Mistake {
  return issue.code === "custom" ? ((issue.params ?? {}) as Mistake) : {};
}

/** The words that a message lists, separated by commas. */
function listedIn(message: string): readonly string[] {
  return message.split(/, | /);
}

function child(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

/** The place of a value as a whole. */
export const WHOLE = "the value";

/** `hosts["app.example.com"].service`, `webhooks[0].path`. */
function keyPath(path: KeyPath): string {
  const text = path.map((key) =>
    typeof key === "number" ? `[${key}]` : /^\w+$/.test(String(key)) ? `.${String(key)}` : `[${shown(key)}]`,
  );
  return text.join("").replace(/^\./, "") || WHOLE;
}
