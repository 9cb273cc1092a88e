import { bytesOf, parseRegex } from "../../network/rules-language";
import type { EdgePolicy } from "../../policy/slices";
import { lowered } from "../solver/language/preimages";
import type { Dfa } from "../solver/language/dfa";
import { finds } from "../solver/language/regex";
import { oneOf } from "../solver/language/words";
import type { Scope } from "../edge/scope";

/** The hosts that the policy declares, in its order. */
export function declaredHosts({ tenants }: EdgePolicy): readonly string[] {
  return tenants.flatMap(({ hosts }) => Object.keys(hosts));
}

/** Ways in which a client may write them: as they are, in upper case, with a trailing dot or the port. */
export function spellingsOfHosts(policy: EdgePolicy): readonly string[] {
  return spellingsOf(declaredHosts(policy));
}

function spellingsOf(hosts: readonly string[]): readonly string[] {
  return [...hosts, ...hosts.flatMap((host) => [host.toUpperCase(), `${host}.`, `${host}:443`])];
}

/** Hosts in upper and lower case: a client may write either, and the origin doesn't tell them apart. */
export function inAnyCase(hosts: readonly string[]): Dfa {
  return lowered(oneOf(hosts.map(bytesOf)));
}

/** The requests for some hosts, however a client writes them. */
export function forSpellings(hosts: readonly string[]): Pick<Scope, "hosts" | "likely"> {
  return { hosts: spelled(hosts.map(literal).join("|")), likely: { hosts: spellingsOf(hosts), paths: ["/"] } };
}

/** Every spelling of the hosts of the policy's zone. */
export function hostsOfZone({ zone: { name } }: EdgePolicy): Dfa {
  return spelled(`(?:[^:]*\\.)?${literal(name)}`);
}

/**
 * Every spelling of the hosts that a regular expression in lower case matches: in either case, with the dot of the root,
 * with a port.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-3.2
 */
function spelled(pattern: string): Dfa {
  return lowered(finds(parseRegex(bytesOf(`^(?:${pattern})\\.?(?::[0-9]*)?$`))));
}

/** The full URIs of requests for some hosts, however a client writes them: any path and query may follow. */
export function urisOf(hosts: readonly string[]): Dfa {
  const pattern = `^https?://(?:${hosts.map(literal).join("|")})\\.?(?::[0-9]*)?(?:[/?]|$)`;
  return lowered(finds(parseRegex(bytesOf(pattern))));
}

const literal = (host: string): string => host.replace(/[^a-z0-9-]/g, "\\$&");

/** The requests for some hosts. */
export function forHosts(hosts: readonly string[]): Pick<Scope, "hosts" | "likely"> {
  return { hosts: inAnyCase(hosts), likely: { hosts, paths: ["/"] } };
}
