import { STATEMENT_IDS, type StatementId } from "../../../policy/statements";
import type { ZoneRule } from "../../edge/zone";
import type { StatementResult } from "../../statements/results";
import type { Scene } from "../../statements/scene";
import type { Model } from "../../terraform/model";
import type { Place } from "../../terraform/stack";
import type { RuleView } from "./explanation";
import { isOwnRule } from "./own-rules";

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
 * The statements of an environment that one of its own rules holds: the one that its description names, and those whose
 * proof rests on it. A rule of somebody else holds none, whatever it says and does.
 *
 * @param results those of the environment
 */
export function statementsOf(
  rule: RuleView,
  scene: Scene,
  results: readonly StatementResult[],
): readonly StatementId[] {
  if (!isOwnRule(rule, scene)) return [];
  const [, id] = /^([A-Z]+-\d+):/.exec(rule.description ?? "") ?? [];
  const own = STATEMENT_IDS.filter((each) => each === id);
  const held = results
    .filter(({ verdict, controls }) => verdict === "proven" && controls.some((each) => isAt(each, rule)))
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
