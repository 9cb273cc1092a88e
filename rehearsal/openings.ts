import { AddressSet } from "../network/address-set";
import type { RenderAndSupabase } from "./render-and-supabase";
import type { Service } from "./render";
import type { NetworkRestrictions } from "./supabase";

const EVERYBODY = ["0.0.0.0/0", "::/0"];

/** Whom a platform admits to each thing that it keeps, as it enforces that at present. */
export function openingsOf({ supabase, render }: RenderAndSupabase): ReadonlyMap<string, AddressSet> {
  const openings: readonly (readonly [string, readonly string[]])[] = [
    ...[...supabase.projects].map(([ref, project]) => [`Postgres of ${ref}`, enforced(project)] as const),
    ...[...render.keyValues].map(([id, { ipAllowList }]) => [`Redis of ${id}`, cidrs(ipAllowList)] as const),
    ...[...render.services].flatMap(([id, service]) => [
      [`onrender.com of ${id}`, subdomain(service)] as const,
      [`connections to ${id}`, cidrs(service.serviceDetails["ipAllowList"])] as const,
    ]),
  ];
  return new Map(openings.map(([thing, entries]) => [thing, AddressSet.of(thing, entries)]));
}

/** The same as text: the fewest blocks of each thing. */
export function admitted(platform: RenderAndSupabase): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...openingsOf(platform)].map(([thing, set]) => [thing, set.cidrs()]));
}

/** The things that admit somebody now whom they didn't before. */
export function widened(
  before: ReadonlyMap<string, AddressSet>,
  now: ReadonlyMap<string, AddressSet>,
): readonly string[] {
  return [...now]
    .filter(([thing, admitted]) => !admitted.isSubsetOf(before.get(thing) ?? AddressSet.empty(thing)))
    .map(([thing]) => thing);
}

/** A list that is only stored changes nothing: what was applied before it is still in force. */
function enforced({ status, entitlement, config, old_config: before }: NetworkRestrictions): readonly string[] {
  if (entitlement !== "allowed") return EVERYBODY;
  const { dbAllowedCidrs = ["0.0.0.0/0"], dbAllowedCidrsV6 = ["::/0"] } =
    status === "applied" ? config : (before ?? {});
  return [...dbAllowedCidrs, ...dbAllowedCidrsV6];
}

function subdomain({ serviceDetails: { renderSubdomainPolicy } }: Service): readonly string[] {
  return renderSubdomainPolicy === "enabled" ? EVERYBODY : [];
}

function cidrs(list: unknown): readonly string[] {
  return ((list ?? []) as readonly { readonly cidrBlock: string }[]).map(({ cidrBlock }) => cidrBlock);
}
