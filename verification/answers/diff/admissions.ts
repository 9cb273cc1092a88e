import { printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import { appliersOf } from "../../appliers/appliers";
import { type AdmittingKind, admittedBlocks, targetOf } from "../../appliers/desired-state";
import { oneOfEachFamily } from "../../solver/address-axis";
import { addressValues } from "../../edge/values";
import { addressesIn, stateOf } from "../../statements/applied-state";
import type { Control } from "../../result";
import { type App, type Pair, pairedBy } from "../app";
import { Area, type Difference, differenceOf, Direction } from "./difference";
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

/** The things that appliers admit addresses to. */
const ADMITTING: readonly {
  readonly kind: AdmittingKind;
  readonly area: Area;
  readonly what: (id: string) => string;
  readonly ports: readonly [Port, ...Port[]];
}[] = [
  {
    ...{ kind: "supabase-network-restrictions", area: Area.DATABASE, what: (id) => `Postgres of ${id}` },
    ports: [Port.POSTGRES, Port.POSTGRES_POOLER],
  },
  {
    ...{ kind: "render-key-value-allow-list", area: Area.KEY_VALUE, what: (id) => `Redis of ${id}` },
    ports: [Port.REDIS],
  },
  {
    ...{ kind: "render-web-service-allow-list", area: Area.WEB_SERVICE, what: (id) => `web service ${id}` },
    ports: [Port.HTTPS],
  },
];

/** The access to datastores and web services, by what is applied to them. */
export function admissionsIn({ model }: App): readonly Admission[] {
  const appliers = appliersOf(model);
  return ADMITTING.flatMap(({ kind, area, what, ports }) =>
    appliers.ofKind(kind).map((applier) => {
      const of = String(targetOf(kind, applier.state));
      const entries = admittedBlocks(applier.state);
      return {
        area,
        environments: [applier.resource.stack],
        target: `${what(of)} (${ports.join(", ")})`,
        endpoint: `${of}:${ports[0]}`,
        addresses: addressesIn(of, entries),
        written: entries.join(" "),
        control: stateOf(applier),
        otherwise: UNRESTRICTED,
        subject: { of, parts: [] },
      };
    }),
  );
}

const UNRESTRICTED = { addresses: AddressSet.everything(), words: "open: nothing in the JSON restricts it" };

/** Whom each thing admits that it didn't, and whom no longer. */
export function admissionDifferences(
  admissions: Pair<readonly Admission[]>,
  names: readonly AddressSet[],
): readonly Difference[] {
  const pairs = pairedBy(admissions, ({ area, subject }) => JSON.stringify([area, subject]));
  return pairs.flatMap((pair) => compared(pair, names));
}

const writtenIn = (all: readonly Admission[]): string => JSON.stringify(all.map(({ written }) => written).sort());

function compared({ before, after }: Pair<readonly Admission[]>, names: readonly AddressSet[]): readonly Difference[] {
  const admission = after[0] ?? before[0];
  if (admission === undefined || writtenIn(before) === writtenIn(after)) return [];
  const { area, environments, target, endpoint, otherwise, subject } = admission;
  const by = { before: before[0]?.control, after: after[0]?.control };
  const draft = { area, environments, by, subject };
  const [one, other] = [before, after].map((all) => (all.length === 0 ? otherwise.addresses : all[0]?.addresses));
  if (one === undefined || other === undefined || before.length > 1 || after.length > 1) {
    const about = { what: `connections to ${target}`, sentence: `it is unknown whom ${target} admits` };
    const notes = ["it is unknown whom it admits"];
    return [differenceOf({ ...draft, direction: Direction.UNDECIDED, ...about, notes })];
  }
  const openIn = (all: readonly Admission[]): string => (all.length === 0 ? otherwise.words : "open");
  const [opened, closed] = [other.difference(one), one.difference(other)];
  const parts = [
    { direction: Direction.OPENED, addresses: opened, verb: "may", words: ["closed", openIn(after)] },
    { direction: Direction.CLOSED, addresses: closed, verb: "may not", words: [openIn(before), "closed"] },
  ] as const;
  return parts
    .filter(({ addresses }) => !addresses.isEmpty)
    .map(({ direction, addresses, verb, words: [was, is] }) => {
      const who = whom(addressValues(addresses, names));
      return differenceOf({
        ...{ ...draft, direction, before: was, after: is, addresses },
        ...{ what: `${who} → ${target}`, reach: { from: who, to: target } },
        sentence: `${who} ${verb} connect to ${target}`,
        examples: oneOfEachFamily(addresses.ranges).map((address) => `${printAddress(address)} → ${endpoint}`),
        exactly: [addresses.cidrs(), was, is],
      });
    });
}
