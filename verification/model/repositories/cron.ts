import { NotUnderstood } from "./not-understood";

/** The days on which a schedule runs, and the first and last minute of such a day. */
interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: Field;
  readonly months: Field;
  readonly daysOfWeek: Field;
}

interface Field {
  readonly values: ReadonlySet<number>;
  /** Whether every value of the field is meant, or written as such: `*`, or `*` with a step. */
  readonly standing: "all" | "stepped" | "some";
}

const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const DAYS = "SUN MON TUE WED THU FRI SAT".split(" ");

const DAY = 1_440;
const WEEK = 7;
/** After 400 years the Gregorian calendar begins again, on the same day of the week. */
const CALENDAR = 146_097;

/** How a schedule's longest pause is known. */
export type LongestGap =
  /** In minutes. Infinity where it never runs. */
  | { readonly minutes: number }
  /** Where readers of cron disagree: as the one and as the other read it, the shorter pause first. */
  | { readonly between: readonly [number, number] };

/**
 * The longest pause between two runs of several schedules together, in minutes, over all time.
 *
 * A day that is restricted both by month and by week runs on either. Where one of the two is a step over all, cron's own
 * implementation wants both and others don't, so both readings are told.
 *
 * @param expressions five fields each, in UTC: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
 * @throws {NotUnderstood} where one is no such expression
 */
export function longestGap(expressions: readonly string[]): LongestGap {
  const crons = expressions.map(cronOf);
  const longer = gapOf(crons, false);
  const shorter = crons.some(isStepped) ? gapOf(crons, true) : longer;
  return shorter === longer ? { minutes: longer } : { between: [shorter, longer] };
}

const isStepped = ({ daysOfMonth, daysOfWeek }: Cron): boolean =>
  daysOfMonth.standing === "stepped" || daysOfWeek.standing === "stepped";

export function cronOf(expression: string): Cron {
  const [minutes, hours, daysOfMonth, months, daysOfWeek, ...more] = expression.trim().split(/[ \t]+/);
  if (daysOfWeek === undefined || more.length > 0) throw new NotUnderstood("", `"${expression}" has not five fields`);
  return {
    minutes: sorted(fieldOf(minutes ?? "", 0, 59)),
    hours: sorted(fieldOf(hours ?? "", 0, 23)),
    daysOfMonth: fieldOf(daysOfMonth ?? "", 1, 31),
    months: fieldOf(months ?? "", 1, 12, MONTHS),
    daysOfWeek: fieldOf(daysOfWeek, 0, 6, DAYS),
  };
}

const sorted = ({ values }: Field): readonly number[] => [...values].sort((one, other) => one - other);

/** A list of values, ranges and steps. */
function fieldOf(text: string, from: number, to: number, names: readonly string[] = []): Field {
  const values = new Set(text.split(",").flatMap((part) => partOf(part, from, to, names)));
  if (text === "*") return { values, standing: "all" };
  return { values, standing: text.startsWith("*") ? "stepped" : "some" };
}

function partOf(part: string, from: number, to: number, names: readonly string[]): readonly number[] {
  const [, first = "", last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d{1,3}))?$/.exec(part) ?? [];
  const number = (text: string): number => {
    const name = names.indexOf(text.toUpperCase());
    if (name >= 0) return name + from;
    return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  };
  const low = first === "*" ? from : number(first);
  const high = last === undefined ? (first === "*" || step !== undefined ? to : low) : number(last);
  const by = step === undefined ? 1 : Number(step);
  const isSound = low >= from && high <= to && low <= high && by >= 1 && !(first === "*" && last !== undefined);
  if (!isSound) throw new NotUnderstood("", `"${part}" is no part of a cron expression from ${from} to ${to}`);
  return Array.from({ length: Math.floor((high - low) / by) + 1 }, (_, index) => low + index * by);
}

/** @param stepIsSome whether a step over all restricts the day, so that the other restriction needn't hold */
function gapOf(crons: readonly Cron[], stepIsSome: boolean): number {
  const isWeekly = crons.every(
    ({ daysOfMonth, months }) => daysOfMonth.standing === "all" && months.standing === "all",
  );
  const period = isWeekly ? WEEK : CALENDAR;
  let [first, last, longest] = [undefined as number | undefined, 0, 0];
  for (const { day, ...date } of days(period)) {
    const running = crons.filter((cron) => runsOn(cron, date, stepIsSome));
    if (running.length === 0) continue;
    const start = day * DAY + Math.min(...running.map(firstOf));
    if (first !== undefined) longest = Math.max(longest, start - last);
    first ??= start;
    last = day * DAY + Math.max(...running.map(lastOf));
  }
  return first === undefined ? Number.POSITIVE_INFINITY : Math.max(longest, first + period * DAY - last);
}

const firstOf = ({ hours, minutes }: Cron): number => (hours[0] ?? 0) * 60 + (minutes[0] ?? 0);
const lastOf = ({ hours, minutes }: Cron): number => (hours.at(-1) ?? 0) * 60 + (minutes.at(-1) ?? 0);

interface CalendarDate {
  readonly dayOfMonth: number;
  readonly month: number;
  readonly dayOfWeek: number;
}

function runsOn(
  { daysOfMonth, months, daysOfWeek }: Cron,
  { dayOfMonth, month, dayOfWeek }: CalendarDate,
  stepIsSome: boolean,
): boolean {
  if (!months.values.has(month)) return false;
  const matches = [daysOfMonth.values.has(dayOfMonth), daysOfWeek.values.has(dayOfWeek)];
  const isRestricted = ({ standing }: Field): boolean => standing === "some" || (standing === "stepped" && stepIsSome);
  const either = isRestricted(daysOfMonth) && isRestricted(daysOfWeek);
  return either ? matches.some(Boolean) : matches.every(Boolean);
}

/** The days from the first of January 2000, a Saturday. */
function* days(count: number): Generator<CalendarDate & { readonly day: number }> {
  let [year, month, dayOfMonth] = [2_000, 1, 1];
  for (let day = 0; day < count; day += 1) {
    yield { day, dayOfMonth, month, dayOfWeek: (day + 6) % WEEK };
    dayOfMonth += 1;
    if (dayOfMonth > lengthOf(month, year)) [month, dayOfMonth] = [month + 1, 1];
    if (month > 12) [year, month] = [year + 1, 1];
  }
}

function lengthOf(month: number, year: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 31;
}
