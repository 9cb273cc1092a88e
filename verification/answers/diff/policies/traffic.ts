import {
  AddressPlacement,
  type EdgeOptions,
  EdgePart,
  type Hsts,
  STATEMENTS_OF_PART,
} from "../../../../policy/edge-options";
import type { DedicatedAddresses } from "../../../../policy/egress-addresses";
import { type Environment, tenancies } from "../../../../policy/environment";
import type { OtherRule } from "../../../../policy/other-rule";
import type { Webhook } from "../../../../policy/webhook";
import type { Worker } from "../../../../policy/worker";
import type { GatewayEgress, GatewaySource } from "../../../../policy/worker-egress";
import {
  admitted,
  changed,
  type Compare,
  compareMembers,
  type Comparisons,
  type Context,
  either,
  listed,
  measured,
  type Notice,
  promised,
  stronger,
  switched,
  weaker,
} from "./compare";

/** A path and everybody who may call it. */
interface Guarded {
  readonly path: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
}

export const webhooks =
  ({ after: { name }, all }: Context): Compare<readonly Webhook[]> =>
  (at, before = [], after = []) =>
    listed<Guarded>({
      nameOf: ({ path }) => path,
      added: (place, { path, names }) => {
        const notes = needed(path, name, all.before, "already");
        return [stronger(place, `guards ${path} for ${names.join(", ")}`, { notes })];
      },
      dropped: (place, { path }) => {
        const notes = needed(path, name, all.after, "still");
        return [weaker(place, `no longer guards ${path}`, { notes, isKept: notes.length > 0 })];
      },
      both: sameGuard,
    })(at, guardedBy(before), guardedBy(after));

function guardedBy(all: readonly Webhook[]): readonly Guarded[] {
  return [...new Set(all.map(({ path }) => path))].map((path) => {
    const senders = all.filter((each) => each.path === path).map(({ sender }) => sender);
    return { path, names: senders.map(({ name }) => name), addresses: senders.flatMap(({ addresses }) => addresses) };
  });
}

function sameGuard(at: string, before: Guarded, after: Guarded): readonly Notice[] {
  const notices = admitted(`${after.path} admits`)(at, before.addresses, after.addresses);
  const [one, other] = [before, after].map(({ names }) => names.join(", "));
  if (notices.length > 0 || one === other) return notices;
  return [changed(at, `who may call ${after.path} is named ${other ?? ""} instead of ${one ?? ""}`)];
}

/**
 * The environments of the same zone that need its edge to guard a path: one rule of a sender guards every host of it.
 * None where the zone leaves the guard to others.
 */
function needed(path: string, environment: string, all: readonly Environment[], when: string): readonly string[] {
  const zone = tenancies(all).find(({ tenants }) => tenants.some(({ name }) => name === environment));
  const isLeft = zone?.owner.edge?.leave?.includes(EdgePart.WEBHOOK_GUARD) === true;
  const isGuarding = ({ webhooks: own = [] }: Environment): boolean => own.some((each) => path.includes(each.path));
  const names = isLeft ? [] : (zone?.tenants ?? []).filter(isGuarding).map(({ name }) => name);
  return others(names, when, ["needs", "need"], `the rule that guards ${path} in the whole zone`);
}

/** The note that others do something too; none where nobody does. */
function others(
  names: readonly string[],
  when: string,
  [one, many]: readonly [one: string, many: string],
  what: string,
): readonly string[] {
  return names.length === 0 ? [] : [`${names.join(", ")} ${when} ${names.length === 1 ? one : many} ${what}`];
}

const YEAR = 31_536_000;

const HSTS: Comparisons<Hsts> = {
  maxAge: measured((seconds = YEAR) => seconds),
  includeSubDomains: switched(true, false),
  preload: switched(true, false),
};

const otherRules: Compare<readonly OtherRule[]> = (at, before, after) => {
  const notices = listed<OtherRule>({
    nameOf: ({ phase, ref }) => `${phase} ${ref}`,
    added: (place, { ref, action }) => [changed(place, `another team's rule ${ref} is new: ${action}`)],
    dropped: (place, { ref }) => [changed(place, `another team's rule ${ref} is gone`)],
    both: (place, one, other) => [changed(place, `another team's rule ${other.ref} differs: ${differing(one, other)}`)],
  })(at, before, after);
  return notices.length > 0 ? notices : [changed(at, "other teams' rules come in another order")];
};

function differing(one: OtherRule, other: OtherRule): string {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof OtherRule>;
  return [...keys].filter((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key])).join(", ");
}

const EDGE: Comparisons<EdgeOptions> = {
  addresses: (at, before = AddressPlacement.INLINE, after = AddressPlacement.INLINE) => [
    changed(at, `addresses are written as ${after} instead of ${before}`),
  ],
  hsts: (at, before = {}, after = {}) => compareMembers(at, before, after, HSTS),
  otherRules,
  existing: either,
  leave: listed({
    nameOf: (part) => part,
    added: (at, part) => [
      weaker(at, `${part} is left to others, so ${STATEMENTS_OF_PART[part].join(", ")} is only declared`),
    ],
    dropped: (at, part) => [stronger(at, `${part} is no longer left to others`)],
  }),
};

export const edge: Compare<EdgeOptions> = (at, before = {}, after = {}) => compareMembers(at, before, after, EDGE);

/** The changes in the promises of a worker that both sides name. */
export const sameWorker =
  ({ before, after }: Context) =>
  (at: string, one: Worker, other: Worker) => {
    const { service } = other;
    const reaches = listed<string>({
      nameOf: (host) => host,
      added: (place, host) => {
        const notes = reachedToo(host, service, before.workers, "already");
        return [weaker(place, `${service} may reach ${host}`, { notes })];
      },
      dropped: (place, host) => {
        const notes = reachedToo(host, service, after.workers, "still");
        return [stronger(place, `${service} may no longer reach ${host}`, { notes })];
      },
    });
    return compareMembers(at, one, other, {
      service: either,
      type: either,
      reaches: (place, was, is) => reaches(place, hostsOf(was), hostsOf(is)),
    });
  };

const hostsOf = (reaches: Worker["reaches"] = []): readonly string[] => reaches.flatMap(({ hosts }) => hosts);

/** Which other workers reach a host: Gateway tells workers apart by the environment's addresses alone. */
function reachedToo(host: string, service: string, workers: readonly Worker[] = [], when: string): readonly string[] {
  const names = workers
    .filter((worker) => worker.service !== service && hostsOf(worker.reaches).includes(host))
    .map((worker) => worker.service);
  return others(names, when, ["reaches", "reach"], `${host} by the same addresses`);
}

const source: Compare<GatewaySource> = (at, before, after) => {
  if (before?.kind === "dedicated" && after?.kind === "dedicated") return compareMembers(at, before, after, DEDICATED);
  return after?.kind === "shared-with-web-service"
    ? [weaker(at, "the workers have no addresses of their own: Gateway can't tell them from the web service")]
    : [stronger(at, "the workers have addresses of their own")];
};

const DEDICATED: Comparisons<DedicatedAddresses> = {
  kind: either,
  set: (at, before, after) => [changed(at, `the workers' addresses are the set ${after ?? ""}, not ${before ?? ""}`)],
  addresses: admitted("Gateway takes for workers"),
};

export const workerEgress = promised<GatewayEgress>(
  "Gateway no longer holds its workers to the hosts that they reach",
  "Gateway holds its workers to the hosts that they reach",
  { precedence: either, source },
);
