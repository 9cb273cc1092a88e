import { PlanRequirement } from "../network/rules-language";

/**
 * The Cloudflare plan of a zone. It decides what the Rules language and the rulesets may use.
 *
 * @see https://developers.cloudflare.com/waf/custom-rules/#availability
 */
export enum CloudflarePlan {
  FREE = "free",
  PRO = "pro",
  BUSINESS = "business",
  ENTERPRISE = "enterprise",
}

/** The limits of a plan. */
export interface PlanLimits {
  /** WAF custom rules per zone. */
  readonly customRules: number;
  /** Single Redirects per zone. */
  readonly redirectRules: number;
  /** Transform Rules of one kind per zone. */
  readonly transformRules: number;
  /** Whether `matches` and the regex functions may be used. */
  readonly regex: boolean;
  /** Custom lists per account. */
  readonly lists: number;
  /** Items of all lists of an account together. */
  readonly listItems: number;
}

/**
 * The limits of each plan, cheapest first.
 *
 * Source: cloudflare/cloudflare-docs `src/content/plans/index.json`, rendered on
 * https://developers.cloudflare.com/waf/custom-rules/#availability,
 * https://developers.cloudflare.com/waf/tools/lists/custom-lists/#availability and
 * https://developers.cloudflare.com/rules/url-forwarding/#availability
 */
export const PLAN_LIMITS: Readonly<Record<CloudflarePlan, PlanLimits>> = {
  [CloudflarePlan.FREE]: {
    customRules: 5,
    redirectRules: 10,
    transformRules: 10,
    regex: false,
    lists: 1,
    listItems: 10_000,
  },
  [CloudflarePlan.PRO]: {
    customRules: 20,
    redirectRules: 25,
    transformRules: 25,
    regex: false,
    lists: 10,
    listItems: 10_000,
  },
  [CloudflarePlan.BUSINESS]: {
    customRules: 100,
    redirectRules: 50,
    transformRules: 50,
    regex: true,
    lists: 10,
    listItems: 10_000,
  },
  [CloudflarePlan.ENTERPRISE]: {
    customRules: 1_000,
    redirectRules: 300,
    transformRules: 300,
    regex: true,
    lists: 1_000,
    listItems: 500_000,
  },
};

/** The cheapest plan whose limits pass the test. */
export function cheapestPlanWith(enough: (limits: PlanLimits) => boolean): CloudflarePlan | undefined {
  return Object.values(CloudflarePlan).find((plan) => enough(PLAN_LIMITS[plan]));
}

const FROM_CHEAPEST = Object.values(CloudflarePlan);

/**
 * The cheapest plan that fulfils a requirement. An add-on counts as Enterprise: this project can't see the add-ons of a
 * zone.
 */
const CHEAPEST: Readonly<Record<PlanRequirement, CloudflarePlan>> = {
  [PlanRequirement.PRO]: CloudflarePlan.PRO,
  [PlanRequirement.BUSINESS]: CloudflarePlan.BUSINESS,
  [PlanRequirement.ENTERPRISE]: CloudflarePlan.ENTERPRISE,
  [PlanRequirement.ENTERPRISE_ADD_ON]: CloudflarePlan.ENTERPRISE,
};

/** Whether a plan fulfils a requirement. */
export function planHas(plan: CloudflarePlan, requirement: PlanRequirement): boolean {
  return FROM_CHEAPEST.indexOf(plan) >= FROM_CHEAPEST.indexOf(CHEAPEST[requirement]);
}
