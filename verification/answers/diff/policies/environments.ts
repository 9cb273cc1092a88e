import { type Accept, acceptedAs, type AcceptedResource, inWords, subjectOf } from "../../../../policy/accept";
import { type Datastore, nameOf as nameOfStore } from "../../../../policy/datastore";
import type { EgressAddresses } from "../../../../policy/egress-addresses";
import type { Environment } from "../../../../policy/environment";
import type { Policy } from "../../../../policy/policy";
import type { Repository } from "../../../../policy/repository";
import type { RenderAllowList } from "../../../../policy/web-ingress";
import type { Worker } from "../../../../policy/worker";
import type { OwnedZone } from "../../../../policy/zone";
import { canonicalJson } from "../../../terraform/json";
import { both, type Pair } from "../../app";
import { Area, type Difference, differenceOf } from "../difference";
import {
  admitted,
  changed,
  type Compare,
  compareMembers,
  type Comparisons,
  type Context,
  either,
  exactly,
  listed,
  type Notice,
  promised,
  stronger,
  weaker,
  worded,
} from "./compare";
import { edge, webhooks, sameWorker, workerEgress } from "./traffic";
import { repository } from "./repositories";

export function policyDifferences(
  sides: Pair<{ readonly policies: readonly Pick<Policy, "environment">[] }>,
): readonly Difference[] {
  const all = both(sides, ({ policies }) => policies.map(({ environment }) => environment));
  const { before, after } = both(all, (own) => new Map(own.map((environment) => [environment.name, environment])));
  return [...new Map([...before, ...after]).keys()].flatMap((name) =>
    noticed(before.get(name), after.get(name), all).map(({ at, ...notice }) =>
      differenceOf({
        ...{ area: Area.POLICY, environments: [name] },
        sentence: WITHOUT_SUBJECT.test(notice.what) ? `it ${notice.what}` : notice.what,
        ...notice,
        subject: { of: at === "" ? name : `${name}.${at}`, parts: [] },
      }),
    ),
  );
}

/** A notice that leaves out the environment, which a reader is told before it. */
const WITHOUT_SUBJECT = /^(?:drops|guards|no longer) /;

function noticed(before: Environment | undefined, after: Environment | undefined, all: Pair<readonly Environment[]>) {
  if (before !== undefined && after !== undefined) {
    return compareMembers("", before, after, comparisons({ before, after, all }));
  }
  const environment = before ?? after;
  if (environment === undefined) return [];
  const { hosts: own, accept: entries = [] } = environment;
  const hosts = Object.keys(own).join(", ");
  if (after === undefined) return exactly([weaker("", `the environment is dropped, with ${hosts}`)], environment);
  const accepted = entries.map((entry): Notice => {
    const [at, what] = [`accept[${subjectOf(entry)}]`, `${inWords(entry)} in it: ${entry.reason}`];
    return entry.kind === "declared" ? changed(at, what) : weaker(at, what, { area: Area.ACCEPTANCE });
  });
  return exactly([changed("", `the environment is new, with ${hosts}`), ...accepted], environment);
}

function comparisons(context: Context): Comparisons<Environment> {
  return {
    accept,
    name: either,
    zone: (at, one, other) =>
      one?.kind === "owned" && other?.kind === "owned" ? compareMembers(at, one, other, ZONE) : either(at, one, other),
    hosts: hosts(context),
    webhooks: webhooks(context),
    edge,
    ingress: promised<RenderAllowList>(
      "Render no longer admits listed addresses only",
      "Render admits listed addresses only",
      { kind: either, addresses: admitted("Render admits"), reason: worded },
    ),
    egress,
    datastores: things<Datastore>(
      { what: "datastore", nameOf: nameOfStore, of: ({ datastores = [] }) => datastores, both: sameStore },
      context,
    ),
    workers: things<Worker>(
      {
        what: "worker",
        nameOf: ({ service }) => service,
        of: ({ workers = [] }) => workers,
        both: sameWorker(context),
      },
      context,
    ),
    workerEgress,
    repositories: things<Repository>(
      { what: "repository", nameOf: ({ name }) => name, of: ({ repositories = [] }) => repositories, both: repository },
      context,
    ),
    infrastructure: either,
  };
}

const ZONE: Comparisons<OwnedZone> = { kind: either, name: either, id: either, account: either, plan: either };

/** A statement that is lowered is the policy's. Everything else that is accepted comes before it. */
const told = ({ kind }: Accept, notices: readonly Notice[]): readonly Notice[] =>
  kind === "declared" ? notices : notices.map((notice) => ({ ...notice, area: Area.ACCEPTANCE }));

function anotherBody(at: string, { digest: before }: AcceptedResource, other: AcceptedResource): Notice {
  const { digest: after } = other;
  const sentence = `${inWords(other)}, of another body: ${before} → ${after}`;
  return weaker(at, inWords(other), { sentence, before, after });
}

const accept: Compare<readonly Accept[]> = listed({
  nameOf: subjectOf,
  added: (at, entry) => told(entry, [weaker(at, `${inWords(entry)}: ${entry.reason}`)]),
  dropped: (at, entry) => told(entry, [stronger(at, `no longer accepts: ${inWords(entry)}`)]),
  both: (at, one, other) =>
    told(
      other,
      one.kind === "resource" && other.kind === "resource" && one.digest !== other.digest
        ? [anotherBody(at, one, other)]
        : worded(`${at}.reason`, one, other),
    ),
});

/** Things of a platform that an environment names. */
interface Things<T> {
  readonly what: string;
  readonly nameOf: (thing: T) => string;
  readonly of: (environment: Environment) => readonly T[];
  readonly both: (at: string, before: T, after: T) => readonly Notice[];
}

/** A thing that is new is told by what becomes of it, where that is told. */
function things<T>({ what, nameOf, of, both: same }: Things<T>, context: Context): Compare<readonly T[]> {
  return listed<T>({
    nameOf,
    added: (at, thing) => [stronger(at, `the ${what} ${nameOf(thing)} is new`, { announces: nameOf(thing) })],
    dropped: (at, thing) => gone(context, at, what, nameOf(thing), (environment) => of(environment).map(nameOf)),
    both: same,
  });
}

/** A thing that another environment names now has moved. That weakens what is promised of it where more is lowered. */
function gone(
  { before, after, all }: Context,
  at: string,
  what: string,
  id: string,
  idsOf: (environment: Environment) => readonly string[],
): readonly Notice[] {
  const owner = all.after.find((other) => other.name !== after.name && idsOf(other).includes(id));
  if (owner === undefined) return [weaker(at, `drops the ${what} ${id}`)];
  const held = new Set(acceptedAs("declared", before.accept).map(({ statement }) => statement));
  const lowered = acceptedAs("declared", owner.accept).flatMap(({ statement }) =>
    held.has(statement) ? [] : statement,
  );
  if (lowered.length === 0) return [changed(at, `the ${what} ${id} moves to ${owner.name}`)];
  return [weaker(at, `the ${what} ${id} moves to ${owner.name}, where ${lowered.join(", ")} is only declared`)];
}

const hosts =
  (context: Context): Compare<Environment["hosts"]> =>
  (at, before = {}, after = {}) => [
    ...listed<string>({
      nameOf: (host) => host,
      added: (place, host) => [changed(place, `the host ${host} is new`, { announces: host })],
      dropped: (place, host) => gone(context, place, "host", host, ({ hosts: own }) => Object.keys(own)),
    })(at, Object.keys(before), Object.keys(after)),
    ...Object.entries(after).flatMap(([host, origin]) => {
      const own = before[host];
      if (own === undefined || canonicalJson(own) === canonicalJson(origin)) return [];
      const [one, other] = [own, origin].map(({ service, address }) => `${address} (${service})`);
      return exactly([changed(`${at}[${host}]`, `the origin of ${host}: ${one ?? ""} → ${other ?? ""}`)], own, origin);
    }),
  ];

const egress: Compare<EgressAddresses> = (at, before, after) => [
  ...admitted("its egress has")(`${at}.addresses`, before?.addresses, after?.addresses),
  ...(before !== undefined && after !== undefined ? sameEgress(at, before, after) : []),
];

function sameEgress(at: string, before: EgressAddresses, after: EgressAddresses): readonly Notice[] {
  if (after.kind === "shared") {
    if (before.kind === "shared") return before.reason === after.reason ? [] : worded(`${at}.reason`, before, after);
    return [weaker(at, `its egress addresses are shared with other tenants: ${after.reason}`)];
  }
  if (before.kind === "shared") return [stronger(at, `its egress addresses are its own, the set ${after.set}`)];
  if (before.set === after.set) return [];
  return [changed(`${at}.set`, `its egress addresses are the set ${after.set} instead of ${before.set}`)];
}

function sameStore(at: string, before: Datastore, after: Datastore): readonly Notice[] {
  if (before.kind !== "supabase" || after.kind !== "supabase") return either(at, before, after);
  const { project } = after;
  return compareMembers(at, before, after, {
    kind: either,
    project: either,
    wideBlocks: (place, one, other) => {
      if (one !== undefined && other !== undefined) return worded(place, one, other);
      if (other === undefined) return [stronger(place, `${project} may no longer admit wide blocks`)];
      return [weaker(place, `${project} may admit wide blocks: ${other}`)];
    },
    lockedOut: (place, one, other) => {
      if (one !== undefined && other !== undefined) return worded(place, one, other);
      if (other === undefined) return [weaker(place, `${project} no longer admits nobody alone`)];
      return [stronger(place, `${project} admits nobody: ${other}`)];
    },
  });
}
