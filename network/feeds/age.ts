import type { AddressFeed, Provenance } from "./address-feed";

const DAY = 24 * 60 * 60 * 1000;

/** How old a feed is. */
export interface FeedAge {
  /** Whole days since the start of the day, in UTC, on which the feed was compiled; negative when that day is still to come. */
  readonly days: number;
  /** The days that it may be old. */
  readonly allowedDays: number;
  /**
   * Whether it is as old as it may be. A feed of a day to come is not: it would stay young for as long as anybody wants. One day is
   * allowed for clocks that differ.
   */
  readonly isAllowed: boolean;
}

/** How old a feed is. */
export function ageOf(
  { compiled, allowedAgeDays }: Pick<Provenance, "compiled" | "allowedAgeDays">,
  now: Date,
): FeedAge {
  const days = Math.floor((now.getTime() - Date.parse(`${compiled}T00:00:00Z`)) / DAY);
  return { days, allowedDays: allowedAgeDays, isAllowed: days >= -1 && days <= allowedAgeDays };
}

/**
 * A warning, of one line and without a line feed, for each feed that is older than it may be. Old addresses break no statement: they
 * refuse a sender that has moved, and let in who got its old addresses.
 */
export function ageWarnings(feeds: readonly AddressFeed[], now: Date): readonly string[] {
  return feeds
    .filter(({ provenance }) => !ageOf(provenance, now).isAllowed)
    .map(({ addresses, provenance }) => `${addresses.name}: ${sayAge(provenance, now)}; ${HOW_TO_RENEW}`);
}

/** The change that mends a feed that is too old. */
export const HOW_TO_RENEW = "change: run npm run -s policy -- addresses refresh, and commit what it writes";

/** A feed's age in words. */
export function sayAge(provenance: Pick<Provenance, "compiled" | "allowedAgeDays">, now: Date): string {
  const { days, allowedDays, isAllowed } = ageOf(provenance, now);
  const age = `compiled on ${provenance.compiled}, ${days === 1 ? "1 day" : `${days} days`} ago, allowed: ${allowedDays}`;
  if (isAllowed) return age;
  return days < 0 ? `compiled on ${provenance.compiled}, which is still to come` : `too old: ${age}`;
}
