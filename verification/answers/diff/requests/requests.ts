import { not } from "../../../solver/language/dfa";
import { behaviourOf } from "../../../edge/behaviour";
import { type Change, ChangeKind, diffOf } from "../../../edge/compare";
import type { End } from "../../../edge/ends";
import type { RequestSet } from "../../../edge/describe";
import type { EdgeRequest } from "../../../edge/evaluate/edge-request";
import { ALL } from "../../../edge/values";
import type { Scope } from "../../../edge/scope";
import { controlOf, type ZoneRule } from "../../../edge/zone";
import { curlOf } from "../../../edge/curl";
import { inAnyCase } from "../../../statements/hosts";
import { type App, both, type Pair } from "../../app";
import { Area, type Difference, differenceOf, Direction } from "../difference";
import { heldBehind } from "../services";
import { type Sides, withLists } from "../sides";
import { type Edge, type EdgePair, servedAlone, toldWithRequests } from "../edges";
import { differingExamples } from "./examples";
import { changeInWords, endInWords, hostInWords, requestsInWords, targetInWords, whom } from "./words";
import type { AddressSet } from "../../../../network/address-set";

const DIRECTION_OF: Readonly<Record<ChangeKind, Direction>> = {
  [ChangeKind.OPENED]: Direction.OPENED,
  [ChangeKind.CLOSED]: Direction.CLOSED,
  [ChangeKind.CHANGED]: Direction.CHANGED,
  [ChangeKind.UNDECIDED]: Direction.UNDECIDED,
};

/** The differences in the requests of each zone. Those for names that only one side serves come last. */
export function requestDifferences(sides: Sides): readonly Difference[] {
  return sides.zones.flatMap((pair) => requestsOf(pair, sides));
}

function requestsOf({ before, after }: EdgePair, sides: Sides): readonly Difference[] {
  const names = withLists(sides.names, { before: before?.zone, after: after?.zone });
  const [gone, fresh] = [servedAlone(before, after), servedAlone(after, before)];
  return [
    ...(before && after ? servedByBoth({ before, after }, names, [...gone, ...fresh]) : []),
    ...toldWithRequests(fresh, before).flatMap((host) => servedByOne(after, host, names, sides.after)),
    ...toldWithRequests(gone, after).flatMap((host) => servedByOne(before, host, names)),
  ];
}

/** @param others the names that one side alone serves */
function servedByBoth(
  edges: Pair<Edge>,
  names: readonly AddressSet[],
  others: readonly string[],
): readonly Difference[] {
  const { before, after } = edges;
  const likely = likelyIn(before, after);
  const scope: Scope = others.length === 0 ? { likely } : { hosts: not(inAnyCase(others)), likely };
  const { changes, undecided } = diffOf(before.zone, after.zone, { names, scope });
  const environments = [...new Set([...after.environments, ...before.environments])];
  const via = likely.hosts[0] ?? after.name;
  return [
    ...changes.map((change) => differenceIn(change, edges, environments, via)),
    ...undecided.map((reason) =>
      differenceOf({
        ...{ direction: Direction.UNDECIDED, area: Area.REQUESTS, environments, what: `requests for ${after.name}` },
        notes: [reason],
        subject: { of: after.name, parts: [] },
      }),
    ),
  ];
}

/** The hosts and paths that people expect to see in an example. */
function likelyIn(...edges: readonly Edge[]): { readonly hosts: readonly string[]; readonly paths: readonly string[] } {
  const tenants = edges.flatMap(({ policy }) => policy?.tenants ?? []);
  const hosts = tenants.flatMap(({ hosts: own }) => Object.keys(own));
  const served = edges.flatMap((edge) => [...edge.served]);
  const paths = tenants.flatMap(({ webhooks = [] }) => webhooks.map(({ path }) => path));
  const shared = hosts.filter((host) => edges.every((edge) => edge.served.has(host)));
  return { hosts: [...new Set([...shared, ...served])], paths: [...new Set([...paths, "/"])] };
}

/** @param via a host to connect to where a request names none */
function differenceIn(change: Change, edges: Pair<Edge>, environments: readonly string[], via: string): Difference {
  const { requests, before, after, reasons, except } = change;
  const zones = both(edges, ({ zone }) => zone);
  const examples = differingExamples(change, zones);
  const of = change.examples.length > 0 ? " that ends otherwise" : "";
  return differenceOf({
    ...{ direction: directionOf(change), area: Area.REQUESTS, environments },
    what: requestsInWords(requests),
    sentence: changeInWords(requests, before.end, after.end),
    reach: { from: whom(requests.sources), to: targetInWords(requests) },
    before: endInWords(before.end),
    after: endInWords(after.end),
    examples: curlLines(examples, via),
    by: { before: before.rule && controlOf(before.rule), after: after.rule && controlOf(after.rule) },
    notes: [...reasons, ...exceptions(except), ...withoutExample(examples, of)],
    subject: { of: edges.after.name, parts: [] },
    addresses: requests.addresses,
    exactly: [exactly(requests, before.end, after.end), zones.before.normalised, zones.after.normalised],
  });
}

const curlLines = (requests: readonly EdgeRequest[], via: string): readonly string[] =>
  requests.map((request) => curlOf(request, via));

/** A barrier before the same end that is gone, such as a challenge, weakens what is held; a new one strengthens it. */
function directionOf({ kind, before, after }: Change): Direction {
  const [was, is] = [before.end, after.end];
  if (kind !== ChangeKind.CHANGED || was.kind !== is.kind) return DIRECTION_OF[kind];
  const isLost = was.barriers.some((barrier) => !is.barriers.includes(barrier));
  const isMet = is.barriers.some((barrier) => !was.barriers.includes(barrier));
  if (isLost) return Direction.WEAKENED;
  return isMet ? Direction.STRENGTHENED : DIRECTION_OF[kind];
}

/** The note about rules that are the same before and after, and weren't looked at. */
function exceptions(rules: readonly ZoneRule[]): readonly string[] {
  const [first] = rules;
  if (first === undefined) return [];
  const others = rules.length === 1 ? "" : ` and ${rules.length - 1} others`;
  return [`some of these requests may be treated alike before and after: by ${first.ref}${others}`];
}

/** The note where no example shows how a request is made. */
function withoutExample(examples: readonly EdgeRequest[], which = ""): readonly string[] {
  return examples.length === 0 ? [`no example is known${which}`] : [];
}

/** The end of requests for a name that leads nowhere. */
export const NOT_SERVED = "not served";

/**
 * The differences in the requests for a name that one side alone serves.
 *
 * @param appearsIn the app after the change, where the name is new
 */
function servedByOne(
  edge: Edge | undefined,
  host: string,
  names: readonly AddressSet[],
  appearsIn?: App,
): readonly Difference[] {
  if (edge === undefined) return [];
  const { environments: all, name, policy, records } = edge;
  const owner = policy?.tenants.filter(({ hosts }) => host in hosts).map((tenant) => tenant.name) ?? [];
  const environments = owner.length > 0 ? owner : all;
  const likely = { hosts: [host], paths: likelyIn(edge).paths };
  // A wildcard's record serves every name that has none of its own.
  const scope: Scope = host.includes("*") ? { likely } : { hosts: inAnyCase([host]), likely };
  const { parts, undecided } = behaviourOf(edge.zone, { names, scope });
  const target = records.get(host)?.target ?? policy?.tenants.flatMap(({ hosts }) => hosts[host]?.address ?? [])[0];
  const reaching = parts.filter(({ end }) => end.kind === "origin" || end.kind === "undecided");
  const stopped = parts.filter((part) => !reaching.includes(part));
  const isNew = appearsIn !== undefined;
  const held = isNew ? heldBehind(host, edge, appearsIn, names) : [];
  const beside = [held.map(({ id }) => id), stopped.map((part) => exactly(part.requests, part.end))];
  const notes = [
    ...held.map(({ what, after }) => `${what}: ${after ?? ""}`),
    ...stopped.map((part) => `${requestsInWords({ ...part.requests, hosts: ALL })}: ${endInWords(part.end)}`),
  ];
  const draft = { area: Area.REQUESTS, environments, subject: { of: name, parts: [host] } };
  const sides = (end: string) => (isNew ? { before: NOT_SERVED, after: end } : { before: end, after: NOT_SERVED });
  return [
    ...reaching.map(({ requests, end, rule, examples }, index) => {
      const named: RequestSet = { ...requests, hosts: { kind: "only", names: [host] } };
      return differenceOf({
        ...draft,
        direction: end.kind === "undecided" ? Direction.UNDECIDED : isNew ? Direction.OPENED : Direction.CLOSED,
        what: requestsInWords(named),
        sentence: hostInWords(named, end, isNew, target),
        reach: { from: whom(requests.sources), to: targetInWords(named) },
        ...sides(end.kind === "origin" ? `origin ${target ?? ""}`.trim() : endInWords(end)),
        examples: curlLines(examples, host),
        by: { [isNew ? "after" : "before"]: rule && controlOf(rule) },
        notes: [...(index === 0 ? notes : []), ...withoutExample(examples)],
        addresses: requests.addresses,
        exactly: [exactly(requests, end), target ?? null, index === 0 ? beside : []],
      });
    }),
    ...(reaching.length === 0 && stopped.length > 0
      ? [
          differenceOf({
            ...{ ...draft, direction: Direction.CHANGED, what: `anyone → host ${host}`, notes },
            sentence: isNew ? `${host} is new, and blocked for anyone` : `${host} is gone, and was blocked for anyone`,
            ...{ ...sides("blocked"), exactly: beside },
          }),
        ]
      : []),
    ...undecided.map((reason) =>
      differenceOf({ ...draft, direction: Direction.UNDECIDED, what: `requests for ${host}`, notes: [reason] }),
    ),
  ];
}

/** All that is said of some requests and of their ends, but the names of sets: those may change their meaning. */
function exactly({ sources: _, addresses, ...requests }: RequestSet, ...ends: readonly End[]): unknown {
  const fields = Object.entries(requests).map(([field, values]) => [
    field,
    "exact" in values && values.exact !== undefined ? [values.kind, values.exact] : values,
  ]);
  return [fields, addresses.cidrs(), ends];
}
