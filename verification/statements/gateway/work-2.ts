import { exactly, never, only, type Propositions } from "../vocabulary";
import { concernsNobodyElse, reachesItsHosts, reachesNothingElse } from "./egress";
import { ofHeld } from "./held-workers";
import { admitsTheWorkers, comesAfterItsPolicies } from "./proxy";

/**
 * WORK-2: internal workers reach out only to AI and payment APIs, as far as they reach out through Gateway.
 *
 * Network policies alone decide by server name what is allowed: no other layer can allow what they block. DNS and resolver
 * policies are asked before them, though, and may lead an allowed name to another host, as an HTTP policy behind them may
 * send on what it gets. So of other layers only what allows or blocks is passed.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/
 */
export const WORK_2: Propositions = [
  only("AI and payment APIs on 443 are reached through Gateway from the workers' addresses", reachesNothingElse),
  never("is an API that a worker is declared to reach certainly blocked for it", ofHeld(reachesItsHosts)),
  only("the workers' addresses are concerned by the policies that hold them", ofHeld(concernsNobodyElse)),
  exactly("the workers' dedicated addresses are admitted to their proxy", ofHeld(admitsTheWorkers)),
  never("is there a proxy before the policies that hold its clients", ofHeld(comesAfterItsPolicies)),
];
