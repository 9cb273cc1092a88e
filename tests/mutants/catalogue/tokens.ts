import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";

const SECRETS = ["github_actions_secret", "github_dependabot_secret"] as const;
const breaks: readonly StatementId[] = ["SCAN-1"];

/** A kind that changes the secrets that hold the scan's token. */
const secrets = (name: string, ...changes: readonly JsonTree[]): readonly Kind[] =>
  SECRETS.map((type) =>
    bodyKind(`${name}: ${type}`, type, () =>
      changes.map((each) => ({
        ...{ what: JSON.stringify(each), breaks },
        change: (body) => void Object.assign(body, each),
      })),
    ),
  );

export const TOKEN_KINDS: readonly Kind[] = [
  ...SECRETS.map((type) => bodyKind(`drop a token: ${type}`, type, () => [{ breaks }])),
  ...SECRETS.map((type) =>
    bodyKind(`give a token a second owner: ${type}`, type, () => [
      { breaks, change: (body, beside) => beside({ type, name: "Second", body: { ...body } }) },
    ]),
  ),
  ...secrets("write a token down", { plaintext_value: "0123456789abcdef" }),
  ...secrets("call a token otherwise", { secret_name: "OTHER" }, { secret_name: "${var.name}" }),
  ...secrets("give a token to another repository", { repository: "other" }),
  bodyKind("scan before the token is there", "github_repository_file", ({ body }) =>
    ((body["depends_on"] ?? []) as readonly string[])
      .filter((address) => /^github_\w+_secret\./.test(address))
      .map((address) => ({
        ...{ what: address, breaks },
        change: (copy) =>
          void (copy["depends_on"] = (copy["depends_on"] as string[]).filter((each) => each !== address)),
      })),
  ),
];
