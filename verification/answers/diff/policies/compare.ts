import { shown } from "../../../../errors/invalid-input";
import { AddressSet } from "../../../../network/address-set";
import { HostNotation } from "../../../../network/host-notation";
import type { Environment } from "../../../../policy/environment";
import { canonicalJson } from "../../../terraform/json";
import type { Pair } from "../../app";
import { type Area, Direction, type Draft } from "../difference";

/** A change in a promise. */
export interface Notice extends Pick<
  Draft,
  "what" | "sentence" | "before" | "after" | "notes" | "isKept" | "announces" | "exactly"
> {
  /** @default - the policy */
  readonly area?: Area.ACCEPTANCE;
  /** Where it stands in the environment, such as `egress.addresses`. */
  readonly at: string;
  readonly direction: Direction.WEAKENED | Direction.STRENGTHENED | Direction.CHANGED;
}

type Say = (at: string, what: string, more?: Partial<Notice>) => Notice;

export const weaker: Say = (at, what, more) => ({ at, direction: Direction.WEAKENED, what, ...more });
export const stronger: Say = (at, what, more) => ({ at, direction: Direction.STRENGTHENED, what, ...more });
export const changed: Say = (at, what, more) => ({ at, direction: Direction.CHANGED, what, ...more });

/** The context in which an environment is compared: the environment on both sides, and all environments of each. */
export interface Context extends Pair<Environment> {
  readonly all: Pair<readonly Environment[]>;
}

/** The notices about a member that each side may have a value of. */
export type Compare<V> = (at: string, before: V | undefined, after: V | undefined) => readonly Notice[];

/** How each member is compared: none is forgotten. */
export type Comparisons<T> = { readonly [Key in keyof T]-?: Compare<NonNullable<T[Key]>> };

/** The notices about the members of an object. A member that only looks different gets one too. */
export function compareMembers<T extends object>(at: string, one: T, other: T, by: Comparisons<T>): readonly Notice[] {
  return (Object.keys(by) as (keyof T & string)[]).flatMap((key) => {
    const [before, after] = [one[key] ?? undefined, other[key] ?? undefined];
    if (canonicalJson(before) === canonicalJson(after)) return [];
    const place = at === "" ? key : `${at}.${key}`;
    const notices = (by[key] as Compare<unknown>)(place, before, after);
    const same = [changed(place, `${place} is written otherwise, and means the same`)];
    return exactly(notices.length > 0 ? notices : same, before, after);
  });
}

/** Notices that mean exactly some values, unless they say more narrowly what they mean. */
export const exactly = (notices: readonly Notice[], ...values: readonly unknown[]): readonly Notice[] =>
  notices.map((notice) => ({ exactly: [notice.what, ...values], ...notice }));

/** An object that is promised or isn't, by its members. */
export const promised =
  <T extends object>(gone: string, isNew: string, by: Comparisons<T>): Compare<T> =>
  (at, before, after) => {
    if (after === undefined) return [weaker(at, gone)];
    return before === undefined ? [stronger(at, isNew)] : compareMembers(at, before, after, by);
  };

/** A value that is neither weaker nor stronger than another. */
export const either: Compare<unknown> = (at, before, after) => [changed(at, turned(at, before, after))];

export const worded: Compare<unknown> = (at) => [changed(at, `${at} is worded otherwise`)];

/** A value of which a smaller measure promises less. */
export function measured<V>(measure: (value: V | undefined) => number): Compare<V> {
  return (at, before, after) => {
    const more = measure(after) - measure(before);
    return more === 0 ? [] : [(more < 0 ? weaker : stronger)(at, turned(at, before, after))];
  };
}

/** A switch that promises more in one of its positions. */
export const switched = (strict: boolean, usual: boolean): Compare<boolean> =>
  measured((value = usual) => Number(value === strict));

function turned(at: string, ...sides: readonly [before: unknown, after: unknown]): string {
  const [before, after] = sides.map((value) => {
    if (value === undefined) return "not given";
    return typeof value === "string" || typeof value === "number" ? String(value) : shown(value);
  });
  return `${at}: ${before ?? ""} → ${after ?? ""}`;
}

/** Things with names. */
interface Listed<T> {
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
    return [...new Map([...own, ...others]).keys()].flatMap((name) => {
      const [one, other, place] = [own.get(name), others.get(name), `${at}[${name}]`];
      if (one === undefined) return other === undefined ? [] : exactly(added(place, other), other);
      if (other === undefined) return exactly(dropped(place, one), one);
      return canonicalJson(one) === canonicalJson(other) ? [] : exactly(both(place, one, other), one, other);
    });
  };
}

/** Names of which more are weaker, or stronger, and fewer the other way round. */
export const names = (more: readonly [Say, string], fewer: readonly [Say, string]): Compare<readonly string[]> =>
  listed({
    nameOf: (name) => name,
    added: (at, name) => [more[0](at, `${more[1]} ${name}`)],
    dropped: (at, name) => [fewer[0](at, `${fewer[1]} ${name}`)],
  });

/** Addresses that are admitted: each more promises less. */
export const admitted =
  (whom: string): Compare<readonly string[]> =>
  (at, one = [], other = []) => {
    const [before, after] = [AddressSet.of("addresses", one), AddressSet.of("addresses", other)];
    const said = (say: Say, set: AddressSet, how: string): readonly Notice[] =>
      set.isEmpty ? [] : exactly([say(at, `${whom} ${someBlocks(set)} ${how}`)], set.cidrs());
    return [...said(weaker, after.difference(before), "more"), ...said(stronger, before.difference(after), "less")];
  };

const SHOWN = 3;

function someBlocks(set: AddressSet): string {
  const blocks = set.cidrs(HostNotation.BARE);
  const rest = blocks.length - SHOWN;
  return rest > 0 ? `${blocks.slice(0, SHOWN).join(", ")} and ${rest} more blocks` : blocks.join(", ");
}
