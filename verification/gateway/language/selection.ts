import { InvalidInput } from "../../../errors/invalid-input";
import { AddressSet } from "../../../network/address-set";
import { canonical, complement, type Interval, intersection } from "../../../network/intervals";
import { bytesOf, parseRegex, RegexSyntaxError } from "../../../network/rules-language";
import { attempt } from "../../attempt";
import { Answer } from "../../solver/formula";
import { ownOf } from "../../collections";
import { type Dfa, not, run } from "../../solver/language/dfa";
import { UnsupportedRegexError, finds } from "../../solver/language/regex";
import { endsWith, oneOf } from "../../solver/language/words";
import { type ConnectionPoint, PORTS, type Protocol, PROTOCOLS } from "../connection";

/** The connections that a predicate of Gateway's language selects, by one field. */
export interface Selection {
  readonly field: keyof ConnectionPoint;
  /** Questions to the axis of the field: it accepts exactly the values for which one of them holds. */
  readonly asks: readonly unknown[];
  /** The server names that it lists. */
  readonly names: readonly string[];
  /**
   * Whether it accepts an empty server name. Then it is unknown whether it accepts a connection without one: Cloudflare's
   * engine and its documentation disagree.
   */
  readonly acceptsEmpty: boolean;
}

/**
 * The selection of a predicate, by the texts of its tokens; undefined where it isn't understood.
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

/** In lower case: it is undocumented whether Gateway compares case. */
const HOST_NAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

const FIELDS: Readonly<Record<string, Read>> = {
  "net.src.ip": equality(addressesOf, (addresses, differs) => {
    const sources = differs ? addresses.complement() : addresses;
    return selection("net.src.ip", [sources.ranges]);
  }),
  "net.protocol": equality(stringsOf(/^[a-z]+$/), (names, differs) => {
    const protocols = PROTOCOLS.filter((each) => names.includes(each) !== differs);
    return selection("net.protocol", [(protocol: Protocol) => protocols.includes(protocol)]);
  }),
  "net.dst.port": (operator, literals) => {
    const compared = ownOf(COMPARED, operator);
    const isPort = (text: string): boolean => /^(?:0|[1-9][0-9]{0,4})$/.test(text) && Number(text) <= 65_535;
    if (compared === undefined || !literals.every(isPort)) return undefined;
    const ports = intersection(canonical(literals.flatMap((literal) => compared(BigInt(literal)))), [PORTS]);
    return selection("net.dst.port", [ports]);
  },
  "net.sni.host": (operator, literals) => (operator === "matches" ? matching(literals) : named(operator, literals)),
  "any(net.sni.domains[*])": equality(stringsOf(HOST_NAME), (names, differs) => {
    const dfas = [oneOf(names.map(bytesOf)), ...names.map((name) => endsWith(bytesOf(`.${name}`)))];
    return differs ? undefined : nameSelection(dfas, names);
  }),
};

const named: Read = equality(stringsOf(HOST_NAME), (names, differs) => {
  const listed = oneOf(names.map(bytesOf));
  return nameSelection([differs ? not(listed) : listed], names);
});

function selection(field: keyof ConnectionPoint, asks: readonly unknown[]): Selection {
  return { field, asks, names: [], acceptsEmpty: false };
}

function nameSelection(asks: readonly Dfa[], names: readonly string[] = []): Selection {
  const acceptsEmpty = asks.some((dfa) => run(dfa, "") === Answer.YES);
  return { ...selection("net.sni.host", asks), names, acceptsEmpty };
}

/** The operators that compare for equality, and whether they deny it. */
const DIFFERS: ReadonlyMap<string, boolean> = new Map([
  ["==", false],
  ["in", false],
  ["!=", true],
]);

/** Reads the values that are compared for equality. */
function equality<Value>(
  read: (literals: readonly string[], operator: string) => Value | undefined,
  select: (value: Value, differs: boolean) => Selection | undefined,
): Read {
  return (operator, literals) => {
    const value = read(literals, operator);
    const differs = DIFFERS.get(operator);
    return value === undefined || differs === undefined ? undefined : select(value, differs);
  };
}

/** Reads quoted literals that all have a form. The meaning of a backslash in them is undocumented. */
function stringsOf(form: RegExp): (literals: readonly string[]) => readonly string[] | undefined {
  return (literals) => {
    const values = literals.map((literal) => /^"([^"\\]*)"$/.exec(literal)?.[1]);
    return values.every((value) => value !== undefined && form.test(value)) ? (values as readonly string[]) : undefined;
  };
}

/** Blocks stand in sets alone. */
function addressesOf(texts: readonly string[], operator: string): AddressSet | undefined {
  if (texts.some((text) => text.includes("-") || (operator !== "in" && text.includes("/")))) return undefined;
  return attempt(() => AddressSet.of("addresses", texts), InvalidInput);
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
  const [pattern = ""] = stringsOf(/^[ -~]+$/)(literals) ?? [];
  const regex = pattern === "" ? undefined : attempt(() => parseRegex(pattern), RegexSyntaxError);
  const dfa = regex && attempt(() => finds(regex), UnsupportedRegexError);
  return dfa && nameSelection([dfa]);
}
