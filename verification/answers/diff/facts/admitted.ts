import { printAddress } from "../../../../network/address";
import { AddressSet } from "../../../../network/address-set";
import { Port } from "../../../../network/ports";
import type { Applier } from "../../../appliers/applier";
import { Appliers } from "../../../appliers/appliers";
import { oneOfEachFamily } from "../../../solver/address-axis";
import { addressValues } from "../../../edge/describe-addresses";
import type { NamedAddresses, Values } from "../../../edge/values";
import { groupedBy } from "../../../collections";
import { addressesIn, stateOf } from "../../../statements/applied/addresses";
import type { Control } from "../../../result";
import { type App, both, type Pair } from "../app";
import { Area, type Difference, differenceOf, Direction, type Subject } from "../difference";
import { whom } from "../requests/words";

/** Who may connect to something that isn't HTTP at the edge. */
export interface Admission {
  /** The same key, the same thing. */
  readonly key: string;
  readonly area: Area;
  readonly environments: readonly string[];
  /** What is connected to: `Postgres of exampleproductiondbx (5432, 6543)`. */
  readonly target: string;
  /** How a witness names it: `exampleproductiondbx:5432`. */
  readonly endpoint: string;
  /** Undefined where nobody here knows. */
  readonly addresses: AddressSet | undefined;
  /** What is written of it, where nobody here knows whom that means. */
  readonly written: string;
  readonly control: Control;
  /** Who may connect where nothing in the JSON says. */
  readonly otherwise: { readonly addresses: AddressSet; readonly words: string };
  readonly subject: Subject;
}

const EVERYBODY = AddressSet.everything();

/** Who may connect to datastores and web services, by what is applied to them. */
export function admissions({ model }: App): readonly Admission[] {
  const appliers = Appliers.of(model);
  const lists = (state: { readonly ipAllowList: readonly { readonly cidrBlock: string }[] }): readonly string[] =>
    state.ipAllowList.map(({ cidrBlock }) => cidrBlock);
  return [
    ...appliers.ofKind("supabase-network-restrictions").map((applier) => {
      const { projectRef, dbAllowedCidrs, dbAllowedCidrsV6 } = applier.state;
      const ports = `${Port.POSTGRES}, ${Port.POSTGRES_POOLER}`;
      return {
        ...admission(applier, projectRef, [...dbAllowedCidrs, ...dbAllowedCidrsV6]),
        area: Area.DATABASE,
        target: `Postgres of ${projectRef} (${ports})`,
        endpoint: `${projectRef}:${Port.POSTGRES}`,
      };
    }),
    ...appliers.ofKind("render-key-value-allow-list").map((applier) => {
      const { keyValueId } = applier.state;
      return {
        ...admission(applier, keyValueId, lists(applier.state)),
        area: Area.KEY_VALUE,
        target: `Redis of ${keyValueId} (${Port.REDIS})`,
        endpoint: `${keyValueId}:${Port.REDIS}`,
      };
    }),
    ...appliers.ofKind("render-web-service-allow-list").map((applier) => {
      const { serviceId } = applier.state;
      return {
        ...admission(applier, serviceId, lists(applier.state)),
        area: Area.WEB_SERVICE,
        target: `web service ${serviceId} (${Port.HTTPS})`,
        endpoint: `${serviceId}:${Port.HTTPS}`,
      };
    }),
  ];
}

function admission(applier: Applier, of: string, entries: readonly string[]) {
  return {
    key: `${applier.kind} ${of}`,
    environments: [applier.resource.stack],
    addresses: addressesIn(of, entries),
    written: entries.join(" "),
    control: stateOf(applier),
    otherwise: { addresses: EVERYBODY, words: "open, as nothing here restricts it" },
    subject: { of, parts: [] },
  };
}

/** Whom each thing admits that it didn't, and whom no longer. */
export function admissionItems(
  pair: Pair<readonly Admission[]>,
  names: readonly NamedAddresses[],
): readonly Difference[] {
  const { before, after } = both(pair, (all) => groupedBy(all, ({ key }) => key));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) =>
    compared(before.get(key) ?? [], after.get(key) ?? [], names),
  );
}

function compared(
  before: readonly Admission[],
  after: readonly Admission[],
  names: readonly NamedAddresses[],
): readonly Difference[] {
  const subject = after[0] ?? before[0];
  const written = (all: readonly Admission[]): string =>
    all
      .map((each) => each.written)
      .sort()
      .join("\n");
  if (subject === undefined || (before.length === after.length && written(before) === written(after))) return [];
  const { area, environments, target, otherwise } = subject;
  const by = { ...placed("before", before), ...placed("after", after) };
  const draft = { area, environments, by, subject: subject.subject };
  const [one, other] = [before, after].map((all) => (all.length === 0 ? otherwise.addresses : all[0]?.addresses));
  if (one === undefined || other === undefined || before.length > 1 || after.length > 1) {
    const notes = ["nobody here knows whom it admits"];
    return [differenceOf({ ...draft, direction: Direction.UNDECIDED, what: `connections to ${target}`, notes })];
  }
  const openWords = (all: readonly Admission[]): string => (all.length === 0 ? otherwise.words : "open");
  const parts = [
    { direction: Direction.OPENED, set: other.difference(one), words: ["closed", openWords(after)] },
    { direction: Direction.CLOSED, set: one.difference(other), words: [openWords(before), "closed"] },
  ] as const;
  return parts.flatMap(({ direction, set, words: [was, is] }) =>
    set.isEmpty
      ? []
      : differenceOf({
          ...draft,
          direction,
          what: `${whom(sourcesOf(set, names))} → ${target}`,
          before: was,
          after: is,
          examples: oneOfEachFamily(set.ranges).map((address) => `${printAddress(address)} → ${subject.endpoint}`),
          addresses: set,
          exactly: [set.cidrs(), was, is],
        }),
  );
}

function sourcesOf(set: AddressSet, names: readonly NamedAddresses[]): Values {
  return addressValues(set, names);
}

function placed(when: "before" | "after", [first]: readonly Admission[]): Difference["by"] {
  return first === undefined ? {} : { [when]: first.control };
}
