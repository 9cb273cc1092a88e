import { AddressPlacement, type EdgeOptions, type Hsts, STATEMENTS_OF_PART } from "../../../../policy/edge-options";
import type { Environment } from "../../../../policy/environment";
import type { OtherRule } from "../../../../policy/edge-phase";
import type { Webhook } from "../../../../policy/webhook";
import type { Pair } from "../app";
import {
  addressNotices,
  changed,
  type Compare,
  compareMembers,
  either,
  listed,
  measured,
  type Notice,
  setOf,
  stronger,
  switched,
  weaker,
} from "./compare";
import { guardersOf, neededGuard } from "./still-needed";

/** A path and everybody who may call it. */
interface Guarded {
  readonly path: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
}

export const webhooks =
  (environment: string, all: Pair<readonly Environment[]>): Compare<readonly Webhook[]> =>
  (at, before = [], after = []) =>
    listed<Guarded>({
      nameOf: ({ path }) => path,
      added: (place, { path, names }) => [
        {
          ...stronger(place, `guards ${path} for ${names.join(", ")}`),
          notes: neededGuard(path, guardersOf(path, environment, all.before), "already"),
        },
      ],
      dropped: (place, { path }) => {
        const notes = neededGuard(path, guardersOf(path, environment, all.after), "still");
        return [{ ...weaker(place, `no longer guards ${path}`), notes, isKept: notes.length > 0 }];
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
  const notices = addressNotices(at, `${after.path} admits`, setOf(before.addresses), setOf(after.addresses));
  const [one, other] = [before, after].map(({ names }) => names.join(", "));
  if (notices.length > 0 || one === other) return notices;
  return [changed(at, `who may call ${after.path} is named ${other ?? ""} instead of ${one ?? ""}`)];
}

const YEAR = 31_536_000;

const hsts = (at: string, before: Hsts = {}, after: Hsts = {}): readonly Notice[] =>
  compareMembers(at, before, after, {
    maxAge: measured((seconds = YEAR) => seconds),
    includeSubDomains: switched(true, false),
    preload: switched(true, false),
  });

const otherRules: Compare<readonly OtherRule[]> = (at, before = [], after = []) => {
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

export const edge: Compare<EdgeOptions> = (at, before = {}, after = {}) =>
  compareMembers(at, before, after, {
    addresses: (place, one = AddressPlacement.INLINE, other = AddressPlacement.INLINE) => [
      changed(place, `addresses are written as ${other} instead of ${one}`),
    ],
    hsts,
    otherRules,
    existing: either,
    leave: listed({
      nameOf: (part) => part,
      added: (place, part) => [
        weaker(place, `${part} is left to others, so ${STATEMENTS_OF_PART[part].join(", ")} is only declared`),
      ],
      dropped: (place, part) => [stronger(place, `${part} is no longer left to others`)],
    }),
  });
