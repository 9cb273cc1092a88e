import { Evaluator, Lexer, Parser, data } from "@actions/expressions";

/** The contexts that an expression sees, as plain values: `{ github: { event_name: "push" } }`. */
export type Contexts = Readonly<Record<string, unknown>>;

const CONTEXTS = ["github", "inputs", "matrix", "needs", "steps", "runner", "secrets", "vars"];

/** The functions of a run's status, in a run that isn't cancelled. */
const STATUS = [
  { name: "always", is: true },
  { name: "cancelled", is: false },
].map(({ name, is }) => ({ name, minArgs: 0, maxArgs: 0, call: (): data.ExpressionData => new data.BooleanData(is) }));

/** An expression's value by GitHub's own evaluator. */
function evaluate(expression: string, contexts: Contexts): unknown {
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, CONTEXTS, STATUS).parse();
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const value = new Evaluator(parsed, context, new Map(STATUS.map((each) => [each.name, each]))).evaluate();
  return JSON.parse(JSON.stringify(value, data.replacer)) as unknown;
}

/** The value of a key that holds text and expressions, for example `snyk-${{ github.ref }}`. */
export function filledIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.+?)\}\}/gs, (_, expression: string) => {
    const value = evaluate(expression.trim(), contexts);
    return value === null ? "" : String(value as string | number | boolean);
  });
}

/** Whether an `if:` lets a job or step run. */
export function allows(condition: string, contexts: Contexts): boolean {
  const expression = /^\$\{\{(.+)\}\}$/s.exec(condition.trim())?.[1] ?? condition;
  return Boolean(evaluate(expression.trim(), contexts));
}
