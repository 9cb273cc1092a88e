import type { AddressSet } from "../../../network/address-set";
import type { Intervals } from "../../../network/intervals";
import { bytesOf } from "../../../network/rules-language";
import { lowered } from "../../solver/language/preimages";
import type { Dfa } from "../../solver/language/dfa";
import { oneOf } from "../../solver/language/words";
import type { Protocol } from "../connection";

/** The connections that something is proven of. */
export interface ConnectionScope {
  readonly sources: AddressSet;
  readonly protocols: readonly Protocol[];
  readonly ports: Intervals;
  readonly names: Names;
}

/** Some server names. */
export interface Names {
  readonly hosts: Dfa;
  /** Whether they are the hosts, or all others, no name among them. */
  readonly areHosts: boolean;
  /** Names that people expect to see; the first of a class stands for it. */
  readonly likely: readonly string[];
}

/** One name, as clients write it. */
export function exactName(host: string): Names {
  return { hosts: machineOf("exactly", [host], (names) => names), areHosts: true, likely: [host] };
}

/** The names of some hosts, in any case: hosts have none (https://www.rfc-editor.org/rfc/rfc4343). */
export function namesOf(hosts: readonly string[]): Names {
  return { hosts: machineOf("any case", hosts, lowered), areHosts: true, likely: hosts };
}

/** Every other name, and none. */
export function otherNames(hosts: readonly string[]): Names {
  const likely = ["evil.example.com", ...hosts.map((host) => `evil.${host}`)];
  return { ...namesOf(hosts), areHosts: false, likely };
}

function machineOf(what: string, hosts: readonly string[], made: (names: Dfa) => Dfa): Dfa {
  const key = [what, ...hosts].join(" ");
  const machine = MACHINES.get(key) ?? made(oneOf(hosts.map(bytesOf)));
  MACHINES.set(key, machine);
  return machine;
}

/** What is known of a machine's classes is kept with it. */
const MACHINES = new Map<string, Dfa>();
