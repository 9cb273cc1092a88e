import { InvalidInput } from "../../../errors/invalid-input";
import { AddressSet } from "../../../network/address-set";
import { canonical, complement, holds, type Interval, intersection, type Intervals } from "../../../network/intervals";
import { bytesOf, parseRegex, RegexSyntaxError } from "../../../network/rules-language";
import { ownOf } from "../../collections";
import { finds } from "../../edge/evaluate";
import { type Dfa, not } from "../../solver/language/dfa";
import { nfaOf, UnsupportedRegexError } from "../../solver/language/nfa";
import { finds as dfaFinding } from "../../solver/language/regex";
import { endsWith, oneOf } from "../../solver/language/words";
import { type Connection, PORTS, PROTOCOLS, type Protocol } from "../connection";

/** The connections that a predicate of Gateway's language selects, by one field. */
export type Selection = SourceSelection | ProtocolSelection | PortSelection | NameSelection;

export interface SourceSelection {
  readonly field: "net.src.ip";
  readonly addresses: AddressSet;
}

export interface ProtocolSelection {
  readonly field: "net.protocol";
  readonly protocols: readonly Protocol[];
}

export interface PortSelection {
  readonly field: "net.dst.port";
  readonly ports: Intervals;
}

export interface NameSelection {
  readonly field: "net.sni.host";
  /** The names that it lists. */
  readonly names: readonly string[];
  readonly accepts: (name: string) => boolean;
  /** It accepts exactly what one of these accepts. */
  readonly dfas: readonly Dfa[];
}

/**
 * Whether a connection is selected; undefined where it has no server name and an empty one would be: Cloudflare's engine and
 * its documentation disagree about that.
 */
export function selects(selection: Selection, { source, serverName, port, protocol }: Connection): boolean | undefined {
  switch (selection.field) {
    case "net.src.ip":
      return selection.addresses.contains(source);
    case "net.protocol":
      return selection.protocols.includes(protocol);
    case "net.dst.port":
      return holds(selection.ports, BigInt(port));
    case "net.sni.host":
      return selection.accepts(serverName) ? serverName !== "" || undefined : false;
  }
}

/**
 * What a predicate selects, by the texts of its tokens; undefined where it isn't understood.
 *
 * `net.sni.domains` holds the server name and every domain above it: https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/#sni-domain
 */
export function selectionOf(texts: readonly string[]): Selection | undefined {
  const isAny = texts[0] === "any" && texts[1] === "(" && texts.at(-1) === ")";
  const [field = "", operator = "", ...operands] = isAny ? texts.slice(2, -1) : texts;
  const isSet = operands[0] === "{" && operands.at(-1) === "}";
  const literals = isSet ? operands.slice(1, -1) : operands;
  if (isSet !== (operator === "in") || literals.length === 0) return undefined;
  return ownOf(FIELDS, isAny ? `any(${field})` : field)?.(operator, literals);
}

/** Reads the operator of a field and the literals behind it; undefined where they aren't understood. */
type Read = (operator: string, literals: readonly string[]) => Selection | undefined;

const FIELDS: Readonly<Record<string, Read>> = {
  "net.src.ip": (operator, literals) => {
    const isSet = operator === "in";
    if (literals.some((literal) => literal.includes("-") || (!isSet && literal.includes("/")))) return undefined;
    const addresses = addressesOf(literals);
    const differs = DIFFERS.get(operator);
    if (addresses === undefined || differs === undefined) return undefined;
    return { field: "net.src.ip", addresses: differs ? addresses.complement() : addresses };
  },
  "net.protocol": (operator, literals) => {
    const names = stringsOf(literals, /^[a-z]+$/);
    const differs = DIFFERS.get(operator);
    if (names === undefined || differs === undefined) return undefined;
    return { field: "net.protocol", protocols: PROTOCOLS.filter((each) => names.includes(each) !== differs) };
  },
  "net.dst.port": (operator, literals) => {
    const compared = ownOf(COMPARED, operator);
    const areNumbers = literals.every(
      (literal) => /^(?:0|[1-9][0-9]{0,4})$/.test(literal) && Number(literal) <= 65_535,
    );
    if (compared === undefined || !areNumbers) return undefined;
    const ports = canonical(literals.flatMap((literal) => compared(BigInt(literal))));
    return { field: "net.dst.port", ports: intersection(ports, [PORTS]) };
  },
  "net.sni.host": (operator, literals) => {
    if (operator === "matches") return matching(literals);
    const names = stringsOf(literals, HOST_NAME);
    const differs = DIFFERS.get(operator);
    if (names === undefined || differs === undefined) return undefined;
    const listed = oneOf(names.map(bytesOf));
    return {
      ...{ field: "net.sni.host", names, dfas: [differs ? not(listed) : listed] },
      accepts: (name) => names.includes(name) !== differs,
    };
  },
  "any(net.sni.domains[*])": (operator, literals) => {
    const names = stringsOf(literals, HOST_NAME);
    if (names === undefined || DIFFERS.get(operator) !== false) return undefined;
    return {
      ...{ field: "net.sni.host", names },
      accepts: (host) => names.some((name) => host === name || host.endsWith(`.${name}`)),
      dfas: [oneOf(names.map(bytesOf)), ...names.map((name) => endsWith(bytesOf(`.${name}`)))],
    };
  },
};

/** The operators that compare for equality, and whether they ask for what differs. */
const DIFFERS: ReadonlyMap<string, boolean> = new Map([
  ["==", false],
  ["in", false],
  ["!=", true],
]);

/** In lower case: it is documented nowhere whether Gateway compares case. */
const HOST_NAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/** The values of quoted literals that all have a form. What a backslash means in them is documented nowhere. */
function stringsOf(literals: readonly string[], form: RegExp): readonly string[] | undefined {
  const values = literals.map((literal) => /^"([^"\\]*)"$/.exec(literal)?.[1]);
  return values.every((value) => value !== undefined && form.test(value)) ? (values as readonly string[]) : undefined;
}

function addressesOf(texts: readonly string[]): AddressSet | undefined {
  try {
    return AddressSet.of("addresses", texts);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return undefined;
  }
}

/** The ports that an operator leaves, compared with one. */
const COMPARED: Readonly<Record<string, (port: bigint) => readonly Interval[]>> = {
  "==": (port) => [{ first: port, last: port }],
  "!=": (port) => complement([{ first: port, last: port }], PORTS.last),
  "<": (port) => (port > 0n ? [{ first: 0n, last: port - 1n }] : []),
  "<=": (port) => [{ first: 0n, last: port }],
  ">": (port) => [{ first: port + 1n, last: PORTS.last + 1n }],
  ">=": (port) => [{ first: port, last: PORTS.last + 1n }],
  in: (port) => [{ first: port, last: port }],
};

/** Regular expressions are Rust's: https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/#value */
function matching(literals: readonly string[]): Selection | undefined {
  const [pattern = ""] = stringsOf(literals, /^[ -~]+$/) ?? [];
  if (pattern === "") return undefined;
  try {
    const nfa = nfaOf(parseRegex(pattern));
    const accepts = (name: string): boolean => finds(nfa, name);
    return { field: "net.sni.host", names: [], accepts, dfas: [dfaFinding(nfa)] };
  } catch (error) {
    if (!(error instanceof RegexSyntaxError || error instanceof UnsupportedRegexError)) throw error;
    return undefined;
  }
}
