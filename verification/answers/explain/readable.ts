import { type Expression, RulesLanguageError } from "../../../network/rules-language";
import { conditionOf } from "../../edge/evaluate/trace";
import type { ZoneRule } from "../../edge/zone";

/** A rule's condition; undefined where nobody here can read it. */
export function readable(rule: ZoneRule): Expression | undefined {
  try {
    return conditionOf(rule);
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return undefined;
  }
}
