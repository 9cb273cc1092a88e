import { bytesOf } from "../../../../network/rules-language";
import type { EdgePolicy } from "../../../../policy/edge-policy";
import { lowered } from "../../../classes/machines/byte-map";
import type { Machine } from "../../../classes/machines/machine";
import { oneOf } from "../../../classes/machines/words";
import type { Scope } from "../../../prove/scope";

/** The hosts that the policy declares, in its order. */
export function declaredHosts({ tenants }: EdgePolicy): readonly string[] {
  return tenants.flatMap(({ hosts }) => Object.keys(hosts));
}

/** Ways in which a client may write them: as they are, in upper case, with a trailing dot or the port. */
export function spellingsOfHosts(policy: EdgePolicy): readonly string[] {
  const hosts = declaredHosts(policy);
  return [...hosts, ...hosts.flatMap((host) => [host.toUpperCase(), `${host}.`, `${host}:443`])];
}

/** Hosts in upper and lower case: a client may write either, and the origin doesn't tell them apart. */
export function inAnyCase(hosts: readonly string[]): Machine {
  return lowered(oneOf(hosts.map(bytesOf)));
}

/** The requests for some hosts. */
export function forHosts(hosts: readonly string[]): Pick<Scope, "hosts" | "likely"> {
  return { hosts: inAnyCase(hosts), likely: { hosts, paths: ["/"] } };
}
