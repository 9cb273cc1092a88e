import { type Address, FAMILIES, type Family, LAST_ADDRESS } from "../../../network/address";
import type { AddressSet } from "../../../network/address-set";
import { canonical, holds, type Interval, type Intervals } from "../../../network/intervals";
import { ComparisonOperator, parseRegex, type Predicate } from "../../../network/rules-language";
import { attemptOr } from "../../attempt";
import { oncePer } from "../../once-per";
import type { AddressRanges } from "../../solver/address-axis";
import { Answer } from "../../solver/formula";
import { run } from "../../solver/language/dfa";
import { UnsupportedRegexError, finds } from "../../solver/language/regex";
import { isAccepted, ordered } from "../../solver/language/words";
import { Verdict } from "./verdict";
import { isAddress, type RuntimeValue } from "./values";
import { WildcardMatcher } from "./wildcard-matcher";

/** The verdict of a predicate on a value of its operand. */
export type PredicateTest = (value: RuntimeValue, lists: Lists) => Verdict;

/** The test of a predicate, made ready once: sets are sorted, patterns are compiled. */
export const testOf = oncePer((predicate: Predicate): PredicateTest => {
  switch (predicate.kind) {
    case "truth":
      return decided((value) => value === true);
    case "comparison":
    case "membership":
      return decided(amongTest(predicate));
    case "list-membership":
      return (value, lists) => listed(lists, predicate.list, value);
    case "containment":
      return decided((value) => String(value).includes(predicate.needle));
    case "wildcard-match": {
      const matcher = WildcardMatcher.of(predicate.pattern, predicate.strict);
      return decided((value) => matcher.matches(String(value)));
    }
    case "regex-match":
      return regexTest(predicate.pattern);
    case "bit-test":
      return decided((value) => typeof value === "bigint" && (value & predicate.mask) !== 0n);
  }
});

function decided(test: (value: RuntimeValue) => boolean): PredicateTest {
  return (value) => Verdict.of(test(value));
}

function regexTest(pattern: string): PredicateTest {
  const read = (): PredicateTest => {
    const dfa = finds(parseRegex(pattern));
    return decided((value) => run(dfa, String(value)) === Answer.YES);
  };
  return attemptOr(read, UnsupportedRegexError, ({ message }) => {
    const reason = `the regular expression ${JSON.stringify(pattern)} is not modelled: ${message}`;
    return () => Verdict.undecided(reason);
  });
}

type Among = Extract<Predicate, { readonly kind: "comparison" | "membership" }>;

/** Whether a value is one of those that a comparison or a set accepts. */
function amongTest(predicate: Among): (value: RuntimeValue) => boolean {
  const [integers, addresses] = [integersOf(predicate), addressesOf(predicate)];
  if (integers !== undefined) return (value) => typeof value === "bigint" && holds(integers, value);
  if (addresses !== undefined) return (value) => isAddress(value) && holds(addresses[value.family], value.value);
  if (predicate.kind === "comparison") {
    const { operator, literal } = predicate;
    return (value) => isAccepted(operator, value < literal.value ? -1 : value > literal.value ? 1 : 0);
  }
  const members = new Set<unknown>(predicate.set.members.map((member) => "value" in member && member.value));
  return (value) => members.has(value);
}

/** The least and the greatest integer of the Rules language. */
const INTEGERS: Interval = { first: -(1n << 63n), last: (1n << 63n) - 1n };

/** The numbers for which a predicate on an integer is true; undefined where they are no intervals. */
export function integersOf(predicate: Predicate): Intervals | undefined {
  if (predicate.kind === "membership" && predicate.set.kind === "integers") return canonical(predicate.set.members);
  return predicate.kind === "comparison" && predicate.literal.kind === "integer"
    ? canonical(ordered(predicate.operator, predicate.literal.value, INTEGERS))
    : undefined;
}

/** The addresses for which a predicate on an address is true; undefined where that is not known. */
export function addressesOf(predicate: Predicate, lists: Lists = new Map()): AddressRanges | undefined {
  switch (predicate.kind) {
    case "list-membership": {
      const items = lists.get(predicate.list);
      return items !== undefined && "ranges" in items ? items.ranges : undefined;
    }
    case "membership": {
      const { set } = predicate;
      return set.kind === "addresses"
        ? byFamily((family) => set.members.filter((member) => member.family === family))
        : undefined;
    }
    case "comparison": {
      const { operator, literal } = predicate;
      return literal.kind === "address" ? comparedAddresses(operator, literal.value) : undefined;
    }
    default:
      return undefined;
  }
}

/** Addresses of different families have no order: they are not equal, and every other comparison is false. */
function comparedAddresses(operator: ComparisonOperator, { family: own, value }: Address): AddressRanges {
  return byFamily((family) => {
    const all = { first: 0n, last: LAST_ADDRESS[family] };
    if (family === own) return ordered(operator, value, all);
    return operator === ComparisonOperator.NOT_EQUAL ? [all] : [];
  });
}

function byFamily(intervals: (family: Family) => Iterable<Interval>): AddressRanges {
  const [four, six] = FAMILIES.map((family) => canonical(intervals(family)));
  return { 4: four ?? [], 6: six ?? [] };
}

/** The items of a list that `in $name` refers to: an IP list's addresses, or an ASN list's numbers. */
export type ListItems = AddressSet | ReadonlySet<bigint>;

/** Lists by name, without `$`. */
export type Lists = ReadonlyMap<string, ListItems>;

/** Whether a list holds a value. Hostname lists are undecided: they match by rules of their own. */
function listed(lists: Lists, name: string, value: RuntimeValue): Verdict {
  const items = lists.get(name);
  if (items === undefined) return Verdict.undecided(`the items of the list $${name} are not known`);
  if ("ranges" in items && isAddress(value)) return Verdict.of(items.contains(value));
  if ("has" in items && typeof value === "bigint") return Verdict.of(items.has(value));
  return Verdict.undecided(`the list $${name} does not hold values of this type`);
}
