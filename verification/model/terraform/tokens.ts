/** A token of Terraform's expression language, as far as it is evaluated here. */
export interface Token {
  readonly kind: "name" | "number" | "string" | "sign";
  readonly text: string;
}

/**
 * An expression's tokens; undefined where it holds anything else.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions
 */
export function tokensOf(expression: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length;) {
    const [kind, match] = tokenAt(expression, at) ?? [];
    if (kind === undefined || match === undefined) return undefined;
    if (kind !== "space") tokens.push({ kind, text: match });
    at += match.length;
  }
  return tokens;
}

const FORMS = [
  ["space", /\s+/y],
  ["name", /[A-Za-z_][A-Za-z0-9_-]*/y],
  ["number", /-?(?:0|[1-9][0-9]*)(?![0-9A-Za-z_.])/y],
  ["string", /"(?:[^"\\$%]|\\[\s\S]|[$%](?!\{))*"/y],
  ["sign", /[()[\]{},.=:]/y],
] as const;

function tokenAt(expression: string, at: number) {
  for (const [kind, form] of FORMS) {
    form.lastIndex = at;
    const match = form.exec(expression)?.[0];
    if (match !== undefined) return [kind, match] as const;
  }
  return undefined;
}
