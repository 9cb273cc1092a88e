import { FAMILIES, LAST_ADDRESS } from "../../network/address";
import { canonical, type Interval } from "../../network/intervals";
import { ComparisonOperator, type Predicate } from "../../network/rules-language";
import type { Lists } from "../edge/evaluate";
import type { AddressRanges } from "./addresses";
import { ordered } from "./integers";

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
      return literal.kind === "address" ? compared(operator, literal.value) : undefined;
    }
    default:
      return undefined;
  }
}

/** Addresses of different families are not equal, and every other comparison of them is false. */
function compared(operator: ComparisonOperator, { family: own, value }: { family: 4 | 6; value: bigint }) {
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
