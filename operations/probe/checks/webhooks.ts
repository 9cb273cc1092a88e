import { AddressSet } from "../../../network/address-set";
import type { Webhook } from "../../../policy/webhook";
import type { Check } from "../check";
import { judgeBlock, unexpected } from "../judgement";
import { secureRequest } from "../question";

/** The last slash that isn't the first: what separates a path's segments. */
const INNER_SLASH = /(?<=.)\/(?=[^/]*$)/;
/** The last letter. */
const LETTER = /[a-z](?=[^a-z]*$)/;

/**
 * Ways to write a path that lead, or could be taken to lead, to the same handler: escapes, which the origin decodes
 * once; what URL normalisation removes; case; a path parameter; and a hash, at which some servers cut.
 *
 * @see https://developers.cloudflare.com/rules/normalization/how-it-works/
 */
const SPELLINGS: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => path.replace(INNER_SLASH, "%2F"),
  (path) => path.replace(INNER_SLASH, "%2f"),
  (path) => path.replace(INNER_SLASH, "%252F"),
  (path) => path.replace(LETTER, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.replace(LETTER, (letter) => `%25${letter.charCodeAt(0).toString(16)}`),
  (path) => path.toUpperCase(),
  (path) => `/${path}`,
  (path) => path.replace(INNER_SLASH, "//"),
  (path) => path.replace(INNER_SLASH, "/./"),
  (path) => `/probe/..${path}`,
  (path) => path.replace(INNER_SLASH, "\\"),
  (path) => `${path};x`,
  (path) => `${path}#x`,
  (path) => `${path}?x=1`,
];

/** The spellings of a path, each once: a path of one segment has no inner slash. */
export function spellingsOf(path: string): readonly string[] {
  return [...new Set(SPELLINGS.map((spelling) => spelling(path)))];
}

/** HOOK-1: a webhook is blocked for everybody but its sender, however its path is written. */
export function webhookChecks(host: string, { path, sender }: Webhook): readonly Check[] {
  const admitted = AddressSet.of(`the addresses of ${sender.name}`, sender.addresses);
  const gets = spellingsOf(path).map((target) => ({ method: "GET", target }) as const);
  return [...gets, { method: "POST", target: path } as const].map(({ method, target }) => ({
    statements: ["HOOK-1"],
    expects: `${method} https://${host}${target} is blocked`,
    question: secureRequest(host, target, { method }),
    judge: (answer) => (answer.kind === "declined" ? unexpected(answer) : judgeBlock(answer)),
    admitted,
    blockedBy: host,
  }));
}
