import type { Accept } from "../../../../policy/accept";
import { nameOf as nameOfStore } from "../../../../policy/datastore";
import type { Environment } from "../../../../policy/environment";
import type { Policy } from "../../../../policy/policy";
import { canonicalJson } from "../../../terraform/json";
import { both, type Pair } from "../app";
import { Area, type Difference, differenceOf } from "../difference";
import { datastores, egress, ingress } from "./addresses";
import { edge, webhooks } from "./edge";
import {
  type Gone,
  changed,
  type Compare,
  compareMembers,
  type Comparisons,
  either,
  exactly,
  listed,
  type Notice,
  stronger,
  weaker,
  worded,
} from "./compare";
import { repositories } from "./repositories";
import { workerEgress, workers } from "./workers";

/** What became of what the environments promise. */
export function policyDifferences(
  sides: Pair<{ readonly policies: readonly Pick<Policy, "environment">[] }>,
): readonly Difference[] {
  const all = both(sides, ({ policies }) => policies.map(({ environment }) => environment));
  const { before, after } = both(all, (own) => new Map(own.map((environment) => [environment.name, environment])));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) =>
    noticed(before.get(name), after.get(name), all).map((notice) => differenceIn(name, notice)),
  );
}

function noticed(before: Environment | undefined, after: Environment | undefined, all: Pair<readonly Environment[]>) {
  if (before !== undefined && after !== undefined) return kept(before, after, all);
  if (before !== undefined) return exactly(dropped(before), before);
  return after === undefined ? [] : exactly(added(after), after);
}

function differenceIn(environment: string, { at, ...notice }: Notice): Difference {
  const place = at === "" ? environment : `${environment}.${at}`;
  return differenceOf({ area: Area.POLICY, environments: [environment], subject: { of: place, parts: [] }, ...notice });
}

function dropped({ hosts }: Environment): readonly Notice[] {
  return [weaker("", `the environment is dropped, with ${Object.keys(hosts).join(", ")}`)];
}

function added({ hosts, accept = [] }: Environment): readonly Notice[] {
  return [
    changed("", `the environment is new, with ${Object.keys(hosts).join(", ")}`),
    ...accept.map(({ statement, reason }) =>
      changed(`accept[${statement}]`, `${statement} is only declared in it: ${reason}`),
    ),
  ];
}

function kept(before: Environment, after: Environment, all: Pair<readonly Environment[]>): readonly Notice[] {
  return compareMembers("", before, after, comparisons({ before, after, all }));
}

/** What an environment is compared in the light of. */
interface Context {
  readonly before: Environment;
  readonly after: Environment;
  readonly all: Pair<readonly Environment[]>;
}

function comparisons(context: Context): Comparisons<Environment> {
  const datastoreIds = ({ datastores: own = [] }: Environment) => own.map(nameOfStore);
  const workerIds = ({ workers: own = [] }: Environment) => own.map(({ service }) => service);
  const repositoryIds = ({ repositories: own = [] }: Environment) => own.map(({ name }) => name);
  const gone = (what: string, idsOf: (environment: Environment) => readonly string[]) => goneOf(context, what, idsOf);
  return {
    accept,
    name: either,
    zone: (at, one, other) =>
      one?.kind === "owned" && other?.kind === "owned"
        ? compareMembers(at, one, other, { kind: either, name: either, id: either, account: either, plan: either })
        : either(at, one, other),
    hosts: (at, one = {}, other = {}) => hosts(gone("host", ({ hosts: own }) => Object.keys(own)))(at, one, other),
    webhooks: webhooks(context.after.name, context.all),
    edge,
    ingress,
    egress,
    datastores: datastores(gone("datastore", datastoreIds)),
    workers: workers(gone("worker", workerIds), context),
    workerEgress,
    repositories: repositories(gone("repository", repositoryIds)),
    ignore: listed({
      nameOf: ({ id }) => id,
      added: (at, { id, reason }) => [weaker(at, `the inventory lets ${id} be: ${reason}`)],
      dropped: (at, { id }) => [stronger(at, `the inventory no longer lets ${id} be`)],
      both: (at, one, other) => compareMembers(at, one, other, { id: either, reason: worded }),
    }),
  };
}

/** A thing that another environment names now has moved. That weakens what is promised of it where more is lowered. */
function goneOf(
  { before, after, all }: Context,
  what: string,
  idsOf: (environment: Environment) => readonly string[],
): Gone {
  return (at, id) => {
    const owner = all.after.find((other) => other.name !== after.name && idsOf(other).includes(id));
    if (owner === undefined) return [weaker(at, `drops the ${what} ${id}`)];
    const held = new Set((before.accept ?? []).map(({ statement }) => statement));
    const lowered = (owner.accept ?? []).filter(({ statement }) => !held.has(statement));
    if (lowered.length === 0) return [changed(at, `the ${what} ${id} moves to ${owner.name}`)];
    const which = lowered.map(({ statement }) => statement).join(", ");
    return [weaker(at, `the ${what} ${id} moves to ${owner.name}, where ${which} is only declared`)];
  };
}

function hosts(gone: Gone): Compare<Environment["hosts"]> {
  return (at, before = {}, after = {}) =>
    listed<string>({
      nameOf: (host) => host,
      added: (place, host) => [{ ...changed(place, `the host ${host} is new`), announces: host }],
      dropped: gone,
    })(at, Object.keys(before), Object.keys(after)).concat(
      Object.entries(after).flatMap(([host, origin]) => {
        const own = before[host];
        if (own === undefined || canonicalJson(own) === canonicalJson(origin)) return [];
        const [one, other] = [own, origin].map(({ service, address }) => `${address} (${service})`);
        return exactly(
          [changed(`${at}[${host}]`, `the origin of ${host}: ${one ?? ""} → ${other ?? ""}`)],
          own,
          origin,
        );
      }),
    );
}

const accept: Compare<readonly Accept[]> = listed({
  nameOf: ({ statement }) => statement,
  added: (at, { statement, reason }) => [weaker(at, `${statement} is only declared: ${reason}`)],
  dropped: (at, { statement }) => [stronger(at, `${statement} is no longer only declared`)],
  both: (at, one, other) => compareMembers(at, one, other, { statement: either, strength: either, reason: worded }),
});
