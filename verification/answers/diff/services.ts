import type { Applier } from "../../appliers/applier";
import { appliersOf } from "../../appliers/appliers";
import { distinctBy } from "../../collections";
import { stateOf } from "../../statements/applied-state";
import { nameOfValue, type Value } from "../../terraform/value";
import { CLOSED_TYPES } from "../targets";
import { admissionDifferences, admissionsIn } from "./admissions";
import { type App, both } from "../app";
import { Area, type Difference, Direction } from "./difference";
import { type Fact, factDifferences, factsOf, type Level } from "./fact";
import { type Edge, newHosts } from "./edges";
import type { Sides } from "./sides";
import type { AddressSet } from "../../../network/address-set";

/** The differences of services, datastores and sets of addresses that are held through platforms' APIs. */
export function serviceDifferences(sides: Sides): readonly Difference[] {
  // Custom domains that are names of the edge, and services of new hosts, are told with the requests.
  const served = new Set(sides.zones.flatMap(({ before, after }) => [before, after].flatMap(servedBy)));
  const led = new Set(
    sides.zones.flatMap((pair) => newHosts(pair).flatMap((host) => serviceOf(host, pair.after) ?? [])),
  );
  const isTold = (difference: Difference): boolean =>
    difference.subject.parts.some((part) => served.has(part)) ||
    (isFirstHold(difference) && led.has(difference.subject.of));
  return [
    ...factDifferences(both(sides, serviceFacts)),
    ...admissionDifferences(both(sides, admissionsIn), sides.names),
  ].filter((difference) => difference.area !== Area.WEB_SERVICE || !isTold(difference));
}

const servedBy = (edge: Edge | undefined): readonly string[] => [...(edge?.served ?? [])];

/** The service that a host leads to; undefined where no environment declares it. */
function serviceOf(host: string, edge: Edge | undefined): string | undefined {
  return edge?.policy?.tenants.flatMap(({ hosts }) => hosts[host]?.service ?? [])[0];
}

/** Whether it says that a service is held for the first time, and closed: that belongs to the host that leads to it. */
function isFirstHold({ direction, area, by }: Difference): boolean {
  return area === Area.WEB_SERVICE && direction === Direction.CLOSED && by.before === undefined;
}

/** The differences that close the service of a new host. */
export function heldBehind(host: string, edge: Edge, app: App, names: readonly AddressSet[]): readonly Difference[] {
  const service = serviceOf(host, edge);
  const own = <T extends Pick<Fact, "subject">>(all: readonly T[]): readonly T[] =>
    all.filter(({ subject: { of, parts } }) => of === service && !parts.includes(host));
  return [
    ...factDifferences({ before: [], after: own(serviceFacts(app)) }),
    ...admissionDifferences({ before: [], after: own(admissionsIn(app)) }, names),
  ].filter(isFirstHold);
}

function serviceFacts({ model, policies }: App): readonly Fact[] {
  const appliers = appliersOf(model);
  const origins = policies.flatMap(({ environment }) => Object.values(environment.hosts));
  const addressOf = (id: string): string =>
    origins.find(({ service }) => service === id)?.address ?? "its onrender.com name";
  return [
    ...appliers.ofKind("render-service-type").map(typeFact),
    ...appliers
      .ofKind("render-web-service-subdomain")
      .flatMap((applier) => nameFacts(applier, addressOf(applier.state.serviceId))),
    ...setFacts(appliers.ofKind("render-dedicated-addresses")),
  ];
}

const appliedTo = (applier: Applier, area: Area, of: string) =>
  factsOf({ area, environments: [applier.resource.stack], of, control: stateOf(applier) });

const level = (value: string, openness: number, sentence: string): Level => ({ value, openness, sentence });

function typeFact(applier: Applier<"render-service-type">): Fact {
  const { serviceId, type } = applier.state;
  const ofType = `it is of type ${nameOfValue(type as Value)}`;
  const own = CLOSED_TYPES.has(type)
    ? level(`closed: ${ofType}`, 0, `worker ${serviceId} takes no connections: ${ofType}`)
    : level(`open: ${ofType}`, 1, `worker ${serviceId} may take connections: ${ofType}`);
  const unchecked = `nothing checks any more that worker ${serviceId} takes no connections`;
  const fact = appliedTo(applier, Area.WORKER, serviceId);
  return fact("type", `anyone → worker ${serviceId}`, own, level("nothing checks its type", 1, unchecked));
}

/** The names by which Render serves a service. */
function nameFacts(applier: Applier<"render-web-service-subdomain">, address: string): readonly Fact[] {
  const { serviceId, renderSubdomainPolicy: policy, customDomains } = applier.state;
  const fact = appliedTo(applier, Area.WEB_SERVICE, serviceId);
  const name = `${address} of ${serviceId}`;
  const own =
    policy === "disabled"
      ? level("closed: the name is off", 0, `${name} is off`)
      : level(`open: the name is ${nameOfValue(policy as Value)}`, 1, `anyone reaches ${name}, past the edge`);
  const missing = level("nothing turns the name off", 1, `nothing turns ${name} off any more`);
  return [
    fact("onrender.com", `anyone → ${name}, past the edge`, own, missing),
    ...customDomains.map((domain) => {
      const served = level("served by Render", 1, `Render serves ${serviceId} as ${domain}`);
      const unserved = level("not served by Render", 0, `Render no longer serves ${serviceId} as ${domain}`);
      return fact(domain, `anyone → ${serviceId} as ${domain}`, served, unserved);
    }),
  ];
}

/** More than one may check the same set. */
function setFacts(appliers: readonly Applier<"render-dedicated-addresses">[]): readonly Fact[] {
  const facts = appliers.map((applier): Fact => {
    const { dedicatedIpId, ips } = applier.state;
    const checked = { value: `checked to be ${[...ips].sort().join(", ")}` };
    const fact = appliedTo(applier, Area.EGRESS, dedicatedIpId);
    return fact("addresses", `the set ${dedicatedIpId}`, checked, { value: "not checked" });
  });
  return distinctBy(facts, ({ subject, value }) => `${subject.of} ${value}`);
}
