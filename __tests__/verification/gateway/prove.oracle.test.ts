import fc from "fast-check";
import { AddressSet } from "../../../network/address-set";
import {
  exactNames,
  otherNames,
  type ConnectionScope,
  type Connection,
} from "../../../verification/gateway/connection";
import {
  BLOCKED,
  type ConnectionExpectation,
  NOT_CERTAINLY_BLOCKED,
  proveConnections,
  type ProofWords,
} from "../../../verification/gateway/prove";
import type { Result } from "../../../verification/result";
import { runs } from "../../support/sample";
import { type End, endOf, networkOf, type RandomPolicy, randomPolicies, TRUTHS } from "./random-policies";

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
  names: exactNames(NAMES),
};
const CONNECTIONS: readonly Connection[] = SOURCES.flatMap((source) =>
  NAMES.flatMap((serverName) =>
    PORTS.flatMap((port) => PROTOCOLS.map((protocol) => ({ source, serverName, port, protocol }))),
  ),
);

const WORDS: ProofWords = { refused: () => ({ wrong: "is refused", change: "another policy" }), possible: () => "" };

/** The connection that a proof shows, such as `9.9.9.1 → a.dev:443/tcp`. */
function shownIn({ counterexample: [text = ""] }: Result): Connection {
  const [, source = "", name = "", port = "", protocol] = /^(\S+) → (.+):(\d+)\/(tcp|udp)$/.exec(text) ?? [];
  const serverName = name === "(no server name)" ? "" : name;
  return { source, serverName, port: Number(port), protocol: protocol as Connection["protocol"] };
}

/** How a connection may end. */
function endsOf(list: readonly RandomPolicy[], connection: Connection): readonly End[] {
  return TRUTHS.map((truth) => endOf(list, connection, truth));
}

/** The verdict that comes of trying every connection. */
function tried(list: readonly RandomPolicy[], bad: readonly End[], isPossibilityEnough: boolean): Result["verdict"] {
  const ends = CONNECTIONS.map((connection) => endsOf(list, connection));
  if (ends.some((each) => each.every((end) => bad.includes(end)))) return "violated";
  const open = ends.flat().filter((end) => end === "unknown" || (bad.includes(end) && !isPossibilityEnough));
  return open.length > 0 ? "undecided" : "proven";
}

describe.each<[string, ConnectionExpectation, readonly End[]]>([
  ["blocked", BLOCKED, ["allow", "default"]],
  ["not certainly blocked", NOT_CERTAINLY_BLOCKED, ["block"]],
])("whether connections are %s", (_what, expectation, bad) => {
  test("is what trying every connection of a small universe shows", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(randomPolicies, (list) => {
        const proof = proveConnections(networkOf(list), SCOPE, expectation, WORDS);
        seen.add(proof.verdict);
        expect(proof.verdict).toBe(tried(list, bad, expectation.isPossibilityEnough));
        if (proof.verdict === "violated")
          expect(bad).toEqual(expect.arrayContaining([...endsOf(list, shownIn(proof))]));
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
      fc.property(randomPolicies, (list) => {
        const proof = proveConnections(networkOf(list), scope, expectation, WORDS);
        seen.add(proof.verdict);
        const tolerated = (ends: readonly End[]) =>
          expectation.isPossibilityEnough && !ends.every((end) => bad.includes(end));
        const ends = others.map((connection) => endsOf(list, connection));
        const isBad = (each: readonly End[]): boolean => each.some((end) => bad.includes(end)) && !tolerated(each);
        if (proof.verdict === "proven") expect(ends.filter(isBad)).toEqual([]);
        if (proof.verdict === "violated")
          expect(bad).toEqual(expect.arrayContaining([...endsOf(list, shownIn(proof))]));
        if (proof.verdict === "violated") expect(shownIn(proof).serverName.toLowerCase()).not.toBe("x.a.dev");
      }),
      { seed: 6, numRuns: runs(40, 400) },
    );
    expect([...seen].sort()).toEqual(["proven", "undecided", "violated"]);
  });
});
