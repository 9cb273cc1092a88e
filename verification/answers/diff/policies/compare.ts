import { shown } from "../../../../errors/invalid-input";
import { AddressSet } from "../../../../network/address-set";
import { HostNotation } from "../../../../network/host-notation";
import { canonicalJson } from "../../../terraform/json";
import { Direction } from "../difference";

/** What became of a promise. */
export interface Notice {
  /** Where it stands in the environment, such as `egress.addresses`. */
  readonly at: string;
  readonly direction: Direction.WEAKENED | Direction.STRENGTHENED | Direction.CHANGED;
  readonly what: string;
  /** What else a reader should know. @default - nothing */
  readonly notes?: readonly string[];
  /** Whether somebody else still needs what is dropped, as the notes say. @default false */
  readonly isKept?: boolean;
  /** The id of a thing of which this says only that it is new. */
  readonly announces?: string;
  /** All that differs, where the words leave some of it out. @default - the values at the place */
  readonly exactly?: unknown;
}

export const weaker = (at: string, what: string): Notice => ({ at, direction: Direction.WEAKENED, what });
export const stronger = (at: string, what: string): Notice => ({ at, direction: Direction.STRENGTHENED, what });
export const changed = (at: string, what: string): Notice => ({ at, direction: Direction.CHANGED, what });

/** What is noticed about a member of which each side has a value, or none. */
export type Compare<V> = (at: string, before: V | undefined, after: V | undefined) => readonly Notice[];

/** How each member is compared: none is forgotten. */
export type Comparisons<T> = { readonly [Key in keyof T]-?: Compare<NonNullable<T[Key]>> };

/** What is noticed about the members of an object. What only looks different is told too. */
export function compareMembers<T extends object>(
  at: string,
  before: T,
  after: T,
  by: Comparisons<T>,
): readonly Notice[] {
  return (Object.keys(by) as (keyof T & string)[]).flatMap((key) => {
    const [one, other] = [before[key] ?? undefined, after[key] ?? undefined];
    if (canonicalJson(one) === canonicalJson(other)) return [];
    const place = at === "" ? key : `${at}.${key}`;
    const compare = by[key] as Compare<unknown>;
    const notices = compare(place, one, other);
    const same = [changed(place, `${place} is written otherwise, and means the same`)];
    return exactly(notices.length > 0 ? notices : same, one, other);
  });
}

/** Notices of which one that doesn't say it more narrowly means all of some values. */
export const exactly = (notices: readonly Notice[], ...values: readonly unknown[]): readonly Notice[] =>
  notices.map((notice) => ({ exactly: [notice.what, ...values], ...notice }));

/** A value that is neither weaker nor stronger than another. */
export const either: Compare<unknown> = (at, before, after) => [
  changed(at, `${at}: ${inWords(before)} → ${inWords(after)}`),
];

/** Words for people only. */
export const worded: Compare<unknown> = (at) => [changed(at, `${at} is worded otherwise`)];

/** A value of which a smaller measure promises less. */
export function measured<V>(measure: (value: V | undefined) => number): Compare<V> {
  return (at, before, after) => {
    const difference = measure(after) - measure(before);
    if (difference === 0) return [];
    return [(difference < 0 ? weaker : stronger)(at, `${at}: ${inWords(before)} → ${inWords(after)}`)];
  };
}

/** A switch that promises more in one of its positions. */
export const switched = (strict: boolean, usual: boolean): Compare<boolean> =>
  measured((value = usual) => Number(value === strict));

/** Things with names. */
export interface Listed<T> {
  readonly nameOf: (thing: T) => string;
  readonly dropped: (at: string, thing: T) => readonly Notice[];
  readonly added: (at: string, thing: T) => readonly Notice[];
  readonly both?: (at: string, before: T, after: T) => readonly Notice[];
}

/** Things with names: those that are gone, those that are new, and those that are still there. */
export function listed<T>({ nameOf, dropped, added, both = () => [] }: Listed<T>): Compare<readonly T[]> {
  return (at, before = [], after = []) => {
    const byName = (all: readonly T[]) => new Map(all.map((each) => [nameOf(each), each]));
    const [own, others] = [byName(before), byName(after)];
    const placed = (name: string): string => `${at}[${name}]`;
    return [
      ...[...own].flatMap(([name, thing]) => {
        const other = others.get(name);
        if (other === undefined) return exactly(dropped(placed(name), thing), thing);
        return canonicalJson(thing) === canonicalJson(other)
          ? []
          : exactly(both(placed(name), thing, other), thing, other);
      }),
      ...[...others].flatMap(([name, thing]) => (own.has(name) ? [] : exactly(added(placed(name), thing), thing))),
    ];
  };
}

/** Names of which each more promises less. */
export const fewIsStrict = (more: string, less: string): Compare<readonly string[]> =>
  listed({
    nameOf: (name) => name,
    added: (at, name) => [weaker(at, `${more} ${name}`)],
    dropped: (at, name) => [stronger(at, `${less} ${name}`)],
  });

/** Names of which each more promises more. */
export const manyIsStrict = (more: string, less: string): Compare<readonly string[]> =>
  listed({
    nameOf: (name) => name,
    added: (at, name) => [stronger(at, `${more} ${name}`)],
    dropped: (at, name) => [weaker(at, `${less} ${name}`)],
  });

/** Addresses that are admitted: each more promises less. */
export function admitted(whom: string): Compare<readonly string[]> {
  return (at, before = [], after = []) => addressNotices(at, whom, setOf(before), setOf(after));
}

export const setOf = (entries: readonly string[]): AddressSet => AddressSet.of("addresses", entries);

/** @param whom what admits, such as `egress admits` */
export function addressNotices(at: string, whom: string, before: AddressSet, after: AddressSet): readonly Notice[] {
  const [more, less] = [after.difference(before), before.difference(after)];
  return [
    ...(more.isEmpty ? [] : [{ ...weaker(at, `${whom} ${someBlocks(more)} more`), exactly: more.cidrs() }]),
    ...(less.isEmpty ? [] : [{ ...stronger(at, `${whom} ${someBlocks(less)} less`), exactly: less.cidrs() }]),
  ];
}

const SHOWN = 3;

/** The first blocks of a set. */
function someBlocks(set: AddressSet): string {
  const blocks = set.cidrs(HostNotation.BARE);
  const rest = blocks.length - SHOWN;
  return rest > 0 ? `${blocks.slice(0, SHOWN).join(", ")} and ${rest} more blocks` : blocks.join(", ");
}

function inWords(value: unknown): string {
  if (value === undefined) return "not given";
  return typeof value === "string" || typeof value === "number" ? String(value) : shown(value);
}

/** What it means that an environment no longer names a thing of an id. */
export type Gone = (at: string, id: string) => readonly Notice[];
