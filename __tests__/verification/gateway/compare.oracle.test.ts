import fc from "fast-check";
import { compareEnds, type ConnectionChange } from "../../../verification/gateway/compare";
import type { Connection } from "../../../verification/gateway/connection";
import { gatewayEnd } from "../../../verification/gateway/evaluate";
import { runs } from "../../support/sample";
import { networkOf, randomPolicies } from "./random-policies";

/** Connections of each class that the random policies tell apart. */
const CONNECTIONS: readonly Connection[] = ["9.9.9.1", "9.9.9.2", "9.9.9.4", "2001:db8::1", "192.0.2.1"].flatMap(
  (source) =>
    ["a.dev", "b.dev", "evil.example.com", ""].flatMap((serverName) =>
      [22, 80, 443, 444, 8443].flatMap((port) =>
        (["tcp", "udp"] as const).map((protocol) => ({ source, serverName, port, protocol })),
      ),
    ),
);

/** Policies that ask for whole names, so that a name is all that a host is called by. */
const policies = randomPolicies.filter((list) => list.every(({ text }) => !/matches|domains/.test(text)));

/** Whether a change is said of a connection, by its words. */
function isSaidOf(change: ConnectionChange, connection: Connection, listed: (name: string) => boolean): boolean {
  const { sources, hosts, ports, protocols } = change;
  const { source, serverName, port, protocol } = connection;
  const isAmong = (words: string): boolean =>
    words.split(", ").some((range) => {
      const [first = 0, last = first] = range.split("-").map(Number);
      return first <= port && port <= last;
    });
  const isPort = ports.some((words) => {
    const [, excepted] = /^any port but (.*)$/.exec(words) ?? [];
    return words === "any port" || (excepted === undefined ? isAmong(words) : !isAmong(excepted));
  });
  const host = listed(serverName) ? serverName : serverName === "" ? "no server name" : "any other host";
  return (
    sources.contains(source) &&
    hosts.some((words) => words === host || words === "any host") &&
    isPort &&
    protocols.includes(protocol)
  );
}

test("a comparison says of each connection of a small universe how it ends before and after", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(policies, policies, (one, other) => {
      const [before, after] = [networkOf(one), networkOf(other)];
      const compared = compareEnds(before, after);
      const listed = (name: string) => [...one, ...other].some(({ text }) => text.includes(`"${name}"`));
      const changes = compared.kind === "found" ? compared.value : [];
      for (const connection of CONNECTIONS) {
        const ends = [gatewayEnd(before, connection).answer, gatewayEnd(after, connection).answer];
        const said = changes.filter((change) => isSaidOf(change, connection, listed));
        const isSame = ends[0] === ends[1] && ends[0] !== "undecided";
        seen.add(ends.join(" to "));
        expect(new Set(said.map((change) => `${change.before.answer} to ${change.after.answer}`))).toEqual(
          new Set(isSame ? [] : [ends.join(" to ")]),
        );
      }
      for (const { example, before: was, after: is } of changes) {
        expect([was.answer, is.answer]).toEqual([
          gatewayEnd(before, example).answer,
          gatewayEnd(after, example).answer,
        ]);
      }
    }),
    { seed: 6, numRuns: runs(40, 400) },
  );
  expect(seen.size).toBe(9);
});
