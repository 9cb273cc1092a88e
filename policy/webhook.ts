import { z } from "zod";
import { type Problem, shown } from "../errors/invalid-input";
import { AddressSet } from "../network/address-set";
import { META } from "../network/feeds/meta";
import { members } from "./members";
import type { Located } from "./problems";
import { addressText, literal, object } from "./shapes";

/** A path of the application that only the addresses of its sender may call. */
export interface Webhook {
  /** The route, as the application's router knows it: lower case, without a trailing slash. */
  readonly path: string;
  /** The sender that may call it. Webhooks of one sender share one rule. */
  readonly sender: Sender;
}

/** The addresses that a webhook accepts. */
export interface Sender {
  /** The set's name: lower-case letters, digits and underscores. It names the rule and, if there is one, the list. */
  readonly name: string;
  /** CIDRs, single addresses or `a-b` ranges of both families. */
  readonly addresses: readonly string[];
}

/**
 * A path that the guard matches in every spelling.
 *
 * The guard compares the path in lower case after recursive decoding, so a path with upper case or an escape would
 * never match. `*`, `?`, `#`, `+`, `\` and `//` have other meanings at the edge or in the origin's router. The edge removes
 * dot segments before the rules run. `/` alone would close the whole site.
 *
 * @see https://developers.cloudflare.com/rules/normalization/how-it-works/
 */
const path = literal(
  /^(?:\/(?!\.{1,2}(?:\/|$))[a-z0-9._~-]+)+$/,
  "a path that begins with / and whose segments hold only lower-case letters, digits and - . _ ~: no trailing slash, " +
    "no empty or dot segment, no escape (%), wildcard, +, ?, #, quote, backslash, space, control or non-ASCII character",
  (text) =>
    `/${
      text
        .trim()
        .toLowerCase()
        .replace(/^https?:\/\/[^/]*/, "")
        .split(/[?#]/)[0]
        ?.split(/[/\\]+/)
        .filter(Boolean)
        .join("/") ?? ""
    }`,
);

const sender = object({
  name: literal(/^[a-z][a-z0-9_]{0,24}$/, "a name of 1 to 25 lower-case letters, digits and underscores"),
  addresses: z
    .array(addressText, { error: "a list of addresses" })
    .min(1, { error: "at least one address: without one, the guard would block every call" }),
});

export const webhookSchema = object(
  { path, sender },
  "a webhook made by Webhook.meta(path) or Webhook.from(path, name, addresses)",
);

export const Webhook = members("Webhook", {
  /** A webhook that Meta calls, from the official ranges of its webhook documentation. */
  meta(path: string): Webhook {
    return { path, sender: { name: META.addresses.name, addresses: META.addresses.cidrs() } };
  },
  /**
   * A webhook of another sender.
   *
   * @param name the sender's name, for example `billing`
   * @param addresses the sender's published addresses, of both families
   */
  from(path: string, name: string, addresses: readonly string[]): Webhook {
    return { path, sender: { name, addresses } };
  },
});

/**
 * The guards of one zone don't contradict each other. They look at the path on every host, and match it anywhere in
 * the path. So a path that contains another one must have the same sender.
 */
export function webhookProblems(hooks: readonly Located<Webhook>[]): readonly Problem[] {
  return hooks.flatMap((one, index) => hooks.slice(index + 1).flatMap((other) => contradiction(one, other)));
}

function contradiction(one: Located<Webhook>, other: Located<Webhook>): readonly Problem[] {
  if (addressesOf(one).equals(addressesOf(other))) return [];
  if (one.value.sender.name === other.value.sender.name) {
    return [
      {
        at: `${other.at}.sender.addresses`,
        got: `other addresses for ${shown(other.value.sender.name)} than ${one.at} has`,
        allowed: "one set of addresses for one sender's name in a zone",
        change: "give the second set a name of its own, or the same addresses",
      },
    ];
  }
  const overlap = one.value.path.includes(other.value.path) || other.value.path.includes(one.value.path);
  if (!overlap) return [];
  return [
    {
      at: `${other.at}.path`,
      got: `${shown(other.value.path)}, which overlaps with ${shown(one.value.path)} of ${one.at} and has another sender`,
      allowed: "paths of one zone that don't contain each other, unless they have the same sender",
      change: "choose paths of which none is part of the other",
    },
  ];
}

function addressesOf({ value }: Located<Webhook>): AddressSet {
  return AddressSet.of(value.sender.name, value.sender.addresses);
}
