import type { IConstruct } from "constructs";
import type { Problem } from "../../errors/invalid-input";
import { cheapestPlanWith, PLAN_LIMITS } from "../../policy/cloudflare-plan";
import type { OwnedZone } from "../../policy/zone";
import type { PlannedList } from "./edge-plan";

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
 * The widest blocks that a list takes, by family. The documentation has two bounds for IPv6; this is the narrower.
 *
 * @see https://developers.cloudflare.com/waf/tools/lists/custom-lists/#lists-with-ip-addresses-ip-lists
 */
const WIDEST = { 4: 8, 6: 12 } as const;

/**
 * Counts lists into their account, and says where one can't be or the app then has more, or larger ones, than the
 * account's best plan allows.
 *
 * @see https://developers.cloudflare.com/waf/tools/lists/custom-lists/#availability
 */
export function listProblems(scope: IConstruct, zone: OwnedZone, lists: readonly PlannedList[]): readonly Problem[] {
  const all = LISTS.get(scope.node.root) ?? [];
  all.push(...lists.map(({ addresses }) => ({ zone, items: addresses.cidrs().length })));
  LISTS.set(scope.node.root, all);
  const ofAccount = all.filter((list) => list.zone.account === zone.account);
  return [...lists.flatMap(tooWide), ...(lists.length === 0 ? [] : tooMany(zone.account, ofAccount))];
}

function tooWide({ name, addresses }: PlannedList): readonly Problem[] {
  const wide = addresses.blocks.filter(({ family, prefixLength }) => prefixLength < WIDEST[family]);
  if (wide.length === 0) return [];
  const got = `${wide.length} blocks wider than a list takes`;
  return [
    {
      at: `the list ${name}`,
      got,
      allowed: `/${WIDEST[4]} (IPv4) and /${WIDEST[6]} (IPv6) or narrower`,
      change: INLINE,
    },
  ];
}

const INLINE = "write addresses inline (AddressPlacement.INLINE)";

function tooMany(account: string, lists: readonly AccountList[]): readonly Problem[] {
  return COUNTS.flatMap(({ limit, what, count }) => {
    const got = count(lists);
    const plans = lists.map(({ zone }) => zone.plan);
    const [best] = plans.sort((one, other) => PLAN_LIMITS[other][limit] - PLAN_LIMITS[one][limit]);
    if (best === undefined || got <= PLAN_LIMITS[best][limit]) return [];
    const plan = cheapestPlanWith((limits) => limits[limit] >= got);
    return [
      {
        at: `the ${what} of account ${account}`,
        got: String(got),
        allowed: `${PLAN_LIMITS[best][limit]} on the ${best} plan`,
        change: `${INLINE}${plan === undefined ? "" : `, or move to the ${plan} plan`}`,
      },
    ];
  });
}

function sum(lists: readonly AccountList[]): number {
  return lists.reduce((total, { items }) => total + items, 0);
}
