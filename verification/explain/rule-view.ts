import { type StatementId, STATEMENT_IDS } from "../../policy/statements";
import type { ZoneRule } from "../model/edge-zone";
import type { Model } from "../model/model";
import type { Place } from "../model/terraform/stack";
import type { Result } from "../statements/result";
import type { RuleView } from "./explanation";

/** A rule as it is shown: with the description that the JSON has for it. */
export function ruleView({ ref, stack, pointer, path }: ZoneRule, model: Model): RuleView {
  const description = descriptionAt({ stack, pointer }, model);
  return {
    ref,
    ...(description === undefined ? {} : { description }),
    stack,
    ...(path === undefined ? {} : { path }),
    pointer,
  };
}

/**
 * The statements that a rule of an environment holds: the one that its description names, and those whose proof rests on it.
 * A rule of others holds none, though a proof may meet it first.
 */
export function statementsOf(rule: RuleView, results: readonly Result[]): readonly StatementId[] {
  const [, id] = /^([A-Z]+-\d+):/.exec(rule.description ?? "") ?? [];
  const own = STATEMENT_IDS.filter((each) => each === id);
  if (own.length === 0) return [];
  const held = results
    .filter(({ conclusion }) => conclusion.kind === "proven" && conclusion.controls.some((each) => isAt(each, rule)))
    .map(({ statement }) => statement);
  return [...new Set([...own, ...held])];
}

function isAt(one: Place, other: Place): boolean {
  return one.stack === other.stack && one.pointer === other.pointer;
}

function descriptionAt({ stack, pointer }: Place, model: Model): string | undefined {
  const json: unknown = model.stack(stack)?.json;
  const keys = pointer.split("/").slice(1);
  const rule = keys.reduce<unknown>((value, key) => member(value, unescaped(key)), json);
  const description = member(rule, "description");
  return typeof description === "string" ? description : undefined;
}

const unescaped = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
