import { AddressSet } from "../../network/address-set";
import type { Intervals } from "../../network/intervals";
import { type Bytes, bytesOf } from "../../network/rules-language";
import { addressAxis } from "../solver/address-axis";
import { Answer } from "../solver/formula";
import { Axes } from "../solver/axes";
import { type Axis, type AxisClass, finiteAxis, integerAxis } from "../solver/axis";
import { HOST_BYTES, NATURAL_BYTES } from "../solver/language/alphabets";
import { type Dfa, not } from "../solver/language/dfa";
import { languageAxis } from "../solver/language/language-axis";
import { lowered } from "../solver/language/preimages";
import { oneOf } from "../solver/language/words";
import { type ConnectionPoint, PORTS, type Protocol, PROTOCOLS } from "./connection";

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
