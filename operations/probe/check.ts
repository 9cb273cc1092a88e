import { type Family, parseAddress } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import type { Hsts } from "../../policy/edge-options";
import type { Environment } from "../../policy/environment";
import type { StatementId } from "../../policy/statements";
import { isOutside } from "./ask";
import type { Judgement } from "./judgement";
import { type Answer, type Question, secureRequest } from "./question";

/** One question, and what its answer means for the policy. */
export interface Check {
  /** The statements that it looks at. */
  readonly statements: readonly StatementId[];
  /** What has to be seen, and where. */
  readonly expects: string;
  readonly question: Question;
  readonly judge: (answer: Answer) => Judgement;
  /**
   * Addresses that are let in: from one of them, the check proves nothing.
   *
   * @default - nobody is let in
   */
  readonly admitted?: AddressSet;
  /**
   * The host whose block is what holds: where all of it is blocked from here, the check proves nothing.
   *
   * @default - the check doesn't rest on a block
   */
  readonly blockedBy?: string;
}

/** What would have to be seen, but can't be asked. */
export interface Unasked extends Pick<Check, "statements" | "expects"> {
  /** Why it can't be asked, and what to do. */
  readonly unasked: string;
}

/** What is probed: an environment, and how its edge was declared. */
export interface Target {
  readonly environment: Environment;
  /** The HSTS of the zone that it lives in, which its owner declares. */
  readonly hsts: Hsts | undefined;
  /** The names by which shared proxies of the platforms are reached, by the id of the datastore behind them. */
  readonly proxies: ReadonlyMap<string, string>;
}

/** The addresses that the environment's databases admit. */
export function egressOf({ egress }: Environment): AddressSet {
  return AddressSet.of("the egress addresses", egress?.addresses ?? []);
}

/** From where the probe looks: the public address of this machine, as far as it is known. */
export type Vantage = Readonly<Partial<Record<Family, string>>>;

/**
 * Asks the environment's own edge from which address it is asked.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/cdn-cgi-endpoint/
 */
export function trace(host: string): Question {
  return secureRequest(host, "/cdn-cgi/trace", { wantsBody: true });
}

/** What the edge answered, as lines of `key=value`. */
export function vantageOf(answer: Answer): Vantage {
  const [, text = ""] = (answer.kind === "response" && /^ip=(\S+)$/m.exec(answer.body)) || [];
  const address = parseAddress(text);
  return address === undefined ? {} : { [address.family]: text };
}

/** The public address that a connection came from, if it is known. */
export function sourceOf({ from, local }: Answer, vantage: Vantage): string | undefined {
  const family = from === undefined ? undefined : parseAddress(from)?.family;
  if (family === undefined) return undefined;
  return vantage[family] ?? (local !== undefined && isOutside(local) ? local : undefined);
}
