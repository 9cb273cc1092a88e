import { type Expression, visit } from "../../network/rules-language";
import { EDGE_SECRET_HEADER } from "../../policy/edge-secret";

/** The text in the place of a value that may be a secret. */
export const HIDDEN = "(hidden)";

/** Headers that carry credentials, beside those whose names say so. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  ...["authorization", "cookie", "proxy-authorization", "set-cookie"],
  EDGE_SECRET_HEADER.toLowerCase(),
]);

/** Whether the value of a header may be a secret, by its name. */
function isSecretHeader(name: string): boolean {
  return (
    CREDENTIALS.has(name.toLowerCase()) || /auth|cookie|credential|key|pass|secret|session|signature|token/i.test(name)
  );
}

/** A header's value as it may be shown: a reference to something else is no secret. */
export function shownValue(name: string, value: string): string {
  return isSecretHeader(name) && !/^\$\{[\w.[\]"-]+\}$/.test(value) ? HIDDEN : value;
}

/** A condition as it may be shown. One that looks at a secret is hidden, since it holds the text to compare with. */
export function shownCondition({
  expression,
  text,
}: {
  readonly expression: Expression | undefined;
  readonly text: string;
}) {
  return expression !== undefined && looksAtSecrets(expression)
    ? `a condition on what may be a secret ${HIDDEN}`
    : text;
}

/** Fields that hold cookies, or all headers at once. */
const SECRET_FIELDS = /^http\.(cookie|request\.(cookies|headers\.values|jwt))(\.|$)/;

/** Whether a condition looks at something that may be a secret. */
export function looksAtSecrets(expression: Expression): boolean {
  let found = false;
  visit(expression, {
    value: (value) => {
      if (value.kind !== "field") return;
      const [first] = value.indexes;
      const isAnyHeader = value.name === "http.request.headers" && first?.kind !== "key";
      const isSecret = first?.kind === "key" && isSecretHeader(first.key);
      found ||= isAnyHeader || isSecret || SECRET_FIELDS.test(value.name);
    },
  });
  return found;
}
