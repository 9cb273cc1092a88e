import { AddressSet } from "../../network/address-set";
import { Port } from "../../network/ports";
import type { Applier } from "../appliers/applier";
import { PHASE } from "../edge/phases";
import { asserted, controlAt, NOT_APPLICABLE, type Result, violated } from "../result";
import type { Resource } from "../terraform/stack";
import { listHolds } from "./allow-list";
import { held, stateOf } from "./applied-state";
import { assertion, type Assertions, each } from "./assertion";
import { curlOf } from "../edge/curl";
import { leads, recordsOfHost } from "./dns-records";
import { everyRequestCarriesIt, noOtherHostGetsIt, noRuleChangesIt } from "./edge-secret";
import { inForceBeforeHosts, rulesOf } from "./order";
import { NOTHING_PASSES_THE_EDGE } from "./past-the-edge";
import type { Scene } from "./scene";
import { staysSecret } from "./secret-flow";

/** A request that came through the edge carries the environment's secret, and no other does. */
export const WEB_1_AT_THE_EDGE: Assertions = [
  assertion("Every request that leaves for the environment's hosts carries its secret.", everyRequestCarriesIt),
  assertion("No rule replaces or removes the secret.", noRuleChangesIt),
  assertion("No other host's origin receives the secret.", noOtherHostGetsIt),
  assertion("The secret is given to its header alone, and no other environment shares it.", staysSecret),
  ...NOTHING_PASSES_THE_EDGE,
  assertion(
    "The secret is in force before a host has its DNS record.",
    inForceBeforeHosts(rulesOf(PHASE.LATE_TRANSFORM)),
  ),
];

/**
 * A web service has no other public name than the environment's hosts, so no name leads past the edge.
 *
 * @see https://render.com/docs/custom-domains
 */
export const WEB_1_ON_RENDER: Assertions = [
  assertion("The onrender.com name of each web service is off.", each(servicesOf, ofName(switchedOff))),
  assertion(
    "Each web service has exactly the environment's hosts as its custom domains.",
    each(servicesOf, ofName(ledToByHosts)),
  ),
  assertion(
    "The onrender.com name goes off only after each host has its DNS record.",
    each(servicesOf, ofName(offAfterRecords)),
  ),
  assertion(
    "Render admits exactly the addresses that the environment declares, where it declares any.",
    each(servicesOf, admitsTheDeclared),
  ),
];

/** WEB-1: the web service (FastAPI) accepts inbound traffic only from Cloudflare / the Render load balancer. */
export const WEB_1: Assertions = [...WEB_1_AT_THE_EDGE, ...WEB_1_ON_RENDER];

/** A web service, its own name and the hosts that lead to it. */
interface WebService {
  readonly service: string;
  readonly address: string;
  readonly hosts: readonly string[];
}

type Named = Applier<"render-web-service-subdomain">;

function servicesOf({ policy }: Scene): readonly WebService[] {
  const origins = Object.entries(policy.environment.hosts);
  const services = new Map(origins.map(([, origin]) => [origin.service, origin]));
  return [...services.values()].map(({ service, address }) => ({
    ...{ service, address },
    hosts: origins.filter(([, origin]) => origin.service === service).map(([host]) => host),
  }));
}

/** A check of the applier that turns a web service's own name off. */
function ofName(check: (service: WebService, applier: Named, scene: Scene) => Result | readonly Result[]) {
  const kind = "render-web-service-subdomain";
  return (service: WebService, scene: Scene): Result =>
    held(
      scene,
      [kind, service.service],
      (applier) => check(service, applier, scene),
      () =>
        violated({
          counterexample: [visit(service.address)],
          wrong: "may reach the origin past the edge: nothing in the JSON turns the name off",
          change: `apply ${kind} to ${service.service}, with ${service.hosts.join(", ")}`,
        }),
    );
}

function switchedOff({ address }: WebService, applier: Named): Result {
  if (applier.state.renderSubdomainPolicy === "disabled") return asserted([controlAt(applier.resource)]);
  return violated({
    counterexample: [visit(address)],
    wrong: "reaches the origin past the edge",
    by: stateOf(applier),
    change: 'set renderSubdomainPolicy to "disabled"',
  });
}

function ledToByHosts({ service, hosts }: WebService, applier: Named): Result {
  const { customDomains } = applier.state;
  const others = customDomains.filter((domain) => !hosts.includes(domain));
  if (others.length > 0) {
    const wrong = `reaches ${service} by a name that is no host of the environment`;
    const change = `take ${others.join(", ")} from its custom domains, or declare it as a host`;
    return violated({ counterexample: others.map(visit), wrong, by: stateOf(applier), change });
  }
  const missing = hosts.filter((host) => !customDomains.includes(host));
  if (missing.length === 0) return asserted([controlAt(applier.resource)]);
  const wrong = `isn't served: it is no custom domain of ${service}, whose onrender.com name goes off`;
  const change = `add ${missing.join(", ")} to its custom domains`;
  return violated({ counterexample: missing.map(visit), wrong, by: stateOf(applier), change });
}

function offAfterRecords({ hosts }: WebService, { resource }: Named, scene: Scene): readonly Result[] {
  return hosts.map((host) => comesAfter(host, resource, scene));
}

/** Once the name is off, a host without its record leads nowhere, and Render can't verify it. */
function comesAfter(host: string, resource: Resource, scene: Scene): Result {
  const records = recordsOfHost(host, scene).filter(leads);
  if (records.length === 0) {
    const wrong = "has no record in the JSON, so the onrender.com name may go off before it leads to the edge";
    const change = "write its record, and let the onrender.com name go off after it";
    return violated({ counterexample: [host], wrong, by: controlAt(resource), change });
  }
  const late = records.find((record) => !scene.model.isAfter(resource, record));
  if (late === undefined) return asserted([controlAt(resource)]);
  const wrong = "may have no record yet when the onrender.com name goes off";
  const change = `let ${resource.address} of ${resource.stack} depend on ${late.address} of ${late.stack}`;
  return violated({ counterexample: [host], wrong, by: controlAt(resource), change });
}

function admitsTheDeclared({ service }: WebService, scene: Scene): Result {
  const { ingress, name } = scene.policy.ingress;
  if (ingress === undefined) return NOT_APPLICABLE;
  return listHolds(
    {
      ...{ kind: "render-web-service-allow-list", id: service, port: Port.HTTPS },
      declared: AddressSet.of(`ingress of ${name}`, ingress.addresses),
      unheld: "nothing in the JSON holds Render to the declared addresses",
      surplus: (blocks) => ({
        wrong: `reaches ${service} and isn't declared`,
        change: `take it from the list: ${blocks}`,
      }),
      missing: (blocks) => ({ wrong: `can't reach ${service}`, change: `add it to the list: ${blocks}` }),
      accepted: [{ what: `Render admits to ${service} listed addresses only`, reason: ingress.reason }],
    },
    scene,
  );
}

/** A visit by anybody: a documentation address. */
function visit(host: string): string {
  return curlOf({ scheme: "https", port: Port.HTTPS, host, target: "/", from: "192.0.2.1" }, host);
}
