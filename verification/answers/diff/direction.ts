import { Area, Kind } from "./item";

/** The areas where more means that somebody gets further; in the others it means that less is held. */
const TRAFFIC: ReadonlySet<Area> = new Set([
  ...[Area.REQUESTS, Area.RECORDS, Area.DATABASE, Area.KEY_VALUE, Area.WEB_SERVICE, Area.WORKER, Area.EGRESS],
]);

/**
 * What it means that an area lets more through than before, or less.
 *
 * @param before how much it let through, the more the higher; undefined where that can't be said
 * @param after how much it lets through now
 */
export function kindBetween(area: Area, before: number | undefined, after: number | undefined): Kind {
  if (before === undefined || after === undefined || before === after) return Kind.CHANGED;
  const isMore = after > before;
  if (TRAFFIC.has(area)) return isMore ? Kind.OPENED : Kind.CLOSED;
  return isMore ? Kind.WEAKENED : Kind.STRENGTHENED;
}
