import { AddressSet } from "../../network/address-set";
import type { GatewayRule } from "../model/gateway";
import { Verdict } from "./verdict";

/** A connection that reaches Gateway's proxy. */
export interface Connection {
  /** The address that it comes from. */
  readonly source: string;
  /** The TLS server name that the client asks for. */
  readonly serverName: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

/** What Gateway does with a connection: its default is to allow. */
export type GatewayAnswer = "allow" | "block" | "undecided";

/** What each field of Gateway's expressions compares, by the text of the values in the set. */
const FIELDS: Readonly<Record<string, (connection: Connection, values: readonly string[]) => boolean>> = {
  "net.src.ip": ({ source }, values) => AddressSet.of("values", values).contains(source),
  "net.sni.host": ({ serverName }, values) => values.includes(serverName),
  "net.dst.port": ({ port }, values) => values.includes(String(port)),
  "net.protocol": ({ protocol }, values) => values.includes(protocol),
};

/**
 * What Gateway's network policies do with a connection: the first that matches, by precedence.
 *
 * Their expressions are a language of their own. Understood are conjunctions of `field in { ... }`; anything else leaves
 * the answer undecided, unless a policy before it has matched.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/expression-syntax/
 */
export function gatewayAnswer(rules: readonly GatewayRule[], connection: Connection): GatewayAnswer {
  for (const { action, traffic } of rules) {
    const verdict = matches(traffic, connection);
    if (verdict.isFalse) continue;
    return verdict.isTrue && (action === "allow" || action === "block") ? action : "undecided";
  }
  return "allow";
}

function matches(traffic: string, connection: Connection): Verdict {
  return Verdict.and(traffic.split(/ and (?=net\.)/).map((part) => membership(part, connection)));
}

function membership(part: string, connection: Connection): Verdict {
  const [, name = "", set = ""] = /^(net\.[a-z.]+) in \{([^{}]*)\}$/.exec(part) ?? [];
  const test = FIELDS[name];
  if (test === undefined) return Verdict.undecided(`the condition ${part}`);
  return Verdict.of(
    test(
      connection,
      set.split(" ").map((value) => value.replace(/^"(.*)"$/, "$1")),
    ),
  );
}
