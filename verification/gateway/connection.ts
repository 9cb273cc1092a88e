import { type Address, parseAddress, printAddress } from "../../network/address";
import type { Bytes } from "../../network/rules-language";
import { difference, type Interval, type Intervals } from "../../network/intervals";

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
