import type { JsonTree, StackCopy } from "../folder";
import type { Kind } from "../kind";
import { changed, ruleKind } from "../rules";

const HEADER = "X-Edge-Secret";

const operations = (name: string, ...values: readonly JsonTree[]): Kind =>
  ruleKind(name, ({ statement }) =>
    values
      .filter(() => statement === "WEB-1")
      .map((operation) => ({
        what: JSON.stringify(operation),
        change: changed({ action_parameters: { headers: { [HEADER]: operation } } }),
      })),
  );

const isSecret = (variable: string): boolean => variable.startsWith("edge_secret_");

/** A kind that declares the secret's variable otherwise. */
const variables = (name: string, ...members: readonly JsonTree[]): Kind => ({
  name,
  mutants: ({ name: stack, json }: StackCopy) =>
    Object.keys((json["variable"] ?? {}) as JsonTree)
      .filter(isSecret)
      .flatMap((variable) =>
        members.map((each) => ({
          ...{ at: `${variable} ${JSON.stringify(each)}`, stack, breaks: ["WEB-1"] as const },
          change: ({ stacks }) => {
            const declared = stacks.find((copy) => copy.name === stack)?.json["variable"] as JsonTree;
            declared[variable] = { ...(declared[variable] as JsonTree), ...each };
          },
        })),
      ),
});

/** The environments of a zone know each other's secret. */
const SHARED: Kind = {
  name: "share the secret between environments",
  mutants: (stack) =>
    ruleKind("", ({ statement, rule }) =>
      Object.keys((stack.json["variable"] ?? {}) as JsonTree)
        .filter(
          (variable) =>
            isSecret(variable) && statement === "WEB-1" && !JSON.stringify(rule).includes(`var.${variable}}`),
        )
        .map((variable) => ({
          what: variable,
          change: changed({
            action_parameters: { headers: { [HEADER]: { operation: "set", value: `\${var.${variable}}` } } },
          }),
        })),
    ).mutants(stack),
};

export const SECRET_KINDS: readonly Kind[] = [
  SHARED,
  operations("write the secret down", { operation: "set", value: "0123456789abcdef0123456789abcdef" }),
  operations("add the secret to the client's own", { operation: "add", value: "${var.edge_secret_production}" }),
  operations("compute the secret from the request", { operation: "set", expression: "http.host" }),
  operations("take the secret from a variable that isn't declared", { operation: "set", value: "${var.other}" }),
  operations("derive the secret", { operation: "set", value: "${sha256(var.edge_secret_production)}" }),
  variables("declare the secret insensitive", { sensitive: false }),
  variables("give the secret a default", { default: "0123456789abcdef0123456789abcdef" }),
];
