import { printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import type { Applier } from "../../appliers/applier";
import { appliersOf } from "../../appliers/appliers";
import { oneOfEachFamily } from "../../solver/address-axis";
import { groupedBy } from "../../collections";
import { addressValues, type NamedAddresses } from "../../edge/values";
import { addressesIn, stateOf } from "../../statements/applied-state";
import type { Control } from "../../result";
import { type App, both, type Pair } from "./app";
import { Area, type Difference, differenceOf, Direction } from "./difference";
import { decidedBy } from "./fact";
import { whom } from "./requests/words";

/** The access to something that isn't HTTP at the edge. Equal areas and subjects mean the same thing. */
export interface Admission extends Pick<Difference, "area" | "environments" | "subject"> {
  /** The target of connections: `Postgres of exampleproductiondbx (5432, 6543)`. */
  readonly target: string;
  /** How an example names it: `exampleproductiondbx:5432`. */
  readonly endpoint: string;
  /** Undefined where it is unknown. */
  readonly addresses: AddressSet | undefined;
  /** The text in the JSON, for where the addresses are unknown. */
  readonly written: string;
  readonly control: Control;
  /** The addresses that may connect where nothing in the JSON says. */
  readonly otherwise: { readonly addresses: AddressSet; readonly words: string };
}

/** The access to datastores and web services, by what is applied to them. */
export function admissionsIn({ model }: App): readonly Admission[] {
  const appliers = appliersOf(model);
  return [
    ...appliers.ofKind("supabase-network-restrictions").map((applier) => {
      const { projectRef: id, dbAllowedCidrs, dbAllowedCidrsV6 } = applier.state;
      const target = `Postgres of ${id} (${Port.POSTGRES}, ${Port.POSTGRES_POOLER})`;
      const place = { area: Area.DATABASE, of: id, target, port: Port.POSTGRES };
      return admission(applier, place, [...dbAllowedCidrs, ...dbAllowedCidrsV6]);
    }),
    ...appliers.ofKind("render-key-value-allow-list").map((applier) => {
      const { keyValueId: id, ipAllowList } = applier.state;
      const target = `Redis of ${id} (${Port.REDIS})`;
      return admission(applier, { area: Area.KEY_VALUE, of: id, target, port: Port.REDIS }, blocksIn(ipAllowList));
    }),
    ...appliers.ofKind("render-web-service-allow-list").map((applier) => {
      const { serviceId: id, ipAllowList } = applier.state;
      const target = `web service ${id} (${Port.HTTPS})`;
      return admission(applier, { area: Area.WEB_SERVICE, of: id, target, port: Port.HTTPS }, blocksIn(ipAllowList));
    }),
  ];
}

const blocksIn = (list: readonly { readonly cidrBlock: string }[]): readonly string[] =>
  list.map(({ cidrBlock }) => cidrBlock);

const UNRESTRICTED = { addresses: AddressSet.everything(), words: "open, as nothing here restricts it" };

type Place = Pick<Admission, "area" | "target"> & { readonly of: string; readonly port: number };

function admission(applier: Applier, { of, port, ...place }: Place, entries: readonly string[]): Admission {
  return {
    ...place,
    environments: [applier.resource.stack],
    endpoint: `${of}:${port}`,
    addresses: addressesIn(of, entries),
    written: entries.join(" "),
    control: stateOf(applier),
    otherwise: UNRESTRICTED,
    subject: { of, parts: [] },
  };
}

/** Whom each thing admits that it didn't, and whom no longer. */
export function admissionDifferences(
  pair: Pair<readonly Admission[]>,
  names: readonly NamedAddresses[],
): readonly Difference[] {
  const { before, after } = both(pair, (all) => groupedBy(all, ({ area, subject }) => JSON.stringify([area, subject])));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    compared(before.get(key) ?? [], after.get(key) ?? [], names),
  );
}

const writtenIn = (all: readonly Admission[]): string => JSON.stringify(all.map(({ written }) => written).sort());

function compared(
  before: readonly Admission[],
  after: readonly Admission[],
  names: readonly NamedAddresses[],
): readonly Difference[] {
  const admission = after[0] ?? before[0];
  if (admission === undefined || writtenIn(before) === writtenIn(after)) return [];
  const { area, environments, target, endpoint, otherwise, subject } = admission;
  const by = { ...decidedBy("before", before[0]), ...decidedBy("after", after[0]) };
  const draft = { area, environments, by, subject };
  const [one, other] = [before, after].map((all) => (all.length === 0 ? otherwise.addresses : all[0]?.addresses));
  if (one === undefined || other === undefined || before.length > 1 || after.length > 1) {
    const notes = ["it is unknown whom it admits"];
    return [differenceOf({ ...draft, direction: Direction.UNDECIDED, what: `connections to ${target}`, notes })];
  }
  const openIn = (all: readonly Admission[]): string => (all.length === 0 ? otherwise.words : "open");
  const parts = [
    { direction: Direction.OPENED, addresses: other.difference(one), words: ["closed", openIn(after)] },
    { direction: Direction.CLOSED, addresses: one.difference(other), words: [openIn(before), "closed"] },
  ] as const;
  return parts
    .filter(({ addresses }) => !addresses.isEmpty)
    .map(({ direction, addresses, words: [was, is] }) =>
      differenceOf({
        ...{ ...draft, direction, before: was, after: is, addresses },
        what: `${whom(addressValues(addresses, names))} → ${target}`,
        examples: oneOfEachFamily(addresses.ranges).map((address) => `${printAddress(address)} → ${endpoint}`),
        exactly: [addresses.cidrs(), was, is],
      }),
    );
}
