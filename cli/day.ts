import { InvalidInput } from "../errors/invalid-input";
import { calendarDay } from "../policy/pentest-cadence";
import { problemsOf } from "../policy/problems";

const DAY_MS = 86_400_000;

/**
 * The start of a calendar day in UTC.
 *
 * @param day as `YYYY-MM-DD`
 * @throws InvalidInput if the calendar has no such day
 */
export function startOf(day: string): Date {
  InvalidInput.throwIfAny(
    "the day to judge by",
    problemsOf(calendarDay, day).map((problem) => ({ ...problem, at: "--today" })),
  );
  return new Date(`${day}T00:00:00Z`);
}

/** The instant to judge at: the start of a day, or the present where none is named. */
export const presentOr = (day: string | undefined): Date => (day === undefined ? new Date() : startOf(day));

/** The calendar day of an instant in UTC, as `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** The day that lies a number of days after another. */
export function daysAfter(day: string, days: number): string {
  return dayOf(new Date(startOf(day).getTime() + days * DAY_MS));
}

/** The days from one day to another; negative if the other comes first. */
export function daysBetween(from: string, to: string): number {
  return (startOf(to).getTime() - startOf(from).getTime()) / DAY_MS;
}
