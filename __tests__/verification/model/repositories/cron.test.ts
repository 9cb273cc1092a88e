import * as fc from "fast-check";
import { longestGap } from "../../../../verification/model/repositories/cron";
import { runs } from "../../../support/sample";

const DAY = 1_440;
const WEEK = 7 * DAY;

/** A field as it is written, with the values that are meant. */
interface Written {
  readonly text: string;
  readonly values: readonly number[];
}

const range = (from: number, to: number, step = 1): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((value) => (value - from) % step === 0);

/** @param last the highest value that there is, where a part may not begin with it */
const field = (from: number, to: number, last = to): fc.Arbitrary<Written> => {
  const value = fc.integer({ min: from, max: to });
  const part = fc.oneof(
    value.map((one) => ({ text: `${one}`, values: [one] })),
    fc.tuple(value, value, fc.integer({ min: 1, max: 9 })).map(([one, other, step]) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      return { text: `${low}-${high}/${step}`, values: range(low, high, step) };
    }),
    fc
      .tuple(value, fc.integer({ min: 1, max: 9 }))
      .map(([low, step]) => ({ text: `${low}/${step}`, values: range(low, last, step) })),
  );
  const list = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(","),
    values: parts.flatMap(({ values }) => values),
  }));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({ text: "*", values: range(from, last) }) },
    { weight: 3, arbitrary: list },
  );
};

/** The longest pause in minutes that a walk through the days of 28 years finds, after which the years begin again. */
function walked([minute, hour, dayOfMonth, month, dayOfWeek]: readonly [
  Written,
  Written,
  Written,
  Written,
  Written,
]): number {
  const times = hour.values.flatMap((each) => minute.values.map((other) => each * 60 + other));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const runs: number[] = [];
  for (let day = 0; day < 2 * 10_227; day += 1) {
    const date = new Date(Date.UTC(2001, 0, 1 + day));
    const isDay = dayOfMonth.values.includes(date.getUTCDate());
    const isWeekday = dayOfWeek.values.includes(date.getUTCDay());
    const either = dayOfMonth.text !== "*" && dayOfWeek.text !== "*";
    if (month.values.includes(date.getUTCMonth() + 1) && (either ? isDay || isWeekday : isDay && isWeekday))
      runs.push(day);
  }
  return Math.max(...runs.slice(1).map((day, index) => (day - (runs[index] ?? day)) * DAY + first - last));
}

describe("the longest pause of a schedule", () => {
  test.each([
    ["17 4 * * 1", WEEK],
    ["17 4 * * MON", WEEK],
    ["17 4 * * *", DAY],
    ["0 4 1 * *", 31 * DAY],
    ["0 4 29 2 *", (8 * 365 + 1) * DAY],
    ["0 4 31 2 *", Number.POSITIVE_INFINITY],
    ["0 4 1,8,15,22,29 * *", WEEK],
    ["0 4 1,8,15,22 * *", 10 * DAY],
    ["0 4 13 * FRI", WEEK],
  ])("of %s is known", (cron, minutes) => {
    expect(longestGap([cron])).toEqual({ minutes });
  });

  test("is that of several schedules together", () => {
    expect(longestGap(["0 4 * * 1", "0 4 * * 4"])).toEqual({ minutes: 4 * DAY });
    expect(longestGap(["0 4 * 1-6 1", "0 4 * 7-12 1"])).toEqual({ minutes: WEEK });
    expect(longestGap([])).toEqual({ minutes: Number.POSITIVE_INFINITY });
  });

  test("is told twice where readers of cron disagree", () => {
    expect(longestGap(["0 4 */9 * 1"])).toEqual({ between: [WEEK, expect.any(Number) as number] });
    expect(longestGap(["0 4 1 * */2"])).toHaveProperty("between");
  });

  test("is what a walk through the calendar finds", () => {
    const cron = fc.tuple(field(0, 59), field(0, 23), field(1, 28, 31), field(1, 12), field(0, 6));
    fc.assert(
      fc.property(cron, (fields) => {
        expect(longestGap([fields.map(({ text }) => text).join(" ")])).toEqual({ minutes: walked(fields) });
      }),
      { numRuns: runs(5, 100) },
    );
  });

  test.each(["@weekly", "", "17 4 * *", "17 4 * * 1 2027", "61 4 * * 1", "17 24 * * 1", "17 4 0 * 1", "17 4 * 13 1"])(
    "is not told of %p",
    (cron) => {
      expect(() => longestGap([cron])).toThrow();
    },
  );

  test.each([
    "17 4 * * 7",
    "17 4 * * MONDAY",
    "17 4 * * 5-1",
    "17 4 * * 1#1",
    "17 4 L * *",
    "17 4 ? * 1",
    "17 4 *-5 * *",
    "17/0 4 * * 1",
  ])("is not told of %p", (cron) => {
    expect(() => longestGap([cron])).toThrow();
  });
});
