import type { EdgePolicy } from "../../../../policy/edge-policy";

/** The hosts that the policy declares, in its order. */
export function declaredHosts({ tenants }: EdgePolicy): readonly string[] {
  return tenants.flatMap(({ hosts }) => Object.keys(hosts));
}

/** Ways in which a client may write them: as they are, in upper case, with a trailing dot or the port. */
export function spellingsOfHosts(policy: EdgePolicy): readonly string[] {
  const hosts = declaredHosts(policy);
  return [...hosts, ...hosts.flatMap((host) => [host.toUpperCase(), `${host}.`, `${host}:443`])];
}
