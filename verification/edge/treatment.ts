/** How a rule bears on where a request ends. */
export enum Treatment {
  /** It ends a request that it matches, or it is unknown what it does with it. */
  ENDS = "ends",
  /** It may stop a request and may not: safety can't count on it, and availability doesn't blame it. */
  MAY_BLOCK = "may block",
  /** It leaves out the later rules of its phase. */
  SKIPS = "skips",
  /** It changes nothing about where a request ends. */
  NEUTRAL = "neutral",
}
