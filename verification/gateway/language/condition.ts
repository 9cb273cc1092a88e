import type { AddressSet } from "../../../network/address-set";
import type { Intervals } from "../../../network/intervals";
import type { RegexNode } from "../../../network/rules-language";

/** A condition of Gateway's expressions, as far as it is understood. */
export type Condition =
  | { readonly kind: "all"; readonly parts: readonly Condition[] }
  | { readonly kind: "any"; readonly parts: readonly Condition[] }
  | { readonly kind: "not"; readonly part: Condition }
  | { readonly kind: "test"; readonly test: Test; readonly text: string }
  | Unknown;

/** What nobody here can answer. The same text is the same question. */
export interface Unknown {
  readonly kind: "unknown";
  readonly text: string;
  /**
   * Whether there is one answer for all connections, which the JSON keeps back.
   *
   * @default false
   */
  readonly isHidden?: boolean;
}

/** What is asked of one field of a connection. */
export type Test = SourceTest | PortTest | ProtocolTest | NameTest | NameMatch | DomainTest;

/** Whether the source is one of some addresses. */
export interface SourceTest {
  readonly field: "net.src.ip";
  readonly addresses: AddressSet;
}

export interface PortTest {
  readonly field: "net.dst.port";
  readonly ports: Intervals;
}

export interface ProtocolTest {
  readonly field: "net.protocol";
  readonly protocols: readonly string[];
  /** Whether it asks for any other one instead. */
  readonly differs: boolean;
}

/** Whether the server name is one of some names, or differs from one. */
export interface NameTest {
  readonly field: "net.sni.host";
  readonly names: readonly string[];
  readonly differs: boolean;
}

/** Whether a regular expression matches some part of the server name. */
export interface NameMatch {
  readonly field: "net.sni.host";
  readonly pattern: RegexNode;
}

/** Whether the server name is one of some names, or below one. */
export interface DomainTest {
  readonly field: "net.sni.domains";
  readonly names: readonly string[];
}
