import type { EdgePolicy } from "../../../../policy/slices";
import type { NamedAddresses } from "../../../edge/values";
import type { App } from "../app";
import { type Admission, admissionItems, admissions } from "../facts/admitted";
import { appliedFacts } from "../facts/applied";
import { type Fact, factItems } from "../facts/fact";
import { Area, type Difference, Direction } from "../difference";

/** What is held of the web services of an app. */
export interface Services {
  readonly facts: readonly Fact[];
  readonly admissions: readonly Admission[];
}

export function servicesIn(app: App): Services {
  const isOfService = ({ area }: { readonly area: Area }): boolean => area === Area.WEB_SERVICE;
  return { facts: appliedFacts(app).filter(isOfService), admissions: admissions(app).filter(isOfService) };
}

interface Edge {
  readonly policy: EdgePolicy | undefined;
  readonly services: Services;
}

/** The service that a host leads to; undefined where no environment declares it. */
export function serviceOf(host: string, { policy }: Pick<Edge, "policy">): string | undefined {
  return policy?.tenants.flatMap(({ hosts }) => hosts[host]?.service ?? [])[0];
}

/** Whether an item says that a service is held for the first time, and closed: that belongs to the host that leads to it. */
export function isFirstHold({ direction, area, by }: Difference): boolean {
  return area === Area.WEB_SERVICE && direction === Direction.CLOSED && by.before === undefined;
}

/** What closes the service that a host leads to. */
export function heldBehind(host: string, edge: Edge, names: readonly NamedAddresses[]): readonly Difference[] {
  const service = serviceOf(host, edge);
  const own = <T extends { readonly subject: Difference["subject"] }>(all: readonly T[]): readonly T[] =>
    all.filter(({ subject: { of, parts } }) => of === service && !parts.includes(host));
  const items = [
    ...factItems({ before: [], after: own(edge.services.facts) }),
    ...admissionItems({ before: [], after: own(edge.services.admissions) }, names),
  ];
  return items.filter(isFirstHold);
}
