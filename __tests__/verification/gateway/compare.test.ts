import type { Gateway } from "../../../verification/gateway/account";
import { compareEnds } from "../../../verification/gateway/compare";
import { shownConnection } from "../../../verification/gateway/connection";
import { network } from "./network";

/** The changes in words: from whom, to which hosts, on which ports, by which protocols, and the ends. */
function told(before: Gateway["network"], after: Gateway["network"]): readonly string[] {
  const compared = compareEnds(before, after);
  if (compared.kind !== "found") return [`over budget: ${compared.what}`];
  return compared.value.map(({ sources, hosts, ports, protocols, before: was, after: is }) => {
    const from = sources.complement().isEmpty ? "anyone" : sources.cidrs().join(", ");
    return `${from} → ${hosts.join(", ")} on ${ports.join(", ")} (${protocols.join(", ")}): ${was.answer}, then ${is.answer}`;
  });
}

const NONE = network();

describe("policies before and after a change", () => {
  test("that end all connections alike show no change, however they are written", () => {
    const [one, other] = [
      network(["block", "net.dst.port in {22} or net.dst.port in {23}"]),
      network(["block", "net.dst.port == 23"], ["block", "net.dst.port > 21 and net.dst.port < 24"]),
    ];
    expect(compareEnds(one, other)).toEqual({ kind: "found", value: [] });
  });

  test.each([
    [
      'any(net.sni.domains[*] == "a.dev")',
      ["anyone → a.dev, hosts such as evil.a.dev on any port (tcp, udp): allow, then block"],
    ],
    ['net.sni.host == "a.dev"', ["anyone → a.dev on any port (tcp, udp): allow, then block"]],
    [
      'not net.sni.host in {"a.dev" "b.dev"}',
      ["anyone → any other host, no server name on any port (tcp, udp): allow, then block"],
    ],
    ["net.dst.port > 1023", ["anyone → any host on 1024-65535 (tcp, udp): allow, then block"]],
    ["not net.dst.port in {80 443}", ["anyone → any host on any port but 80, 443 (tcp, udp): allow, then block"]],
    [
      'net.src.ip in {9.9.9.0/24} and net.protocol == "udp"',
      ["9.9.9.0/24 → any host on any port (udp): allow, then block"],
    ],
    [
      'net.sni.host == "a.dev" or (net.sni.host == "b.dev" and net.dst.port == 22)',
      [
        "anyone → a.dev on any port (tcp, udp): allow, then block",
        "anyone → b.dev on 22 (tcp, udp): allow, then block",
      ],
    ],
  ])("say in words which connections %s ends", (traffic, expected) => {
    expect(told(NONE, network(["block", traffic]))).toEqual(expected);
  });

  test("say of a host that policies list and don't tell apart that it is among the others", () => {
    const policies = network(
      ["block", 'net.sni.host == "a.dev" and net.protocol == "icmp"'],
      ["block", 'net.sni.host matches "^[ab]"'],
    );
    expect(told(NONE, policies)).toEqual(["anyone → a.dev, hosts such as a on any port (tcp, udp): allow, then block"]);
  });

  test("show a connection that changes, of a host that people know", () => {
    const compared = compareEnds(NONE, network(["block", 'net.src.ip in {9.9.9.9} and net.sni.host matches "."']));
    const examples = compared.kind === "found" ? compared.value.map(({ example }) => shownConnection(example)) : [];
    expect(examples).toEqual(["9.9.9.9 → evil.example.com:443/tcp"]);
  });

  test("are undecided where either side is, also where both are written alike", () => {
    const unknown = network(["block", 'net.dst.geo in {"XX"} and net.dst.port == 22']);
    expect(told(NONE, unknown)).toEqual(["anyone → any host on 22 (tcp, udp): allow, then undecided"]);
    expect(told(unknown, unknown)).toEqual(["anyone → any host on 22 (tcp, udp): undecided, then undecided"]);
  });

  test("are undecided where the order of two that differ is unknown", () => {
    const policies = network(["block", "net.dst.port == 22"], ["allow", 'net.protocol == "tcp"', { precedence: 1 }]);
    expect(told(NONE, policies)).toEqual([
      "anyone → any host on 22 (tcp): allow, then undecided",
      "anyone → any host on 22 (udp): allow, then block",
    ]);
  });

  test("are undecided as a whole where they tell apart too many hosts", () => {
    const patterns = Array.from({ length: 40 }, (_, index) => `${"[a-c]".repeat(index % 9)}x.*y${index}z`);
    const policies = network(...patterns.map((pattern) => ["block", `net.sni.host matches "${pattern}"`] as const));
    expect(told(NONE, policies)).toEqual(["over budget: net.sni.host"]);
  });
});
