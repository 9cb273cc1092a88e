import type { Family } from "../../network/address";
import { type Cidr, parseCidr } from "../../network/cidr";
import { SYSTEM_CLOCK } from "../waiting";
import { exchange, gathered, hearOut, type Patience } from "../platforms/exchange";
import { sketched } from "../../errors/one-line";
import { connect } from "node:net";

/** A whois server. */
export interface WhoisServer {
  /** A host name or an IPv4 address. */
  readonly host: string;
  /** From 1 to 65535. */
  readonly port: number;
}

/**
 * Several times what the sources need: the route query answers about 1,300 objects of some 400 bytes each, the others a few
 * kilobytes.
 */
export const DEFAULT_PATIENCE: Patience = { request: 30_000, longestBody: 4 * 1024 * 1024, clock: SYSTEM_CLOCK };

/** A source gave no answer that can be judged: it isn't of the form that it has. The message may hold text of the source's. */
export class NoAnswer extends Error {
  public override readonly name = "NoAnswer";
}

/**
 * Fetches a JSON document. A redirect is not followed: it could leave https, or the host that was meant.
 *
 * @throws Unheard when the server can't be reached, takes too long, answers too much or breaks off; NoAnswer when it answers anything
 *   but JSON with status 200
 */
export async function fetchJson(url: string, patience: Patience): Promise<unknown> {
  const { status, text } = await exchange(url, { accept: "application/json" }, patience);
  if (status !== 200) throw new NoAnswer(`status ${status} in place of 200`);
  try {
    return JSON.parse(text);
  } catch {
    throw new NoAnswer(`not JSON: ${text}`);
  }
}

/**
 * Asks a whois server one question (RFC 3912: a line over TCP, answered until the server closes; neither secret nor authentic).
 *
 * @returns the answer as it came, one character per byte, since whois has no character set
 * @throws Unheard when the server can't be reached, takes too long, answers too much or breaks off
 * @see https://www.rfc-editor.org/rfc/rfc3912
 */
export async function askWhois({ host, port }: WhoisServer, query: string, patience: Patience): Promise<string> {
  const socket = connect({ host, port });
  socket.write(`${query}\r\n`);
  const answer = await hearOut(socket, patience, () => gathered(socket, patience));
  return answer.toString("latin1");
}

/**
 * Reads a block that a source names.
 *
 * @throws NoAnswer when it is not a block of the family, or has host bits
 */
function readPrefix(family: Family, text: unknown): Cidr {
  const cidr = typeof text === "string" ? parseCidr(text) : undefined;
  if (cidr?.family !== family) throw new NoAnswer(`not an IPv${family} block: ${sketched(text)}`);
  return cidr;
}

/**
 * Reads the lists of blocks that a source keeps by family.
 *
 * @throws NoAnswer when either is not a list of blocks of its family
 */
function readPrefixLists(lists: Readonly<Record<Family, unknown>>): readonly Cidr[] {
  return ([4, 6] as const).flatMap((family) => {
    const list = lists[family];
    if (!Array.isArray(list)) throw new NoAnswer(`no list of IPv${family} blocks where it should be`);
    return list.map((text) => readPrefix(family, text));
  });
}

/**
 * The prefixes in an answer of Cloudflare's API: `{ "success": true, "result": { "ipv4_cidrs": [...], "ipv6_cidrs": [...] } }`.
 *
 * @throws NoAnswer when it has another form, or reports no success
 * @see https://developers.cloudflare.com/api/resources/ips
 */
export function cloudflarePrefixes(document: unknown): readonly Cidr[] {
  const { success, result } = Object(document) as { success?: unknown; result?: unknown };
  if (success !== true) throw new NoAnswer("no success: the answer doesn't say that it is one");
  const { ipv4_cidrs, ipv6_cidrs } = Object(result) as { ipv4_cidrs?: unknown; ipv6_cidrs?: unknown };
  return readPrefixLists({ 4: ipv4_cidrs, 6: ipv6_cidrs });
}

/**
 * The prefixes in a document of github.com/ipverse/as-ip-blocks: `{ "asn": 64496, "prefixes": { "ipv4": [...], "ipv6": [...] } }`.
 *
 * @throws NoAnswer when it has another form, or is of another system
 */
export function announcedPrefixes(asn: number, document: unknown): readonly Cidr[] {
  const { asn: of, prefixes } = Object(document) as { asn?: unknown; prefixes?: unknown };
  if (of !== asn) throw new NoAnswer(`not a document of AS${asn}: asn is ${sketched(of)}`);
  const { ipv4, ipv6 } = Object(prefixes) as { ipv4?: unknown; ipv6?: unknown };
  return readPrefixLists({ 4: ipv4, 6: ipv6 });
}

/** RIPE-style answers end with two empty lines; between objects there is one (irrdnet/irrd, server/whois/query_response.py). */
const END = "\n\n\n";
const SERVER_ERROR = /^%+ *error.*/im;
const ATTRIBUTE = /^([a-z][a-z\d-]*):([^#]*)/i;
const CONTINUATION = /^[ \t+]/;

const FAMILY_OF_CLASS: Readonly<Record<string, Family>> = { route: 4, route6: 6 };

/** The question for the route objects of an autonomous system, of both families, as Meta's documentation asks it. */
export function routeQuery(asn: number): string {
  return `-i origin AS${asn}`;
}

/**
 * The prefixes of the route objects in an answer to `routeQuery`. Objects are those of RPSL (RFC 2622, RFC 4012): attributes one a
 * line, the class first; lines of the server's own begin with `%`.
 *
 * @returns the prefixes in the answer's order, one per object; none when the server says that there is none
 * @throws NoAnswer when the answer is cut off, is an error, or holds anything but route objects of this system
 * @see https://www.rfc-editor.org/rfc/rfc2622#section-4
 */
export function prefixesOfRoutes(asn: number, answer: string): readonly Cidr[] {
  const text = answer.replaceAll("\r\n", "\n");
  const [error] = SERVER_ERROR.exec(text) ?? [];
  if (error !== undefined) throw new NoAnswer(error);
  if (!text.endsWith(END)) throw new NoAnswer("the answer breaks off: it doesn't end with two empty lines");
  return text
    .split("\n\n")
    .map((paragraph) => paragraph.split("\n").filter((line) => line !== "" && !line.startsWith("%")))
    .filter((lines) => lines.length > 0)
    .map((lines) => prefixOfRoute(asn, lines));
}

function prefixOfRoute(asn: number, lines: readonly string[]): Cidr {
  const attributes = lines.filter((line) => !CONTINUATION.test(line)).map((line) => readAttribute(line));
  const [first] = attributes;
  const family = FAMILY_OF_CLASS[first?.name ?? ""];
  if (first === undefined || family === undefined) throw new NoAnswer(`not a route object: ${lines.join(" ")}`);
  const origins = attributes.filter(({ name }) => name === "origin").map(({ value }) => value.toUpperCase());
  if (String(origins) !== `AS${asn}`) {
    throw new NoAnswer(`a route object of ${origins.join(", ") || "nobody"}, not of AS${asn}`);
  }
  return readPrefix(family, first.value);
}

function readAttribute(line: string): { readonly name: string; readonly value: string } {
  const [, name, value] = ATTRIBUTE.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new NoAnswer(`not a route object: ${line}`);
  return { name: name.toLowerCase(), value: value.trim() };
}
