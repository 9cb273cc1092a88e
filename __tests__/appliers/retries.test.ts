import { FakePlatform, type Arrival } from "../support/fake-platform";
import { reset, status, type Fault } from "../support/platform/fault";
import { SLOW_MACHINE } from "../support/run-applier";
import { ALLOW_LIST, RESTRICTIONS } from "./kinds";
import { runKind } from "./run-kind";

jest.setTimeout(SLOW_MACHINE);

interface Seen {
  readonly code: number | null;
  readonly stderr: string;
  readonly arrivals: readonly Arrival[];
}

/** What arrives at a platform that answers the first `times` requests by `fault`, and how it ends. */
const struck = (fault: Fault, times: number, environment: Readonly<Record<string, string>> = {}): Promise<Seen> =>
  FakePlatform.during(async (platform) => {
    RESTRICTIONS.inForce(platform);
    platform.strike(fault, { times });
    const { code, stderr } = await runKind(RESTRICTIONS, platform, { environment });
    return { code, stderr, arrivals: platform.arrivals };
  });

const gap = ([first, second]: readonly Arrival[]): number => (second?.at ?? NaN) - (first?.at ?? NaN);

const LONG_BACKOFF = { APPLIER_BACKOFF_MS: "60000" };

describe("a request is repeated", () => {
  test.concurrent.each([408, 429, 500, 503])("after %d", async (code) => {
    const { code: exit, arrivals } = await struck(status(code), 1);
    expect({ exit, arrivals: arrivals.length }).toEqual({ exit: 0, arrivals: 2 });
  });

  test.concurrent("as often as is allowed, and no more", async () => {
    const { code, arrivals, stderr } = await struck(status(500), Infinity, { APPLIER_ATTEMPTS: "4" });
    expect({ code, arrivals: arrivals.length }).toEqual({ code: 2, arrivals: 4 });
    expect(stderr).toContain("answered 500");
    expect(stderr).toContain("4 times");
  });

  test.concurrent("after waits that grow", async () => {
    const { arrivals } = await struck(reset, 2, { APPLIER_BACKOFF_MS: "100" });
    const [first = NaN, second = NaN, third = NaN] = arrivals.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(49);
    expect(third - second).toBeGreaterThanOrEqual(99);
  });
});

describe("a request is not repeated", () => {
  test.concurrent.each([400, 401, 403, 404, 409, 301])("after %d", async (code) => {
    const { code: exit, arrivals } = await struck(status(code), Infinity);
    expect({ exit, arrivals: arrivals.length }).toEqual({ exit: 2, arrivals: 1 });
  });
});

describe("the wait that the platform asks for", () => {
  test.concurrent("is kept when it is given in seconds", async () => {
    const { code, arrivals } = await struck(status(429, "", { "retry-after": "1" }), 1);
    expect(code).toBe(0);
    expect(gap(arrivals)).toBeGreaterThanOrEqual(999);
  });

  test.concurrent("is kept when it is given as a date", async () => {
    const date = (): string => new Date(Date.now() + 2_000).toUTCString();
    const fault: Fault = (request, response) => {
      status(503, "", { "retry-after": date() })(request, response);
    };
    const { code, arrivals } = await struck(fault, 1, LONG_BACKOFF);
    expect(code).toBe(0);
    // A date has no fractions of a second: between one and two seconds are left of two.
    expect(gap(arrivals)).toBeGreaterThanOrEqual(950);
    expect(gap(arrivals)).toBeLessThan(30_000);
  });

  test.concurrent("is none when the date is past", async () => {
    const { code } = await struck(status(503, "", { "retry-after": "Thu, 01 Jan 2015 00:00:00 GMT" }), 1, LONG_BACKOFF);
    expect(code).toBe(0);
  });

  test.concurrent.each(["x-ratelimit-reset", "ratelimit-reset"])("is taken from %s after 429", async (header) => {
    const { code, arrivals } = await struck(status(429, "", { [header]: "0" }), 1, LONG_BACKOFF);
    expect({ code, arrivals: arrivals.length }).toEqual({ code: 0, arrivals: 2 });
  });

  test.concurrent("isn't taken from the rate limit's headers after another status", async () => {
    const { code } = await struck(status(503, "", { "x-ratelimit-reset": "3600" }), 1);
    expect(code).toBe(0);
  });

  test.concurrent("ends the run at once when it goes beyond the deadline", async () => {
    const began = performance.now();
    const { code, arrivals, stderr } = await struck(status(429, "", { "retry-after": "3600" }), Infinity);
    expect({ code, arrivals: arrivals.length }).toEqual({ code: 2, arrivals: 1 });
    expect(stderr).toContain("the next attempt would come after the deadline; run this applier again");
    expect(performance.now() - began).toBeLessThan(19_000);
  });

  test.concurrent("is bounded by the back-off when it is neither", async () => {
    const { code, arrivals } = await struck(status(429, "", { "retry-after": "tomorrow" }), 1);
    expect({ code, arrivals: arrivals.length }).toEqual({ code: 0, arrivals: 2 });
  });
});

describe("what a platform says", () => {
  const said = (message: string): Promise<string> =>
    FakePlatform.during(async (platform) => {
      ALLOW_LIST.inForce(platform);
      platform.strike(status(400, message));
      return (await runKind(ALLOW_LIST, platform)).stderr;
    });

  test.concurrent("is shown with the failure", async () => {
    expect(await said("name is taken")).toContain('Render answered 400 "name is taken"; ');
  });

  test.concurrent("can't begin a line or move the cursor", async () => {
    const stderr = await said("a\n::add-mask::b\u001b[2Kc\u2028d\u202ee");
    expect(stderr).toContain('"a ::add-mask::b [2Kc d e"');
    expect(stderr.match(/[\p{C}\p{Z}]/gu)?.filter((one) => one !== " ")).toEqual(["\n"]);
  });

  test.concurrent("is cut, and without a credential before it is cut", async () => {
    const stderr = await FakePlatform.during(async (platform) => {
      platform.strike(status(400, `${"x".repeat(280)} ${platform.key} ${"y".repeat(5000)}`));
      return (await runKind(ALLOW_LIST, platform)).stderr;
    });
    expect(stderr).toContain("x [redacted] ");
    expect(stderr).not.toContain("rnd_");
    expect(stderr.length).toBeLessThan(700);
  });

  test.concurrent("is shown without our credential, whatever that looks like", async () => {
    const stderr = await FakePlatform.during(async (platform) => {
      platform.strike(status(401, "no such key: hunter2&secret, hunter2%26secret"));
      return (await runKind(ALLOW_LIST, platform, { environment: { RENDER_API_KEY: "hunter2&secret" } })).stderr;
    });
    expect(stderr).toContain('"no such key: [redacted], [redacted]"');
  });

  test.concurrent("is shown without a credential that isn't ours", async () => {
    expect(await said("key rnd_somebodyelses99 and Bearer abc.def")).toContain('"key [redacted] and [redacted]"');
  });
});
