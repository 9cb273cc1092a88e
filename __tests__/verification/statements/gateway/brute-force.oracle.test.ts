import fc from "fast-check";
import { AddressSet } from "../../../../network/address-set";
import { oneOf } from "../../../../verification/solver/language/words";
import type { Connection } from "../../../../verification/gateway/connection";
import {
  BLOCKED,
  type ConnectionExpectation,
  type ConnectionProof,
  NOT_CERTAINLY_BLOCKED,
  proveConnections,
} from "../../../../verification/gateway/prove/prove";
import { type ConnectionScope, otherNames } from "../../../../verification/gateway/prove/scope";
import { gatewayOf } from "../../../../verification/gateway/account";
import { Model } from "../../../../verification/terraform/model";
import { POLICY } from "./judged";
import { runs } from "../../../support/sample";

/** A universe so small that every connection in it can be tried. */
const SOURCES = ["9.9.9.1", "9.9.9.2", "9.9.9.4", "2001:db8::1"];
const NAMES = ["a.dev", "x.a.dev", "b.dev", "A.dev"];
const PORTS = [22, 443, 444];
const PROTOCOLS = ["tcp", "udp"] as const;
const SCOPE: ConnectionScope = {
  sources: AddressSet.of("universe", SOURCES),
  protocols: PROTOCOLS,
  ports: [
    { first: 22n, last: 22n },
    { first: 443n, last: 444n },
  ],
  names: { hosts: oneOf(NAMES), areHosts: true, likely: [] },
};
const CONNECTIONS: readonly Connection[] = SOURCES.flatMap((source) =>
  NAMES.flatMap((serverName) =>
    PORTS.flatMap((port) => PROTOCOLS.map((protocol) => ({ source, serverName, port, protocol }))),
  ),
);

/** A condition as it is written, and what it means. */
interface Meant {
  readonly text: string;
  readonly holds: Holds;
}
type Holds = (connection: Connection, truth: Truth) => boolean;

/** What is true of what nobody here can answer. */
interface Truth {
  readonly isInXX: boolean;
  /** Whether a name that isn't there differs from others. */
  readonly differs: boolean;
}
const TRUTHS: readonly Truth[] = [true, false].flatMap((isInXX) =>
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
  { text: "net.dst.port in {22 444}", holds: ({ port }) => port !== 443 },
  { text: "net.dst.port >= 443", holds: ({ port }) => port > 22 },
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

interface Policy extends Meant {
  readonly action: string;
  readonly precedence: number;
}
const policies = fc.array(
  fc
    .tuple(condition, fc.constantFrom("allow", "block", "block", "l4_override"), fc.integer({ min: 1, max: 9 }))
    .map(([meant, action, precedence]): Policy => ({ ...meant, action, precedence })),
  { maxLength: 4 },
);

type End = "allow" | "block" | "default" | "unknown";

function endOf(list: readonly Policy[], connection: Connection, truth: Truth): End {
  const matching = list.filter(({ holds }) => holds(connection, truth));
  const least = Math.min(...matching.map(({ precedence }) => precedence));
  const [first, ...rivals] = matching.filter(({ precedence }) => precedence === least);
  if (first === undefined) return "default";
  const isKnown = first.action !== "l4_override" && rivals.every(({ action }) => action === first.action);
  return isKnown ? (first.action as "allow" | "block") : "unknown";
}

/** How a connection may end. */
function endsOf(list: readonly Policy[], connection: Connection): readonly End[] {
  return TRUTHS.map((truth) => endOf(list, connection, truth));
}

/** What trying every connection shows, whatever is true of what nobody understands. */
function tried(list: readonly Policy[], bad: readonly End[], isPossibilityEnough: boolean): ConnectionProof["kind"] {
  const ends = CONNECTIONS.map((connection) => endsOf(list, connection));
  if (ends.some((each) => each.every((end) => bad.includes(end)))) return "violated";
  const open = ends.flat().filter((end) => end === "unknown" || (bad.includes(end) && !isPossibilityEnough));
  return open.length > 0 ? "undecided" : "proven";
}

function networkOf(list: readonly Policy[]) {
  const resources = list.map(({ text, action, precedence }, index) => {
    const attributes = { account_id: "a", enabled: true, filters: ["l4"], traffic: text, action, precedence };
    return [`p${index}`, attributes];
  });
  const json = { resource: { [POLICY]: Object.fromEntries(resources) as object } };
  return gatewayOf(Model.of([{ name: "shop", json }]), "a").network;
}

describe.each<[string, ConnectionExpectation, readonly End[]]>([
  ["blocked", BLOCKED, ["allow", "default"]],
  ["not certainly blocked", NOT_CERTAINLY_BLOCKED, ["block"]],
])("whether connections are %s", (_what, expectation, bad) => {
  test("is what trying every connection of a small universe shows", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(policies, (list) => {
        const proof = proveConnections(networkOf(list), SCOPE, expectation);
        seen.add(proof.kind);
        expect(proof.kind).toBe(tried(list, bad, expectation.isPossibilityEnough));
        if (proof.kind === "violated") expect(bad).toEqual(expect.arrayContaining([...endsOf(list, proof.witness)]));
      }),
      { seed: 6, numRuns: runs(60, 600) },
    );
    expect([...seen].sort()).toEqual(["proven", "undecided", "violated"]);
  });

  test("holds of connections to any other name, and without one, where it is proven of them", () => {
    const seen = new Set<string>();
    const scope = { ...SCOPE, names: otherNames(["x.a.dev"]) };
    const others = ["", "evil.example.com", "a.dev", "A.dev", "b.dev", "0"].flatMap((serverName) =>
      CONNECTIONS.map((connection) => ({ ...connection, serverName })),
    );
    fc.assert(
      fc.property(policies, (list) => {
        const proof = proveConnections(networkOf(list), scope, expectation);
        seen.add(proof.kind);
        const tolerated = (ends: readonly End[]) =>
          expectation.isPossibilityEnough && !ends.every((end) => bad.includes(end));
        const ends = others.map((connection) => endsOf(list, connection));
        const isBad = (each: readonly End[]): boolean => each.some((end) => bad.includes(end)) && !tolerated(each);
        if (proof.kind === "proven") expect(ends.filter(isBad)).toEqual([]);
        if (proof.kind === "violated") expect(bad).toEqual(expect.arrayContaining([...endsOf(list, proof.witness)]));
        if (proof.kind === "violated") expect(proof.witness.serverName.toLowerCase()).not.toBe("x.a.dev");
      }),
      { seed: 6, numRuns: runs(40, 400) },
    );
    expect([...seen].sort()).toEqual(["proven", "undecided", "violated"]);
  });
});
