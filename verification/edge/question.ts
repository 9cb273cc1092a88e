import { FAMILIES, LAST_ADDRESS } from "../../network/address";
import { canonical, holds, type Interval } from "../../network/intervals";
import { ComparisonOperator, type Predicate } from "../../network/rules-language";
import type { AddressRanges } from "../solver/address-axis";
import { ordered } from "../solver/language/order";
import { EdgeAxis, type EdgeQuestion, type StringAxis } from "./axes";
import type { Lists } from "./evaluate";
import { integersOf, stringQuestion } from "./string-question";

/**
 * The question of a predicate for one axis; undefined where it asks for something else, or for more than one.
 * A predicate without a question is unconstrained: both answers have to be considered.
 */
export function questionOf(predicate: Predicate, lists: Lists): EdgeQuestion | undefined {
  const { operand } = predicate;
  const field = operand.kind === "field" && operand.indexes.length === 0 ? operand.name : undefined;
  switch (field) {
    case "ip.src": {
      const asks = addressesOf(predicate, lists);
      return asks && { axis: EdgeAxis.SOURCE, asks };
    }
    case "ssl":
      return predicate.kind === "truth"
        ? { axis: EdgeAxis.CONNECTION, asks: ({ scheme }) => scheme === "https" }
        : undefined;
    case "cf.edge.server_port": {
      const test = integerTest(predicate);
      return test && { axis: EdgeAxis.CONNECTION, asks: ({ port }) => test(BigInt(port)) };
    }
    default: {
      const asked = stringQuestion(predicate);
      const axis = STRING_FIELDS.get(asked?.field ?? "");
      return asked === undefined || axis === undefined ? undefined : { axis, asks: asked.dfa };
    }
  }
}

const STRING_FIELDS: ReadonlyMap<string, StringAxis> = new Map(
  ([EdgeAxis.METHOD, EdgeAxis.HOST, EdgeAxis.QUERY, EdgeAxis.PATH] as const).map((field) => [field, field]),
);

/** The addresses for which a predicate on an address is true; undefined where that is not known. */
export function addressesOf(predicate: Predicate, lists: Lists): AddressRanges | undefined {
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

/** Addresses of different families are not equal, and every other comparison of them is false. */
function comparedAddresses(operator: ComparisonOperator, { family: own, value }: { family: 4 | 6; value: bigint }) {
  return byFamily((family) => {
    const all = { first: 0n, last: LAST_ADDRESS[family] };
    if (family === own) return ordered(operator, value, all);
    return operator === ComparisonOperator.NOT_EQUAL ? [all] : [];
  });
}

function byFamily(intervals: (family: 4 | 6) => Iterable<Interval>): AddressRanges {
  const [four, six] = FAMILIES.map((family) => canonical(intervals(family)));
  return { 4: four ?? [], 6: six ?? [] };
}

/** Whether a predicate on an integer is true for a number; undefined where it isn't understood. */
function integerTest(predicate: Predicate): ((value: bigint) => boolean) | undefined {
  if (predicate.kind === "bit-test") return (value) => (value & predicate.mask) !== 0n;
  const intervals = integersOf(predicate);
  return intervals && ((value) => holds(intervals, value));
}
