import { cron, dayName, timeOfDay, weeklyTime } from "../../../../constructs/scan-schedule/files/weekly-time";

const REPOSITORIES = Array.from({ length: 200 }, (_, index) => `example/service-${String(index)}`);

test("the same repository and job have the same time, in upper or lower case", () => {
  expect(weeklyTime("Example/API", "snyk")).toEqual(weeklyTime("example/api", "snyk"));
});

test("two jobs of a repository have times of their own", () => {
  expect(weeklyTime("example/api", "snyk")).not.toEqual(weeklyTime("example/api", "pentest"));
});

test("times are spread: 200 repositories share a minute of the week rarely", () => {
  const users = new Map<string, number>();
  for (const repository of REPOSITORIES) {
    const time = cron(weeklyTime(repository, "snyk"));
    users.set(time, (users.get(time) ?? 0) + 1);
  }
  expect(users.size).toBeGreaterThan(150);
  expect(Math.max(...users.values())).toBeLessThanOrEqual(4);
});

test("every time is on a working day, at night, off the round minutes", () => {
  for (const repository of REPOSITORIES) {
    const { minute, hour, weekday } = weeklyTime(repository, "snyk");
    expect(minute % 5).not.toBe(0);
    expect([2, 3, 4, 5]).toContain(hour);
    expect([1, 2, 3, 4]).toContain(weekday);
  }
});

test("a time is written as cron and Dependabot read it", () => {
  const time = { minute: 7, hour: 4, weekday: 1 };
  expect([cron(time), dayName(time), timeOfDay(time)]).toEqual(["7 4 * * 1", "monday", "04:07"]);
});
