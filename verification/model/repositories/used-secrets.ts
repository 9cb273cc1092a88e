import { stringsIn } from "../terraform/json";
import { NotUnderstood } from "./not-understood";

const MENTION = /secrets(?:\.([\w-]+))?/gi;

/**
 * The names of the secrets that a part of a workflow uses, in upper case. GitHub compares them without regard to case.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#secrets-context
 * @throws {NotUnderstood} where it may use others than it names
 */
export function secretsIn(part: unknown): readonly string[] {
  return stringsIn({ value: part, pointer: "" }).flatMap(({ value: text }) =>
    [...fromFirstExpression(text).matchAll(MENTION)].map(([, name]) => {
      if (name === undefined) throw new NotUnderstood("", "which secrets it uses isn't known");
      return name.toUpperCase();
    }),
  );
}

/** Text behind an expression counts as part of it: where one ends is for those to say who evaluate it. */
function fromFirstExpression(text: string): string {
  const start = text.indexOf("${{");
  return start < 0 ? "" : text.slice(start);
}
