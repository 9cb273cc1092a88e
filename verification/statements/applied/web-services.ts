import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import { Strength } from "../../../policy/statements";
import type { Applier } from "../../appliers/applier";
import type { Resource } from "../../terraform/stack";
import { allOf, type Result, controlAt, NOT_APPLICABLE, proven, undecided, violated } from "../../result";
import { curlOf } from "../curl";
import { recordsOfHost } from "../edge/records";
import type { Scene } from "../scene";
import { always, exactly, type Propositions } from "../vocabulary";
import { addressesIn, blocksIn, endpointsOf, stateOf } from "./addresses";
import { held } from "./held";

/**
 * WEB-1 on Render: a web service has no other public name than the environment's hosts, so no name leads past the edge.
 *
 * @see https://render.com/docs/custom-domains
 */
export const WEB_1_INGRESS: Propositions = [
  always("that a web service's onrender.com name is off", servicesOf, (service, scene) =>
    named(service, scene, (applier) => subdomainOff(service, applier)),
  ),
  exactly("the environment's hosts lead to each of its web services", (scene) =>
    servicesOf(scene).map((service) => named(service, scene, (applier) => leads(service, applier))),
  ),
  always("that the onrender.com name goes off after a host has its record", servicesOf, (service, scene) =>
    named(service, scene, ({ resource }) => service.hosts.map((host) => comesAfter(host, resource, scene))),
  ),
  exactly("the declared addresses are admitted by Render, where any are", (scene) =>
    servicesOf(scene).map((service) => admits(service, scene)),
  ),
];

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

function named(service: WebService, scene: Scene, decide: (applier: Named) => Result | readonly Result[]): Result {
  const kind = "render-web-service-subdomain";
  return held(scene, [kind, service.service], decide, () =>
    violated({
      counterexample: [visit(service.address)],
      wrong: "may reach the origin past the edge: nothing in the JSON turns the name off",
      change: `apply ${kind} to ${service.service}, with ${service.hosts.join(", ")}`,
    }),
  );
}

function subdomainOff({ address }: WebService, applier: Named): Result {
  if (applier.state.renderSubdomainPolicy === "disabled") {
    return proven(Strength.ASSERTED, [controlAt(applier.resource)]);
  }
  return violated({
    counterexample: [visit(address)],
    wrong: "reaches the origin past the edge",
    by: stateOf(applier),
    change: 'set renderSubdomainPolicy to "disabled"',
  });
}

function leads({ service, hosts }: WebService, applier: Named): Result {
  const { customDomains } = applier.state;
  const others = customDomains.filter((domain) => !hosts.includes(domain));
  if (others.length > 0) {
    const what = `reaches ${service} by a name that is no host of the environment`;
    const change = `take ${others.join(", ")} from its custom domains, or declare it as a host`;
    return violated({ counterexample: others.map(visit), wrong: what, by: stateOf(applier), change });
  }
  const missing = hosts.filter((host) => !customDomains.includes(host));
  if (missing.length === 0) return proven(Strength.ASSERTED, [controlAt(applier.resource)]);
  const what = `isn't served: it is no custom domain of ${service}, whose onrender.com name goes off`;
  const change = `add ${missing.join(", ")} to its custom domains`;
  return violated({ counterexample: missing.map(visit), wrong: what, by: stateOf(applier), change });
}

/** Once the name is off, a host without its record leads nowhere, and Render can't verify it. */
function comesAfter(host: string, resource: Resource, scene: Scene): Result {
  const records = recordsOfHost(host, scene);
  if (records.length === 0) {
    const what = "has no record in the JSON, so the onrender.com name may go off before it leads to the edge";
    const change = "write its record, and let the onrender.com name go off after it";
    return violated({ counterexample: [host], wrong: what, by: controlAt(resource), change });
  }
  const late = records.find((record) => !scene.model.isAfter(resource, record));
  if (late === undefined) return proven(Strength.ASSERTED, [controlAt(resource)]);
  const what = "may have no record yet when the onrender.com name goes off";
  const change = `let ${resource.address} of ${resource.stack} depend on ${late.address} of ${late.stack}`;
  return violated({ counterexample: [host], wrong: what, by: controlAt(resource), change });
}

function admits({ service }: WebService, scene: Scene): Result {
  const { ingress, name } = scene.policy.ingress;
  if (ingress === undefined) return NOT_APPLICABLE;
  const declared = AddressSet.of(`ingress of ${name}`, ingress.addresses);
  const kind = "render-web-service-allow-list";
  return held(
    scene,
    [kind, service],
    (applier) => {
      const blocks = applier.state.ipAllowList.map(({ cidrBlock }) => cidrBlock);
      const admitted = addressesIn(service, blocks);
      if (admitted === undefined) return undecided(`whom ${service} admits isn't understood`, stateOf(applier));
      const accepted = [{ what: `Render admits to ${service} listed addresses only`, reason: ingress.reason }];
      return allOf([
        differs(
          admitted.difference(declared),
          applier,
          `reaches ${service} and isn't declared`,
          "take it from the list",
        ),
        differs(declared.difference(admitted), applier, `can't reach ${service}`, "add it to the list"),
        proven(Strength.ASSERTED, [controlAt(applier.resource)], { accepted }),
      ]);
    },
    () =>
      violated({
        counterexample: [`0.0.0.0/0 may reach ${service}:${Port.HTTPS}`],
        wrong: "nothing in the JSON holds Render to the declared addresses",
        change: `apply ${kind} to ${service}`,
      }),
  );
}

function differs(addresses: AddressSet, applier: Applier, what: string, change: string): Result {
  if (addresses.isEmpty) return NOT_APPLICABLE;
  const witnesses = endpointsOf(addresses, Port.HTTPS);
  return violated({
    counterexample: witnesses,
    wrong: what,
    by: stateOf(applier),
    change: `${change}: ${blocksIn(addresses)}`,
  });
}

/** A visit by anybody: a documentation address. */
function visit(host: string): string {
  return curlOf({ scheme: "https", port: Port.HTTPS, host, target: "/", from: "192.0.2.1" }, host);
}
