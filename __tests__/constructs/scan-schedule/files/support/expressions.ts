import { Evaluator, Lexer, Parser, data } from "@actions/expressions";

/** The contexts that an expression sees, as plain values: `{ github: { event_name: "push" } }`. */
export type Contexts = Readonly<Record<string, unknown>>;

const CONTEXTS = ["github", "matrix", "needs", "steps", "runner", "secrets"];

/** Functions of a job's status; their answers are chosen by the test that needs them. */
const always = {
  name: "always",
  minArgs: 0,
  maxArgs: 0,
  call: (): data.ExpressionData => new data.BooleanData(true),
};

/** An expression's value by GitHub's own evaluator. */
function evaluate(expression: string, contexts: Contexts): unknown {
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, CONTEXTS, [always]).parse();
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const value = new Evaluator(parsed, context, new Map([["always", always]])).evaluate();
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
