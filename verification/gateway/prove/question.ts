import { difference, type Intervals } from "../../../network/intervals";
import type { AddressRanges } from "../../solver/address-axis";
import type { Dfa } from "../../solver/language/dfa";
import { PORTS, type Protocol } from "../connection";
import type { Selection } from "../language/selection";

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

/** The questions of a selection. It is made of the connections for which the answer to one of them is yes. */
export function questionsOf(selection: Selection): readonly Question[] {
  switch (selection.field) {
    case "net.src.ip":
      return [{ part: Part.SOURCE, addresses: selection.addresses.ranges }];
    case "net.protocol":
      return [{ part: Part.PROTOCOL, protocols: selection.protocols }];
    case "net.dst.port":
      return [{ part: Part.PORT, ports: selection.ports }];
    case "net.sni.host":
      return selection.machines.map((machine) => ({ part: Part.NAME, machine }));
  }
}

/** The ports that some lack. */
export function otherPorts(...ports: readonly bigint[]): Intervals {
  const excluded = ports.map((port) => ({ first: port, last: port }));
  return difference([PORTS], excluded, PORTS.last);
}
