import fc from "fast-check";
import type { Gateway } from "../../../verification/gateway/account";
import type { Connection } from "../../../verification/gateway/connection";
import { network } from "./network";

/** A condition as it is written, and its meaning. */
interface Meant {
  readonly text: string;
  readonly holds: (connection: Connection, truth: Truth) => boolean;
}

/** The facts that no connection shows. */
export interface Truth {
  readonly isInXX: boolean;
  /** Whether a name that isn't there differs from others. */
  readonly differs: boolean;
}

export const TRUTHS: readonly Truth[] = [true, false].flatMap((isInXX) =>
  [true, false].map((differs) => ({ isInXX, differs })),
);

const atom = fc.constantFrom<Meant>(
  { text: "net.src.ip in {9.9.9.0/31}", holds: ({ source }) => source === "9.9.9.1" },
  { text: "net.src.ip in {9.9.9.2 2001:db8::/32}", holds: ({ source }) => /[.]2$|:/.test(source) },
  { text: "net.src.ip != 9.9.9.4", holds: ({ source }) => source !== "9.9.9.4" },
  { text: 'net.sni.host == "a.dev"', holds: ({ serverName }) => serverName === "a.dev" },
  { text: 'net.sni.host in {"a.dev" "b.dev"}', holds: ({ serverName }) => /^[ab]\.dev$/.test(serverName) },
  {
    text: 'net.sni.host != "b.dev"',
    holds: ({ serverName }, { differs }) => (serverName === "" ? differs : serverName !== "b.dev"),
  },
  { text: 'net.sni.host matches "^[a-z]"', holds: ({ serverName }) => /^[a-z]/.test(serverName) },
  { text: 'any(net.sni.domains[*] in {"a.dev"})', holds: ({ serverName }) => /(?:^|\.)a\.dev$/.test(serverName) },
  { text: "net.dst.port in {22 444}", holds: ({ port }) => [22, 444].includes(port) },
  { text: "net.dst.port >= 443", holds: ({ port }) => port >= 443 },
  { text: 'net.protocol == "tcp"', holds: ({ protocol }) => protocol === "tcp" },
  { text: 'net.protocol != "tcp"', holds: ({ protocol }) => protocol !== "tcp" },
  { text: 'net.protocol in {"tcp" "udp"}', holds: () => true },
  { text: 'net.dst.geo in {"XX"}', holds: (_, { isInXX }) => isInXX },
);

const condition = fc.letrec<{ tree: Meant }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    atom,
    fc.tuple(tie("tree"), tie("tree")).map(([one, other]): Meant => ({
      text: `(${one.text} and ${other.text})`,
      holds: (connection, truth) => one.holds(connection, truth) && other.holds(connection, truth),
    })),
    fc.tuple(tie("tree"), tie("tree")).map(([one, other]): Meant => ({
      text: `(${one.text} || ${other.text})`,
      holds: (connection, truth) => one.holds(connection, truth) || other.holds(connection, truth),
    })),
    tie("tree").map((one): Meant => ({
      text: `not (${one.text})`,
      holds: (connection, truth) => !one.holds(connection, truth),
    })),
  ),
})).tree;

/** A policy, and the meaning of its condition. */
export interface RandomPolicy extends Meant {
  readonly action: string;
  readonly precedence: number;
}

export const randomPolicies: fc.Arbitrary<readonly RandomPolicy[]> = fc.array(
  fc
    .tuple(condition, fc.constantFrom("allow", "block", "block", "l4_override"), fc.integer({ min: 1, max: 9 }))
    .map(([meant, action, precedence]): RandomPolicy => ({ ...meant, action, precedence })),
  { maxLength: 4 },
);

export type End = "allow" | "block" | "default" | "unknown";

/** The end of a connection, for given facts that it doesn't show. */
export function endOf(list: readonly RandomPolicy[], connection: Connection, truth: Truth): End {
  const matching = list.filter(({ holds }) => holds(connection, truth));
  const least = Math.min(...matching.map(({ precedence }) => precedence));
  const [first, ...rivals] = matching.filter(({ precedence }) => precedence === least);
  if (first === undefined) return "default";
  const isKnown = first.action !== "l4_override" && rivals.every(({ action }) => action === first.action);
  return isKnown ? (first.action as "allow" | "block") : "unknown";
}

/** The policies as Gateway's network policies. */
export function networkOf(list: readonly RandomPolicy[]): Gateway["network"] {
  return network(...list.map(({ action, text, precedence }) => [action, text, { precedence }] as const));
}
