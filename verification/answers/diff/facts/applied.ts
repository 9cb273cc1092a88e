import type { Applier } from "../../../appliers/applier";
import { Appliers } from "../../../appliers/appliers";
import { stateOf } from "../../../statements/applied-state";
import { nameOfValue, type Value } from "../../../terraform/value";
import type { App } from "../app";
import { Area } from "../difference";
import type { Fact } from "./fact";

/** The types of Render services to which nothing can connect. */
const WITHOUT_INBOUND: ReadonlySet<unknown> = new Set(["background_worker", "cron_job"]);

/** What is held of services and address sets through platforms' APIs. */
export function appliedFacts({ model, policies }: App): readonly Fact[] {
  const appliers = Appliers.of(model);
  const addressOf = (service: string): string => {
    const origins = policies.flatMap(({ environment }) => Object.values(environment.hosts));
    return origins.find((origin) => origin.service === service)?.address ?? "its onrender.com name";
  };
  return [
    ...appliers.ofKind("render-service-type").map((applier) => typeFact(applier)),
    ...appliers
      .ofKind("render-web-service-subdomain")
      .flatMap((applier) => [nameFact(applier, addressOf(applier.state.serviceId)), ...domainFacts(applier)]),
    ...setFacts(appliers.ofKind("render-dedicated-addresses")),
  ];
}

function typeFact(applier: Applier<"render-service-type">): Fact {
  const { serviceId, type } = applier.state;
  return {
    ...about(applier, serviceId, "type"),
    area: Area.WORKER,
    what: `anyone → worker ${serviceId}`,
    value: `${WITHOUT_INBOUND.has(type) ? "closed" : "open"}: it is of type ${nameOfValue(type as Value)}`,
    openness: WITHOUT_INBOUND.has(type) ? 0 : 1,
    absent: { value: "nothing checks its type", openness: 1 },
  };
}

function nameFact(applier: Applier<"render-web-service-subdomain">, address: string): Fact {
  const { serviceId, renderSubdomainPolicy: policy } = applier.state;
  const isOff = policy === "disabled";
  return {
    ...about(applier, serviceId, "onrender.com"),
    area: Area.WEB_SERVICE,
    what: `anyone → ${address} of ${serviceId}, past the edge`,
    value: isOff ? "closed: the name is off" : `open: the name is ${nameOfValue(policy as Value)}`,
    openness: isOff ? 0 : 1,
    absent: { value: "nothing turns the name off", openness: 1 },
  };
}

/** A name by which Render serves a service. */
function domainFacts(applier: Applier<"render-web-service-subdomain">): readonly Fact[] {
  const { serviceId, customDomains } = applier.state;
  return customDomains.map((domain) => ({
    ...about(applier, serviceId, domain),
    area: Area.WEB_SERVICE,
    what: `anyone → ${serviceId} as ${domain}`,
    value: "served by Render",
    openness: 1,
    absent: { value: "not served by Render", openness: 0 },
  }));
}

/** More than one may check the same set. */
function setFacts(appliers: readonly Applier<"render-dedicated-addresses">[]): readonly Fact[] {
  const facts = appliers.map((applier): Fact => {
    const { dedicatedIpId, ips } = applier.state;
    return {
      ...about(applier, dedicatedIpId, "addresses"),
      area: Area.EGRESS,
      what: `the set ${dedicatedIpId}`,
      value: `checked to be ${[...ips].sort().join(", ")}`,
      absent: { value: "not checked" },
    };
  });
  return [...new Map(facts.map((fact) => [`${fact.key} ${fact.value}`, fact])).values()];
}

function about(applier: Applier, of: string, part: string) {
  return {
    key: `${applier.kind} ${of} ${part}`,
    environments: [applier.resource.stack],
    control: stateOf(applier),
    subject: { of, parts: [part] },
  };
}
