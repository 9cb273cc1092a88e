import { createHash } from "node:crypto";

/** One minute of the week, in UTC. */
export interface WeeklyTime {
  /** 1 (Monday) to 4 (Thursday): a failure is seen on a working day. */
  readonly weekday: number;
  /** 2 to 5. */
  readonly hour: number;
  /** 0 to 59, never divisible by 5. */
  readonly minute: number;
}

const QUIET_MINUTES = Array.from({ length: 60 }, (_, minute) => minute).filter((minute) => minute % 5 !== 0);
const QUIET_HOURS = [2, 3, 4, 5];
const WEEKDAYS = [1, 2, 3, 4];
const DAY_NAMES = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * The weekly time of a job in a repository: the same for the same names, spread over repositories and jobs by a hash.
 *
 * GitHub delays or drops scheduled runs "during periods of high loads", which "include the start of every hour"
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule). So it
 * leaves out the round minutes that people write by hand.
 *
 * @param repository `owner/name`; GitHub ignores case in both, and so does this
 * @param job tells the jobs of one repository apart
 */
export function weeklyTime(repository: string, job: string): WeeklyTime {
  const digest = createHash("sha256").update(`${job}:${repository.toLowerCase()}`).digest();
  return {
    minute: pick(QUIET_MINUTES, digest.readUInt32BE(0)),
    hour: pick(QUIET_HOURS, digest.readUInt32BE(4)),
    weekday: pick(WEEKDAYS, digest.readUInt32BE(8)),
  };
}

/** The time as the five fields of a cron expression. */
export function cron({ minute, hour, weekday }: WeeklyTime): string {
  return `${minute} ${hour} * * ${weekday}`;
}

/** The weekday as dependabot.yml names it. */
export function dayName({ weekday }: WeeklyTime): string {
  return pick(DAY_NAMES, weekday);
}

/** The time of day as `HH:MM`. */
export function timeOfDay({ hour, minute }: WeeklyTime): string {
  return [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
}

function pick<T>(values: readonly T[], index: number): T {
  return values[index % values.length] as T;
}
