import type { IConstruct } from "constructs";
import type { Problem } from "../../errors/invalid-input";
import { cheapestPlanWith, PLAN_LIMITS } from "../../policy/cloudflare-plan";
import type { OwnedZone } from "../../policy/zone";

/** A list that a zone's edge puts into its account. */
interface AccountList {
  readonly zone: OwnedZone;
  readonly items: number;
}

const LISTS = new WeakMap<IConstruct, AccountList[]>();

const COUNTS = [
  { limit: "lists", what: "custom lists", count: (lists: readonly AccountList[]) => lists.length },
  { limit: "listItems", what: "list items", count: (lists: readonly AccountList[]) => sum(lists) },
] as const;

/**
 * Counts lists into their account and says where the app then has more, or larger ones, than the account's best plan allows.
 *
 * @see https://developers.cloudflare.com/waf/tools/lists/custom-lists/#availability
 */
export function listProblems(scope: IConstruct, zone: OwnedZone, items: readonly number[]): readonly Problem[] {
  const all = LISTS.get(scope.node.root) ?? [];
  all.push(...items.map((count) => ({ zone, items: count })));
  LISTS.set(scope.node.root, all);
  const ofAccount = all.filter((list) => list.zone.account === zone.account);
  return COUNTS.flatMap(({ limit, what, count }) => {
    const got = count(ofAccount);
    const allowed = Math.max(...ofAccount.map((list) => PLAN_LIMITS[list.zone.plan][limit]));
    if (got <= allowed || ofAccount.length === 0) return [];
    const plan = cheapestPlanWith((limits) => limits[limit] >= got);
    return [
      {
        at: `the ${what} of account ${zone.account}`,
        got: String(got),
        allowed: `${allowed} on the ${zone.plan} plan`,
        change: `write addresses inline (AddressPlacement.INLINE)${plan === undefined ? "" : `, or move to the ${plan} plan`}`,
      },
    ];
  });
}

function sum(lists: readonly AccountList[]): number {
  return lists.reduce((total, { items }) => total + items, 0);
}
