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
  const runs: number[] = [];
  for (let day = Date.UTC(2027, 0, 1); day < Date.UTC(2029, 0, 1); day += DAY_MS) {
    const date = new Date(day);
    const days = [matches(dayOfMonth, date.getUTCDate()), matches(weekday, date.getUTCDay())];
    // cron takes either of the two where both are restricted.
    const today = dayOfMonth === "*" || weekday === "*" ? days.every(Boolean) : days.some(Boolean);
    if (!today || !matches(month, date.getUTCMonth() + 1)) continue;
    for (let time = 0; time < 1_440; time += 1) {
      if (matches(hour, Math.floor(time / 60)) && matches(minute, time % 60)) runs.push(day + time * 60_000);
    }
  }
  expect(runs.length).toBeGreaterThan(1);
  return Math.max(...runs.slice(1).map((run, index) => run - (runs[index] ?? 0))) / DAY_MS;
}
