import type { Family } from "../../network/address";
import type { Cidr } from "../../network/cidr";
import { type Limits, NoAnswer, readAnswer } from "./answer";
import type { WhoisServer } from "./endpoints";
import { readPrefix } from "./prefixes";
import { connect } from "node:net";

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
export function prefixesOfRoutes(source: string, asn: number, answer: string): readonly Cidr[] {
  const text = answer.replaceAll("\r\n", "\n");
  const [error] = SERVER_ERROR.exec(text) ?? [];
  if (error !== undefined) throw new NoAnswer(source, error);
  if (!text.endsWith(END)) throw new NoAnswer(source, "the answer breaks off: it doesn't end with two empty lines");
  return text
    .split("\n\n")
    .map((paragraph) => paragraph.split("\n").filter((line) => line !== "" && !line.startsWith("%")))
    .filter((lines) => lines.length > 0)
    .map((lines) => prefixOfRoute(source, asn, lines));
}

function prefixOfRoute(source: string, asn: number, lines: readonly string[]): Cidr {
  const attributes = lines.filter((line) => !CONTINUATION.test(line)).map((line) => readAttribute(source, line));
  const [first] = attributes;
  const family = FAMILY_OF_CLASS[first?.name ?? ""];
  if (first === undefined || family === undefined) throw new NoAnswer(source, `not a route object: ${lines.join(" ")}`);
  const origins = attributes.filter(({ name }) => name === "origin").map(({ value }) => value.toUpperCase());
  if (String(origins) !== `AS${asn}`) {
    throw new NoAnswer(source, `a route object of ${origins.join(", ") || "nobody"}, not of AS${asn}`);
  }
  return readPrefix(source, family, first.value);
}

function readAttribute(source: string, line: string): { readonly name: string; readonly value: string } {
  const [, name, value] = ATTRIBUTE.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new NoAnswer(source, `not a route object: ${line}`);
  return { name: name.toLowerCase(), value: value.trim() };
}

/**
 * Asks a whois server one question (RFC 3912: a line over TCP, answered until the server closes; neither secret nor authentic).
 *
 * @returns the answer as it came, one character per byte, since whois has no character set
 * @throws NoAnswer when the server can't be reached, takes too long, answers too much or breaks off
 * @see https://www.rfc-editor.org/rfc/rfc3912
 */
export async function askWhois({ host, port }: WhoisServer, query: string, limits: Limits): Promise<string> {
  const answer = await readAnswer(`whois://${host}:${port}`, limits, (signal) => {
    const socket = connect({ host, port, signal });
    socket.write(`${query}\r\n`);
    return Promise.resolve(socket as AsyncIterable<Uint8Array>);
  });
  return answer.toString("latin1");
}
