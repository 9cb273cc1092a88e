import type { Holes, Unknown } from "./text";

/** Where a workflow says when it starts: on one day of each week, by the form of the text. */
export const WEEKLY = {
  minute: /^ {4}- cron: "(\d+) \d+ \* \* \d"$/m,
  hour: /^ {4}- cron: "\d+ (\d+) \* \* \d"$/m,
  weekday: /^ {4}- cron: "\d+ \d+ \* \* (\d)"$/m,
} as const;

const LAST: Readonly<Record<keyof typeof WEEKLY, number>> = { minute: 59, hour: 23, weekday: 6 };

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule */
export function unlessWeekly(holes: Holes): Unknown | undefined {
  const wrong = Object.entries(LAST).find(
    ([name, last]) => !/^\d\d?$/.test(holes[name] ?? "") || Number(holes[name]) > last,
  );
  return wrong === undefined ? undefined : { unknown: `its ${wrong[0]} is no time` };
}
