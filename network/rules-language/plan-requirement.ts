/**
 * The least Cloudflare plan that a field, function or operator needs. The documentation labels them "Pro or above",
 * "Business or above", "Enterprise" and "Enterprise add-on".
 */
export enum PlanRequirement {
  PRO = "pro",
  BUSINESS = "business",
  ENTERPRISE = "enterprise",
  /** Enterprise, and a product that is bought on top of it. */
  ENTERPRISE_ADD_ON = "enterprise add-on",
}

/** The least plan that has `matches`: https://developers.cloudflare.com/ruleset-engine/rules-language/operators/#comparison-operators */
export const REGEX_MATCH_PLAN = PlanRequirement.BUSINESS;
