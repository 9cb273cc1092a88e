import type { z } from "zod";
import { type Problem, shown } from "../errors/invalid-input";

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

function problems(issue: z.core.$ZodIssue, root: unknown): readonly Problem[] {
  const at = (path: KeyPath, allowed: string, change?: unknown): Problem => ({
    at: keyPath(path),
    got: shown(path.reduce(child, root)),
    allowed,
    ...(typeof change === "string" ? { change } : {}),
  });
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => at([...issue.path, key], issue.message, "remove it or mend its name"));
    case "invalid_key":
      return issue.issues.map((inner) => ({
        ...at(issue.path, inner.message, inner.code === "custom" ? inner.params?.["change"] : undefined),
        got: `the key ${shown(issue.path.at(-1))}`,
      }));
    case "custom":
      return [at(issue.path, issue.message, issue.params?.["change"])];
    default:
      return [at(issue.path, issue.message)];
  }
}

function child(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
}

/** `hosts["app.example.com"].service`, `webhooks[0].path`. */
function keyPath(path: KeyPath): string {
  const text = path.map((key) =>
    typeof key === "number" ? `[${key}]` : /^\w+$/.test(String(key)) ? `.${String(key)}` : `[${shown(key)}]`,
  );
  return text.join("").replace(/^\./, "") || "the value";
}
