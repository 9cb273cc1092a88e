import { InvalidInput, shown } from "../../errors/invalid-input";
import { isDay } from "../../network/feeds/feed-source";

/**
 * The time by which ages are judged.
 *
 * @param day a day as `YYYY-MM-DD`, which begins in UTC; the present when there is none
 * @throws InvalidInput when it is no day
 */
export function readToday(day: string | undefined): Date {
  if (day === undefined) return new Date();
  InvalidInput.throwIfAny(
    "the day to judge by",
    isDay(day) ? [] : [{ at: "today", got: shown(day), allowed: "a day as YYYY-MM-DD" }],
  );
  return new Date(`${day}T00:00:00Z`);
}
