import { AddressSet } from "../../network/address-set";
import { EdgePart } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgeTenant } from "../../policy/slices";
import type { EdgePartRules, EdgeRule, GuardedWebhooks } from "./part";

/**
 * HOOK-1: a request whose path leads to a webhook is blocked unless its sender makes it. One rule per sender.
 *
 * The rule decodes the path until nothing is left to decode, and searches it in lower case. The origin decodes `%2F`,
 * which normalisation leaves alone, and some servers cut a path at a raw `#`. It doesn't look at the host: a port, a
 * trailing dot or another case would be a way round. A path that merely contains the webhook's is blocked too.
 *
 * @see https://developers.cloudflare.com/rules/normalization/how-it-works/
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/functions/#url_decode
 */
export const webhookGuard: EdgePartRules = {
  part: EdgePart.WEBHOOK_GUARD,
  settings: () => [],
  rules: ({ webhooks, addresses }) => webhooks.map((guarded) => guard(guarded, addresses(guarded))),
};

function guard({ sender, paths }: GuardedWebhooks, addresses: string): EdgeRule {
  const matches = paths.map((path) => `lower(url_decode(http.request.uri.path, "r")) contains "${path}"`);
  const reached = matches.length === 1 ? matches.join() : `(${matches.join(" or ")})`;
  return {
    phase: EdgePhase.CUSTOM,
    ref: `edge_hook_1_only_${sender.name}`,
    description: `HOOK-1: only ${sender.name} may call ${paths.join(", ")}`,
    expression: `${reached} and not ip.src in ${addresses}`,
    action: "block",
  };
}

/** The webhooks of all tenants, one entry per sender, in the order of their names. */
export function guardedWebhooks(tenants: readonly EdgeTenant[]): readonly GuardedWebhooks[] {
  const webhooks = tenants.flatMap((tenant) => tenant.webhooks ?? []);
  const senders = new Map(webhooks.map(({ sender }) => [sender.name, sender.addresses]));
  return [...senders]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, addresses]) => ({
      sender: AddressSet.of(name, addresses),
      paths: [...new Set(webhooks.filter(({ sender }) => sender.name === name).map(({ path }) => path))].sort(),
    }));
}
