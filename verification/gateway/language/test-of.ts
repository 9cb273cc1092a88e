import { InvalidInput } from "../../../errors/invalid-input";
import { AddressSet } from "../../../network/address-set";
import { canonical, complement, type Interval, intersection } from "../../../network/intervals";
import { parseRegex, RegexSyntaxError } from "../../../network/rules-language";
import { nfaOf, UnsupportedRegexError } from "../../edge/evaluate";
import { ownOf } from "../../collections";
import { PORTS } from "../connection";
import type { Test } from "./condition";

/** What an operator and the literals behind it ask of a field; undefined where that isn't understood. */
type ReadTest = (operator: string, literals: readonly string[]) => Test | undefined;

/**
 * What a predicate asks, by the texts of its tokens; undefined where that isn't understood.
 *
 * `net.sni.domains` holds the server name and every domain above it: https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/#sni-domain
 */
export function testOf(texts: readonly string[]): Test | undefined {
  const isAny = texts[0] === "any" && texts[1] === "(" && texts.at(-1) === ")";
  const [field = "", operator = "", ...operands] = isAny ? texts.slice(2, -1) : texts;
  const isSet = operands[0] === "{" && operands.at(-1) === "}";
  const literals = isSet ? operands.slice(1, -1) : operands;
  if (isSet !== (operator === "in") || literals.length === 0) return undefined;
  return ownOf(FIELDS, isAny ? `any(${field})` : field)?.(operator, literals);
}

const FIELDS: Readonly<Record<string, ReadTest>> = {
  "net.src.ip": sourceTest,
  "net.dst.port": portTest,
  "net.protocol": (operator, literals) => {
    const protocols = stringsOf(literals, /^[a-z]+$/);
    const field = "net.protocol";
    return protocols === undefined ? undefined : equality(operator, (differs) => ({ field, protocols, differs }));
  },
  "net.sni.host": (operator, literals) => {
    if (operator === "matches") return nameMatch(literals);
    const names = stringsOf(literals, HOST_NAME);
    const field = "net.sni.host";
    return names === undefined ? undefined : equality(operator, (differs) => ({ field, names, differs }));
  },
  "any(net.sni.domains[*])": (operator, literals) => {
    const names = stringsOf(literals, HOST_NAME);
    return names === undefined || operator === "!="
      ? undefined
      : equality(operator, () => ({ field: "net.sni.domains", names }));
  },
};

/** In lower case: it is documented nowhere whether Gateway compares case. */
const HOST_NAME = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

function equality(operator: string, test: (differs: boolean) => Test): Test | undefined {
  return operator === "==" || operator === "in" || operator === "!=" ? test(operator === "!=") : undefined;
}

/** The values of quoted literals that all have a form. What a backslash means in them is documented nowhere. */
function stringsOf(literals: readonly string[], form: RegExp): readonly string[] | undefined {
  const values = literals.map((literal) => /^"([^"\\]*)"$/.exec(literal)?.[1]);
  return values.every((value) => value !== undefined && form.test(value)) ? (values as readonly string[]) : undefined;
}

function sourceTest(operator: string, literals: readonly string[]): Test | undefined {
  const isSet = operator === "in";
  if (literals.some((literal) => literal.includes("-") || (!isSet && literal.includes("/")))) return undefined;
  const addresses = addressesOf(literals);
  if (addresses === undefined) return undefined;
  const field = "net.src.ip";
  return equality(operator, (differs) => ({ field, addresses: differs ? addresses.complement() : addresses }));
}

function addressesOf(texts: readonly string[]): AddressSet | undefined {
  try {
    return AddressSet.of("addresses", texts);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return undefined;
  }
}

/** The parts of all ports that an operator leaves, compared with one. */
const COMPARED: Readonly<Record<string, (port: bigint) => readonly Interval[]>> = {
  "==": (port) => [{ first: port, last: port }],
  "!=": (port) => complement([{ first: port, last: port }], PORTS.last),
  "<": (port) => (port > 0n ? [{ first: 0n, last: port - 1n }] : []),
  "<=": (port) => [{ first: 0n, last: port }],
  ">": (port) => [{ first: port + 1n, last: PORTS.last + 1n }],
  ">=": (port) => [{ first: port, last: PORTS.last + 1n }],
  in: (port) => [{ first: port, last: port }],
};

function portTest(operator: string, literals: readonly string[]): Test | undefined {
  const compared = ownOf(COMPARED, operator);
  const isNumber = literals.every((literal) => /^(?:0|[1-9][0-9]{0,4})$/.test(literal) && Number(literal) <= 65_535);
  if (compared === undefined || !isNumber) return undefined;
  const ports = canonical(literals.flatMap((literal) => compared(BigInt(literal))));
  return { field: "net.dst.port", ports: intersection(ports, [PORTS]) };
}

/** Regular expressions are Rust's: https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/#value */
function nameMatch(literals: readonly string[]): Test | undefined {
  const [pattern = ""] = stringsOf(literals, /^[ -~]+$/) ?? [];
  if (pattern === "") return undefined;
  try {
    const parsed = parseRegex(pattern);
    nfaOf(parsed);
    return { field: "net.sni.host", pattern: parsed };
  } catch (error) {
    if (!(error instanceof RegexSyntaxError || error instanceof UnsupportedRegexError)) throw error;
    return undefined;
  }
}
