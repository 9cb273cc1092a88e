import { exactly, never, only, type Propositions } from "../vocabulary";
import { concernsNobodyElse, reachesItsHosts, reachesNothingElse } from "./egress";
import { ofHeld } from "./held-workers";
import { admitsTheWorkers, comesAfterItsPolicies } from "./proxy";

/**
 * WORK-2: internal workers reach out only to AI and payment APIs, as far as they reach out through Gateway.
 *
 * HTTP policies come after network policies and can't allow what those block; DNS policies decide about names alone. So
 * the network policies are all that counts here.
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
