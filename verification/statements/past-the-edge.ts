import { PHASE } from "../edge/phases";
import { controlAt, enforced, NOT_APPLICABLE, type Result, undecided, violated } from "../result";
import { DNS_NAME, relationOf } from "../terraform/identity";
import { nameOfValue, Opaque } from "../terraform/value";
import { assertion, type Assertions, each } from "./assertion";
import { noPassingRequestMeets, rulesIn } from "./asked-rules";
import {
  hostsOf,
  isAddress,
  isProxied,
  isTargetPlain,
  leads,
  recordsOf,
  recordsOfHost,
  servesAnother,
  wholeName,
} from "./dns-records";
import { forSpellings } from "./hosts";
import type { Scene } from "./scene";
import { spectrumLeadsNowhere } from "./spectrum";

/**
 * The edge's rules hold only requests that meet them, so no way may lead to a public host or its origin past the edge.
 */
export const NOTHING_PASSES_THE_EDGE: Assertions = [
  assertion("Each public host has one proxied DNS record, which leads to its declared origin.", each(hostsOf, proxied)),
  assertion("No other DNS record publishes an origin past the edge.", othersAreProxied),
  assertion("No rule leads a public host's requests to another origin.", ledToTheirOrigin),
  assertion("No Spectrum application leads to a public host or its origin.", spectrumLeadsNowhere),
];

/**
 * A host's requests meet the edge: its one record is proxied and points to the declared origin.
 *
 * @see https://developers.cloudflare.com/dns/proxy-status/
 */
export function proxied(host: string, scene: Scene): Result {
  const records = recordsOfHost(host, scene).filter(leads);
  const [record, second] = records;
  if (record === undefined) {
    const wrong = `no record in the JSON says that requests for ${host} meet the edge`;
    return violated({ counterexample: [host], wrong, change: "write a proxied record for it" });
  }
  const other = records.find((each) => !isAddress(each));
  if (other !== undefined) {
    const type = nameOfValue(other.attributes["type"]);
    return undecided(`where a record of type ${type} leads ${host} isn't modelled`, other);
  }
  const bare = records.find((each) => !isProxied(each));
  if (bare !== undefined) {
    const wrong = "is published with its origin's own address, past every rule of the edge";
    return violated({ counterexample: [host], wrong, by: controlAt(bare), change: 'set "proxied" to true' });
  }
  if (second !== undefined) return undecided(`${host} has two records, whose origins take turns`, second, "owner");
  const unnamed = recordsOf(scene).find((each) => leads(each) && wholeName(each, scene) === undefined);
  if (unnamed !== undefined)
    return undecided(`only the apply knows whether this is a second record of ${host}`, unnamed, "identity");
  const { type, content } = record.attributes;
  const address = scene.policy.environment.hosts[host]?.address ?? "";
  if (type === "CNAME" && relationOf(DNS_NAME, content, address) === "same") return enforced([controlAt(record)]);
  if (content instanceof Opaque) return undecided(`only the apply knows where ${host} leads`, record);
  return violated({
    counterexample: [host],
    wrong: `leads to ${nameOfValue(content)}, which is not the declared origin`,
    by: controlAt(record),
    change: `point it to ${address} by a CNAME, or declare the other origin`,
  });
}

/** Behind an origin that a record of another name publishes, any port may be open. */
function othersAreProxied(scene: Scene): readonly Result[] {
  const origins = scene.policies
    .flatMap(({ environment }) => Object.values(environment.hosts))
    .map(({ address }) => address);
  const declared = new Set(
    scene.edge.policy.tenants.flatMap(({ hosts }) => Object.keys(hosts)).flatMap((host) => recordsOfHost(host, scene)),
  );
  return recordsOf(scene)
    .filter((record) => !declared.has(record) && leads(record) && !(isAddress(record) && isProxied(record)))
    .map((record) => {
      const name = nameOfValue(record.attributes["name"]);
      const content = nameOfValue(record.attributes["content"]);
      if (!origins.some((origin) => relationOf(DNS_NAME, content, origin) === "same"))
        return servesAnother(record, scene)
          ? NOT_APPLICABLE
          : undecided(
              `${name} is published past the edge, and it is unknown what its target serves`,
              record,
              isTargetPlain(record) ? "target" : "identity",
            );
      return violated({
        counterexample: [name],
        wrong: `publishes the origin ${content} past every rule of the edge`,
        by: controlAt(record),
        change: 'set "proxied" to true, or remove it',
      });
    });
}

/**
 * A public host's requests go to the origin of its record. An Origin Rule may send them to another server, another port or
 * under another name.
 *
 * @see https://developers.cloudflare.com/rules/origin-rules/
 */
export function ledToTheirOrigin(scene: Scene): Result {
  const certain = rulesIn(scene, PHASE.ORIGIN);
  if (certain.length === 0) return enforced();
  return noPassingRequestMeets({ certain, possible: [] }, scene, forSpellings(hostsOf(scene)), {
    change: "take the host from the rule, or declare the other origin",
  });
}
