import { AddressSet } from "../../../../network/address-set";
import { addressValues } from "../../../edge/describe-addresses";
import { canonicalJson } from "../../../terraform/json";
import type { NamedAddresses } from "../../../edge/values";
import { type Gateway, gatewayOf, type GatewayPolicy, type ProxyEndpoint } from "../../../gateway/account";
import { type Connection, shownConnection } from "../../../gateway/connection";
import { gatewayEnd } from "../../../gateway/evaluate";
import { groupedBy } from "../../../collections";
import { BudgetExceeded } from "../../../solver/budget";
import { type Control, controlAt, placeAt } from "../../../result";
import { isKnown, nameOfValue } from "../../../terraform/value";
import { type App, both, type Pair } from "../app";
import { type Admission, admissionDifferences } from "../admissions";
import { type Fact, factDifferences } from "../fact";
import { Area, type Difference, differenceOf, Direction } from "../difference";
import type { Sides } from "../sides";
import { whom } from "../requests/words";
import { boxesOf } from "./boxes";
import { type Classes, connectionClasses } from "./classes";

/** The accounts whose Gateway an app may change. */
function accountsOf({ before, after }: Pair<App>): readonly string[] {
  const accounts = [before, after].flatMap(({ model, policies }) => [
    ...policies.map(({ workers: { zone } }) => zone.account),
    ...["cloudflare_zero_trust_gateway_policy", "cloudflare_zero_trust_gateway_proxy_endpoint"]
      .flatMap((type) => model.ofType(type))
      .map(({ attributes }) => nameOfValue(attributes["account_id"])),
  ]);
  return [...new Set(accounts)];
}

/** Where workers may connect, and whom their proxies admit. */
export function egressDifferences(sides: Sides): readonly Difference[] {
  const accounts = accountsOf(sides);
  const of = <T>(read: (app: App, account: string) => readonly T[]): Pair<readonly T[]> =>
    both(sides, (app) => accounts.flatMap((account) => read(app, account)));
  return [
    ...factDifferences(of(otherLayerFacts)),
    ...admissionDifferences(of(proxyAdmissions), sides.names),
    ...accounts.flatMap((account) => egressItems(sides, account, sides.names)),
  ];
}

/** Where connections through the Gateway of an account end, compared for all connections. */
function egressItems(apps: Pair<App>, account: string, names: readonly NamedAddresses[]): readonly Difference[] {
  const gateways = both(apps, ({ model }) => gatewayOf(model, account).network);
  if (formOf(gateways.before) === formOf(gateways.after)) return [];
  try {
    return comparedAll(gateways, account, names);
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return [undecided(gateways, account, [`the policies tell apart too many values of ${error.what}`])];
  }
}

/** All that the policies say, but their names: equal forms decide alike. */
function formOf(policies: readonly GatewayPolicy[]): string {
  return canonicalJson(
    policies.map(({ layer, action, precedence, traffic, provisos, doubts }) => ({
      ...{ layer, action, precedence, traffic, provisos, doubts },
    })),
  );
}

interface Cell {
  readonly place: readonly number[];
  readonly kind: Direction;
  readonly before: string;
  readonly after: string;
  readonly reasons: readonly string[];
  readonly connection: Connection;
  readonly by: Difference["by"];
}

/** More than any account's policies need. */
const MOST_CELLS = 200_000;

function comparedAll(gateways: Pair<readonly GatewayPolicy[]>, account: string, names: readonly NamedAddresses[]) {
  const classes = connectionClasses([...gateways.before, ...gateways.after]);
  const { sources, protocols, ports, names: hosts } = classes;
  if (sources.length * protocols.length * ports.length * hosts.length > MOST_CELLS) {
    return [undecided(gateways, account, ["the policies tell apart too many connections"])];
  }
  const cells: Cell[] = [];
  for (const [source, { witness: from }] of sources.entries()) {
    for (const [host, { witness: serverName }] of hosts.entries()) {
      for (const [port, { witness: to }] of ports.entries()) {
        for (const [place, { witness: protocol }] of protocols.entries()) {
          const connection = { source: from, serverName, port: to, protocol };
          const cell = compared(gateways, connection, [place, port, host, source]);
          if (cell !== undefined) cells.push(cell);
        }
      }
    }
  }
  const groups = groupsOf(cells);
  return [...groups.values()].flatMap((group) => itemsOf(group, classes, { account, names, gateways }));
}

function groupsOf(cells: readonly Cell[]): ReadonlyMap<string, readonly Cell[]> {
  return groupedBy(cells, ({ kind, before, after, reasons, by }) => JSON.stringify([kind, before, after, reasons, by]));
}

const ANSWERS = { allow: "allowed", block: "blocked", undecided: "undecided" } as const;

function compared(
  gateways: Pair<readonly GatewayPolicy[]>,
  connection: Connection,
  place: readonly number[],
): Cell | undefined {
  const { before, after } = both(gateways, (policies) => gatewayEnd(policies, connection));
  const reasons = [...new Set([...before.reasons, ...after.reasons])];
  if (reasons.length === 0 && before.answer === after.answer) return undefined;
  const open = after.answer === "allow" ? Direction.OPENED : Direction.CLOSED;
  const by = { ...placed("before", before.policy), ...placed("after", after.policy) };
  return {
    ...{ place, connection, reasons, by },
    kind: reasons.length > 0 ? Direction.UNDECIDED : open,
    before: ANSWERS[before.answer],
    after: ANSWERS[after.answer],
  };
}

interface Told {
  readonly account: string;
  readonly names: readonly NamedAddresses[];
  readonly gateways: Pair<readonly GatewayPolicy[]>;
}

function itemsOf(cells: readonly Cell[], classes: Classes, { account, names, gateways }: Told): readonly Difference[] {
  const [first] = cells;
  if (first === undefined) return [];
  const { kind: direction, before, after, reasons, by } = first;
  return boxesOf(cells.map(({ place }) => place)).map(([protocols = [], ports = [], hosts = [], sources = []]) => {
    const words = (all: readonly { readonly words: string }[], own: readonly number[]): string =>
      own.map((index) => all[index]?.words ?? "").join(", ");
    const addresses = sources
      .map((index) => classes.sources[index]?.addresses)
      .reduce<AddressSet>((all, each) => (each === undefined ? all : all.union(each)), AddressSet.empty("none"));
    const to = hosts.length === classes.names.length ? "any host" : words(classes.names, hosts);
    const on = ports.length === classes.ports.length ? "any port" : words(classes.ports, ports);
    const { connection } = cells.find(({ place }) => isIn(place, [protocols, ports, hosts, sources])) ?? first;
    return differenceOf({
      ...{ direction, area: Area.EGRESS, environments: environmentsOf(gateways), before, after, by },
      what: `${whom(addressValues(addresses, names))} → ${to} on ${on} by Gateway (${words(classes.protocols, protocols)})`,
      examples: [shownConnection(connection)],
      notes: reasons,
      subject: { of: account, parts: [] },
      addresses,
      // "Any other host" depends on all that the policies name.
      exactly: [protocols, ports, hosts, addresses.cidrs(), formOf(gateways.before), formOf(gateways.after)],
    });
  });
}

function isIn(place: readonly number[], box: readonly (readonly number[])[]): boolean {
  return box.every((values, axis) => values.includes(place[axis] ?? -1));
}

function environmentsOf({ before, after }: Pair<readonly GatewayPolicy[]>): readonly string[] {
  return [...new Set([...after, ...before].map(({ stack }) => stack))];
}

function undecided(gateways: Pair<readonly GatewayPolicy[]>, account: string, notes: readonly string[]): Difference {
  return differenceOf({
    ...{ direction: Direction.UNDECIDED, area: Area.EGRESS, environments: environmentsOf(gateways), notes },
    what: `connections by the Gateway of ${account}`,
    subject: { of: account, parts: [] },
  });
}

function placed(when: "before" | "after", policy: GatewayPolicy | undefined): Difference["by"] {
  return policy === undefined ? {} : { [when]: controlOf(policy) };
}

const controlOf = (policy: GatewayPolicy): Control => ({ name: policy.name, ...placeAt(policy) });

/** Whom the proxies of an account admit. */
function proxyAdmissions({ model }: App, account: string): readonly Admission[] {
  const { endpoints } = gatewayOf(model, account);
  const known = endpoints.filter(({ kind }) => kind === "ip");
  const [first] = known;
  if (first === undefined) return [];
  return [
    {
      area: Area.EGRESS,
      environments: [...new Set(known.map(({ resource }) => resource.stack))],
      target: `the workers' proxy of ${account}`,
      endpoint: "the proxy",
      addresses: known.reduce<AddressSet | undefined>(
        (all, { sources }) => (all === undefined || sources === undefined ? undefined : all.union(sources)),
        AddressSet.empty("sources"),
      ),
      written: known.map(writtenOf).sort().join("\n"),
      control: controlAt(first.resource),
      otherwise: { addresses: AddressSet.empty("nobody"), words: "closed: there is no proxy" },
      subject: { of: account, parts: ["proxy"] },
    },
  ];
}

const writtenOf = ({ resource }: ProxyEndpoint): string => nameOfValue(resource.attributes["ips"]);

/** What other layers of Gateway do, as it is written. */
function otherLayerFacts({ model }: App, account: string): readonly Fact[] {
  const { others }: Gateway = gatewayOf(model, account);
  return others.map((policy) => ({
    area: Area.EGRESS,
    environments: [policy.stack],
    what: `connections that Gateway's ${policy.layer ?? "unknown"} policy "${policy.name}" is about`,
    value: `${policy.action ?? "treated otherwise"}: ${policy.traffic ?? "nobody knows which"}`,
    isKnown: isKnown(policy.resource.attributes["traffic"] ?? null),
    control: controlAt(policy.resource),
    absent: { value: "untouched" },
    subject: { of: account, parts: [policy.layer ?? "", policy.name] },
  }));
}
