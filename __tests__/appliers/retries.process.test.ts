import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { reset, status, type Fault } from "../../rehearsal/fault";
import { ALLOW_LIST, RESTRICTIONS } from "./kinds";
import { runKind, runTimedKind } from "./run-kind";

interface Seen {
  readonly code: number | null;
  readonly stderr: string;
  /** How many requests arrived. */
  readonly arrivals: number;
  /** The milliseconds between one and the next. */
  readonly waits: readonly number[];
}

/** The requests that arrive, and the end of the run, where a platform answers the first `times` requests by `fault`. */
const struck = (fault: Fault, times: number, environment: Readonly<Record<string, string>> = {}): Promise<Seen> =>
  RenderAndSupabase.during(async (platform) => {
    RESTRICTIONS.inForce(platform);
    platform.strike(fault, { times });
    const { ended, waits } = await runTimedKind(RESTRICTIONS, platform, { environment });
    return { code: ended.code, stderr: ended.stderr, arrivals: platform.arrivals.length, waits };
  });

/** Beyond the deadline: a run that waited for it would end. */
const LONG_BACKOFF = { APPLIER_BACKOFF_MS: "60000", APPLIER_DEADLINE_MS: "25000" };

describe("a request is repeated", () => {
  test.concurrent.each([408, 429, 500, 503])("after %d", async (code) => {
    const { code: exit, arrivals } = await struck(status(code), 1);
    expect({ exit, arrivals }).toEqual({ exit: 0, arrivals: 2 });
  });

  test.concurrent("as often as is allowed, and no more", async () => {
    const { code, arrivals, stderr } = await struck(status(500), Infinity, { APPLIER_ATTEMPTS: "4" });
    expect({ code, arrivals }).toEqual({ code: 2, arrivals: 4 });
    expect(stderr).toContain("answered 500");
    expect(stderr).toContain("4 times");
  });

  test.concurrent("after waits that grow", async () => {
    const { waits } = await struck(reset, 2, { APPLIER_BACKOFF_MS: "100" });
    const [first = NaN, second = NaN] = waits;
    expect(first).toBeGreaterThanOrEqual(50);
    expect(second).toBeGreaterThanOrEqual(100);
    expect(waits).toHaveLength(2);
  });
});

describe("a request is not repeated", () => {
  test.concurrent.each([400, 401, 403, 404, 409, 301])("after %d", async (code) => {
    const { code: exit, arrivals } = await struck(status(code), Infinity);
    expect({ exit, arrivals }).toEqual({ exit: 2, arrivals: 1 });
  });
});

describe("the wait that the platform asks for", () => {
  test.concurrent("is kept when it is given in seconds", async () => {
    const { code, waits } = await struck(status(429, "", { "retry-after": "7" }), 1);
    expect({ code, waits }).toEqual({ code: 0, waits: [7_000] });
  });

  test.concurrent("is kept when it is given as a date", async () => {
    const inTenMinutes = new Date(Date.now() + 600_000).toUTCString();
    const fault = status(503, "", { "retry-after": inTenMinutes });
    const { code, waits } = await struck(fault, 1, { APPLIER_DEADLINE_MS: "3600000" });
    expect({ code, waits }).toEqual({ code: 0, waits: [expect.any(Number)] });
    // Of ten minutes less the time that the test has taken until then.
    expect(waits[0]).toBeGreaterThan(60_000);
    expect(waits[0]).toBeLessThanOrEqual(600_000);
  });

  test.concurrent("is none when the date is past", async () => {
    const { code } = await struck(status(503, "", { "retry-after": "Thu, 01 Jan 2015 00:00:00 GMT" }), 1, LONG_BACKOFF);
    expect(code).toBe(0);
  });

  test.concurrent.each(["x-ratelimit-reset", "ratelimit-reset"])("is taken from %s after 429", async (header) => {
    const { code, arrivals } = await struck(status(429, "", { [header]: "0" }), 1, LONG_BACKOFF);
    expect({ code, arrivals }).toEqual({ code: 0, arrivals: 2 });
  });

  test.concurrent("isn't taken from the rate limit's headers after another status", async () => {
    const { code } = await struck(status(503, "", { "x-ratelimit-reset": "3600" }), 1);
    expect(code).toBe(0);
  });

  test.concurrent("ends the run at once when it goes beyond the deadline", async () => {
    const { code, arrivals, stderr, waits } = await struck(status(429, "", { "retry-after": "3600" }), Infinity);
    expect({ code, arrivals, waits }).toEqual({ code: 2, arrivals: 1, waits: [] });
    expect(stderr).toContain("the next attempt would come after the deadline; run this applier again");
  });

  test.concurrent("is bounded by the back-off when it is neither", async () => {
    const { code, arrivals } = await struck(status(429, "", { "retry-after": "tomorrow" }), 1);
    expect({ code, arrivals }).toEqual({ code: 0, arrivals: 2 });
  });
});

describe("what a platform says", () => {
  const said = (message: string): Promise<string> =>
    RenderAndSupabase.during(async (platform) => {
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
    const stderr = await RenderAndSupabase.during(async (platform) => {
      platform.strike(status(400, `${"x".repeat(280)} ${platform.key} ${"y".repeat(5000)}`));
      return (await runKind(ALLOW_LIST, platform)).stderr;
    });
    expect(stderr).toContain("x [redacted] ");
    expect(stderr).not.toContain("rnd_");
    expect(stderr.length).toBeLessThan(700);
  });

  test.concurrent("is shown without our credential, whatever that looks like", async () => {
    const stderr = await RenderAndSupabase.during(async (platform) => {
      platform.strike(status(401, "no such key: hunter2&secret, hunter2%26secret"));
      return (await runKind(ALLOW_LIST, platform, { environment: { RENDER_API_KEY: "hunter2&secret" } })).stderr;
    });
    expect(stderr).toContain('"no such key: [redacted], [redacted]"');
  });

  test.concurrent("is shown without a credential that isn't ours", async () => {
    expect(await said("key rnd_somebodyelses99 and Bearer abc.def")).toContain('"key [redacted] and [redacted]"');
  });
});
