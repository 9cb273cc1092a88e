import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import type { Webhook } from "../../../policy/webhook";
import type { Check } from "../check";
import { unexpected } from "../judgement";
import { judgeBlock } from "./block";
import { spellingsOf } from "./spellings";

/** HOOK-1: a webhook is blocked for everybody but its sender, however its path is written. */
export function webhookChecks(host: string, { path, sender }: Webhook): readonly Check[] {
  const admitted = AddressSet.of(`the addresses of ${sender.name}`, sender.addresses);
  const gets = spellingsOf(path).map((target) => ({ method: "GET", target }) as const);
  return [...gets, { method: "POST", target: path } as const].map(({ method, target }) => ({
    statements: ["HOOK-1"],
    expects: `${method} https://${host}${target} is blocked`,
    question: {
      at: { host, port: Port.HTTPS },
      kind: "http",
      method,
      target,
      hostHeader: host,
      serverName: host,
    },
    judge: (answer) => (answer.kind === "declined" ? unexpected(answer) : judgeBlock(answer)),
    admitted,
    blockedBy: host,
  }));
}
