import { difference, type Intervals } from "../../../network/intervals";
import { bytesOf, ComparisonOperator } from "../../../network/rules-language";
import type { AddressRanges } from "../../solver/address-axis";
import type { Dfa } from "../../solver/language/dfa";
import { compares } from "../../solver/language/order";
import { finds } from "../../solver/language/regex";
import { endsWith, oneOf } from "../../solver/language/words";
import { nfaOf } from "../../edge/evaluate";
import { PORTS, PROTOCOLS, type Protocol } from "../connection";
import type { Test } from "../language/condition";

/** What of a connection the classes split, those with few values first: each stands for one part of it. */
export enum Part {
  SOURCE = "net.src.ip",
  PROTOCOL = "net.protocol",
  PORT = "net.dst.port",
  NAME = "net.sni.host",
}

/** What a test asks of one part of a connection. */
export type Question =
  | { readonly part: Part.SOURCE; readonly addresses: AddressRanges }
  | { readonly part: Part.PROTOCOL; readonly protocols: readonly Protocol[] }
  | { readonly part: Part.PORT; readonly ports: Intervals }
  | { readonly part: Part.NAME; readonly machine: Dfa };

/** The questions of a test. It is true where the answer to one of them is yes. */
export function questionsOf(test: Test, text: string): readonly Question[] {
  const known = ASKED.get(text) ?? ask(test);
  ASKED.set(text, known);
  return known;
}

/** Machines keep the states that they have reached, so each is made once. */
const ASKED = new Map<string, readonly Question[]>();

function ask(test: Test): readonly Question[] {
  switch (test.field) {
    case "net.src.ip":
      return [{ part: Part.SOURCE, addresses: test.addresses.ranges }];
    case "net.dst.port":
      return [{ part: Part.PORT, ports: test.ports }];
    case "net.protocol": {
      const { protocols, differs } = test;
      return [{ part: Part.PROTOCOL, protocols: PROTOCOLS.filter((each) => protocols.includes(each) !== differs) }];
    }
    case "net.sni.host":
      return [{ part: Part.NAME, machine: "pattern" in test ? finds(nfaOf(test.pattern)) : nameMachine(test) }];
    case "net.sni.domains":
      return [oneOf(test.names.map(bytesOf)), ...test.names.map((name) => endsWith(bytesOf(`.${name}`)))].map(
        (machine) => ({ part: Part.NAME, machine }),
      );
  }
}

/** Only single names are told apart by what differs from them. */
function nameMachine({ names, differs }: { readonly names: readonly string[]; readonly differs: boolean }): Dfa {
  const words = names.map(bytesOf);
  return differs ? compares(ComparisonOperator.NOT_EQUAL, words[0] ?? "") : oneOf(words);
}

/** The ports that some lack. */
export function otherPorts(...ports: readonly bigint[]): Intervals {
  const excluded = ports.map((port) => ({ first: port, last: port }));
  return difference([PORTS], excluded, PORTS.last);
}
