import { bytesOf } from "../../../../network/rules-language";
import type { EdgePolicy } from "../../../../policy/slices";
import { run } from "../../../solver/language/dfa";
import { type Expectation, allOf, type Proof } from "../../../edge/proof";
import { prove } from "../../../edge/prove";
import type { Scope } from "../../../edge/scope";
import type { EdgeZone } from "../../../edge/zone";
import { Answer } from "../../../solver/formula";
import { hostsOfZone } from "./hosts";

/**
 * Decides for the requests of a scope, whatever their host is.
 *
 * A request for a host outside of the zone meets its rules only where the zone serves that host as a custom hostname, which
 * need not stand in the JSON. So it is no violation if such requests alone get through, and no proof.
 *
 * @see https://developers.cloudflare.com/cloudflare-for-platforms/cloudflare-for-saas/domain-support/
 */
export function proveForEveryHost(zone: EdgeZone, policy: EdgePolicy, scope: Scope, expectation: Expectation): Proof {
  const proof = prove(zone, scope, expectation);
  if (proof.kind !== "violated") return proof;
  const hosts = hostsOfZone(policy);
  if (run(hosts, bytesOf(proof.witness.host)) === Answer.YES) return proof;
  const { name } = policy.zone;
  const reasons = [
    `only requests for hosts outside of the zone ${name} get through, which meet its rules where it serves custom hostnames`,
  ];
  return allOf([prove(zone, { ...scope, hosts }, expectation), { kind: "undecided", reasons, witness: proof.witness }]);
}
