import { type Address, parseAddress, printAddress } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { difference, type Interval, type Intervals } from "../../network/intervals";
import { type Bytes, bytesOf } from "../../network/rules-language";
import { addressAxis } from "../solver/address-axis";
import { Axes, type Axis, type AxisClass, finiteAxis, integerAxis } from "../solver/axes";
import { Answer } from "../solver/formula";
import { HOST_BYTES, NATURAL_BYTES } from "../solver/language/alphabets";
import { type Dfa, not } from "../solver/language/dfa";
import { languageAxis } from "../solver/language/language-axis";
import { lowered } from "../solver/language/preimages";
import { oneOf } from "../solver/language/words";

/**
 * The protocols that network policies control. A proxy endpoint itself carries TCP alone, so UDP is counted in
 * although no worker can send it there.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/
 * @see https://developers.cloudflare.com/cloudflare-one/networks/resolvers-and-proxies/proxy-endpoints/
 */
export type Protocol = "tcp" | "udp";

/** The usual one first. */
export const PROTOCOLS: readonly Protocol[] = ["tcp", "udp"];

export const PORTS: Interval = { first: 1n, last: 65_535n };

/** All ports but one. */
export function otherPorts(port: bigint): Intervals {
  return difference([PORTS], [{ first: port, last: port }], PORTS.last);
}

/** A connection that reaches Gateway's proxy, as Gateway sees it. */
export interface Connection {
  /** The address that it comes from. */
  readonly source: string;
  /**
   * The TLS server name that the client asks for; empty where Gateway sees none. It looks for one on 443, and on other
   * ports where the account inspects all of them.
   *
   * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/#sni
   */
  readonly serverName: string;
  /** The port that it goes to. */
  readonly port: number;
  readonly protocol: Protocol;
}

/** A connection in words, such as `203.0.113.20 → api.example.com:443/tcp`. */
export function shownConnection({ source, serverName, port, protocol }: Connection): string {
  return `${source} → ${serverName === "" ? "(no server name)" : serverName}:${port}/${protocol}`;
}

/** A connection as a value of each axis. An axis has the name of the field that asks about it. */
export interface ConnectionPoint {
  readonly "net.src.ip": Address;
  readonly "net.protocol": Protocol;
  readonly "net.dst.port": bigint;
  /** Empty where there is no server name. */
  readonly "net.sni.host": Bytes;
}

export function connectionAt(point: ConnectionPoint): Connection {
  return {
    source: printAddress(point["net.src.ip"]),
    serverName: point["net.sni.host"],
    port: Number(point["net.dst.port"]),
    protocol: point["net.protocol"],
  };
}

export function pointOf({ source, serverName, port, protocol }: Connection): ConnectionPoint {
  const address = parseAddress(source);
  if (address === undefined) throw new Error(`a connection from ${source}, which is no address`);
  return { "net.src.ip": address, "net.protocol": protocol, "net.dst.port": BigInt(port), "net.sni.host": serverName };
}

/** Some connections: a product of sets. */
export interface ConnectionScope {
  readonly sources: AddressSet;
  readonly protocols: readonly Protocol[];
  readonly ports: Intervals;
  readonly names: Names;
}

/** Some server names. */
export interface Names {
  /** They are those that all of these accept. */
  readonly within: readonly Dfa[];
  /** Names that people expect to see; the first of a class stands for it. */
  readonly expected: readonly string[];
}

/** A host that no policy is expected to list. */
export const OTHER_HOST = "evil.example.com";

/** Ports that people know, which stand for their classes in this order. */
const KNOWN_PORTS = [443n, 80n, 22n, 53n];

/** With few values first. */
const FIELDS: readonly (keyof ConnectionPoint)[] = ["net.src.ip", "net.protocol", "net.dst.port", "net.sni.host"];

/**
 * The axes of a scope's connections.
 *
 * @param order the order in which diagrams split them
 */
export function axesOf({ sources, protocols, ports, names }: ConnectionScope, order = FIELDS): Axes<ConnectionPoint> {
  const axes: { readonly [Field in keyof ConnectionPoint]: Axis<unknown, ConnectionPoint[Field]> } = {
    "net.src.ip": addressAxis(sources.ranges),
    "net.protocol": finiteAxis(protocols, (one, other) => one === other),
    "net.dst.port": integerAxis(ports, KNOWN_PORTS),
    "net.sni.host": nameAxis(names),
  };
  return new Axes<ConnectionPoint>(Object.fromEntries(order.map((field) => [field, axes[field]])) as typeof axes);
}

/** The classes of expected names come first, and that of no name last: each name is more natural than none. */
function nameAxis({ within, expected }: Names): Axis<Dfa, Bytes> {
  const axis = languageAxis({
    name: "net.sni.host",
    dfas: within,
    bytes: NATURAL_BYTES,
    expected: expected.map(bytesOf),
  });
  const order = [...expected, undefined, ""];
  const placeOf = ({ examples: [name] }: AxisClass<Bytes>): number =>
    order.indexOf(order.includes(name) ? name : undefined);
  return {
    ...axis,
    classes: (questions) =>
      axis
        .classes([UNNAMED, ...questions])
        .map(({ answers, examples }) => ({ answers: answers.slice(1), examples }))
        .sort((one, other) => placeOf(one) - placeOf(other)),
  };
}

/** Whether there is no server name. */
export const UNNAMED = oneOf([""]);

/**
 * Every connection.
 *
 * @param likely names that people expect to see
 */
export function anyConnection(likely: readonly string[] = []): ConnectionScope {
  const names = { ...otherNames([]), expected: [OTHER_HOST, ...likely, ...likely.map((host) => `evil.${host}`)] };
  return { sources: AddressSet.everything(), protocols: PROTOCOLS, ports: [PORTS], names };
}

/** Some names, as clients write them. */
export function exactNames(hosts: readonly string[]): Names {
  return { within: [NAMES, listed(hosts)], expected: hosts };
}

/** The names of some hosts, in any case: hosts have none (https://www.rfc-editor.org/rfc/rfc4343). */
export function namesOf(hosts: readonly string[]): Names {
  return { within: [NAMES, lowered(listed(hosts))], expected: hosts };
}

/** Every other name, and none. */
export function otherNames(hosts: readonly string[]): Names {
  const expected = [OTHER_HOST, ...hosts.map((host) => `evil.${host}`)];
  return { within: [NAMES, not(lowered(listed(hosts)))], expected };
}

const listed = (hosts: readonly string[]): Dfa => oneOf(hosts.map(bytesOf));

/** Server names are made of the bytes of host names (https://www.rfc-editor.org/rfc/rfc6066#section-3); none is empty. */
const NAMES: Dfa = { ...HOST_BYTES, answer: () => Answer.YES };
