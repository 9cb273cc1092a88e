import { type Expression, parse, RulesLanguageError } from "../../network/rules-language";

const PARSED = new Map<string, Expression | undefined>();

/** A condition's tree, made once: the same conditions are asked for each statement. Undefined where it has none. */
export function understood(condition: string): Expression | undefined {
  if (!PARSED.has(condition)) PARSED.set(condition, parsed(condition));
  return PARSED.get(condition);
}

function parsed(condition: string): Expression | undefined {
  try {
    return parse(condition);
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return undefined;
  }
}
