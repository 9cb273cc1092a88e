const DAY_MS = 86_400_000;

/** One field of a cron expression: anything, or a list of numbers. */
function matches(field: string, value: number): boolean {
  return field === "*" || field.split(",").map(Number).includes(value);
}

/**
 * The longest time between two runs of a schedule, in days, found by walking through two years.
 *
 * @param expression five fields of `*` and numbers, in UTC
 */
export function longestGapInDays(expression: string): number {
  expect(expression).toMatch(/^(?:(?:\*|\d+(?:,\d+)*)(?: |$)){5}$/);
  const [minute = "", hour = "", dayOfMonth = "", month = "", weekday = ""] = expression.split(" ");
  const times = Array.from({ length: 1_440 }, (_, time) => time)
    .filter((time) => matches(hour, Math.floor(time / 60)) && matches(minute, time % 60))
    .map((time) => time * 60_000);
  const runs: number[] = [];
  for (let day = Date.UTC(2027, 0, 1); day < Date.UTC(2029, 0, 1); day += DAY_MS) {
    const date = new Date(day);
    const days = [matches(dayOfMonth, date.getUTCDate()), matches(weekday, date.getUTCDay())];
    // cron takes either of the two where both are restricted.
    const today = dayOfMonth === "*" || weekday === "*" ? days.every(Boolean) : days.some(Boolean);
    if (!today || !matches(month, date.getUTCMonth() + 1)) continue;
    runs.push(...times.map((time) => day + time));
  }
  expect(runs.length).toBeGreaterThan(1);
  return Math.max(...runs.slice(1).map((run, index) => run - (runs[index] ?? 0))) / DAY_MS;
}
