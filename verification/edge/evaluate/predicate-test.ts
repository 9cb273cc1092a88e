import { type Address, FAMILIES } from "../../../network/address";
import { canonical, holds } from "../../../network/intervals";
import {
  type AddressRangeLiteral,
  ComparisonOperator,
  type Literal,
  type LiteralSet,
  parseRegex,
  type Predicate,
} from "../../../network/rules-language";
import { oncePer } from "../../once-per";
import { listed, type Lists } from "./lists";
import { nfaOf, UnsupportedRegexError } from "../../solver/language/nfa";
import { finds } from "../../solver/language/nfa-search";
import { isAddress } from "./request";
import type { RuntimeValue } from "./values";
import { Verdict } from "../../solver/verdict";
import { WildcardMatcher } from "./wildcard-matcher";

/** The verdict of a predicate on a value of its operand. */
export type PredicateTest = (value: RuntimeValue, lists: Lists) => Verdict;

/** The test of a predicate, made ready once: sets are sorted, patterns are compiled. */
export const testOf = oncePer((predicate: Predicate): PredicateTest => {
  switch (predicate.kind) {
    case "truth":
      return decided((value) => value === true);
    case "comparison":
      return decided((value) => compare(predicate.operator, value, predicate.literal));
    case "membership":
      return decided(setTest(predicate.set));
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
  try {
    const nfa = nfaOf(parseRegex(pattern));
    return decided((value) => finds(nfa, String(value)));
  } catch (error) {
    if (!(error instanceof UnsupportedRegexError)) throw error;
    const verdict = Verdict.undecided(
      `the regular expression ${JSON.stringify(pattern)} is not modelled: ${error.message}`,
    );
    return () => verdict;
  }
}

const HOLDS: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  [ComparisonOperator.EQUAL]: (order) => order === 0,
  [ComparisonOperator.NOT_EQUAL]: (order) => order !== 0,
  [ComparisonOperator.LESS_OR_EQUAL]: (order) => order <= 0,
  [ComparisonOperator.GREATER_OR_EQUAL]: (order) => order >= 0,
  [ComparisonOperator.LESS]: (order) => order < 0,
  [ComparisonOperator.GREATER]: (order) => order > 0,
};

/** Addresses of different families have no order: they are not equal, and every other comparison is false. */
function compare(operator: ComparisonOperator, value: RuntimeValue, { value: literal }: Literal): boolean {
  if (!isAddress(value) || !isAddress(literal)) return HOLDS[operator](orderOf(value, literal));
  return value.family === literal.family
    ? HOLDS[operator](orderOf(value.value, literal.value))
    : operator === ComparisonOperator.NOT_EQUAL;
}

function orderOf(one: RuntimeValue, other: RuntimeValue): number {
  return one < other ? -1 : Number(one > other);
}

function setTest(set: LiteralSet): (value: RuntimeValue) => boolean {
  switch (set.kind) {
    case "strings": {
      const members = new Set<RuntimeValue>(set.members.map(({ value }) => value));
      return (value) => members.has(value);
    }
    case "integers": {
      const intervals = canonical(set.members);
      return (value) => typeof value === "bigint" && holds(intervals, value);
    }
    case "addresses":
      return addressTest(set.members);
  }
}

function addressTest(ranges: readonly AddressRangeLiteral[]): (value: RuntimeValue) => boolean {
  const families = FAMILIES.map((family) => ({
    family,
    intervals: canonical(ranges.filter((range) => range.family === family)),
  }));
  const isWithin = (address: Address): boolean =>
    families.some(({ family, intervals }) => family === address.family && holds(intervals, address.value));
  return (value) => isAddress(value) && isWithin(value);
}
