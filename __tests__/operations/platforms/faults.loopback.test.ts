import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { type Client, clientOf, readJson } from "../../../operations/platforms/client";
import { cloudflare, dnsRecords, spectrumApps, zoneFacts, verifyToken } from "../../../operations/platforms/cloudflare";
import { github, secretsOf, readScopes } from "../../../operations/platforms/github";
import { TIMING } from "../../../operations/platforms/exchange";
import type { Platform, Reading } from "../../../operations/platforms/platform";
import { servicesIn, render } from "../../../operations/platforms/render";
import { supabase } from "../../../operations/platforms/supabase";
import { VirtualClock } from "../../../rehearsal/virtual-clock";
import { cut, echo, endless, type Fault, json, redirect, reset, status, truncated } from "../../../rehearsal/fault";

let server: Server;
let answers: Fault[];
let asked: string[];
let clock: VirtualClock;
beforeEach(async () => {
  asked = [];
  clock = new VirtualClock();
  const listener: RequestListener = (request, response) => {
    asked.push(request.url ?? "");
    const [answer = status(500)] = answers;
    if (answers.length > 1) answers.shift();
    answer(request, response);
  };
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const SECRET = "cf-0123456789abcdef0123456789abcdef";
const root = (): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
const accessOf = (platform: Platform, variables = {}) =>
  clientOf(
    platform,
    { [platform.credential]: SECRET, [platform.endpoint]: root(), ...variables },
    { ...TIMING, clock },
  );

function client(platform: Platform = render): Client {
  const reading = accessOf(platform);
  if (reading.kind === "unreadable") throw new Error(reading.what);
  return reading.value;
}

const anything = (): Promise<Reading<unknown>> => readJson(client(), "/x", z.object({ id: z.string() }));
/** An answer that never comes: the client's time passes. */
const never: Fault = () => {
  clock.passToNext();
};
const html: Fault = (_, response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Log in</title>");
};

describe("a read", () => {
  /** A fault that stays, what is said of it, and how often it was asked. */
  const STAYING: readonly (readonly [fault: string, answer: Fault, what: RegExp, times: number])[] = [
    ["a server error", status(502), /^Render answered 502$/, 4],
    ["a rate limit", status(429), /answered 429$/, 4],
    ["a connection that breaks off", reset, /no whole answer \(ECONNRESET\)$/, 4],
    ["an answer that never comes", never, /no whole answer \(timed out\)$/, 2],
    ["an answer that is cut", cut, /no whole answer \(ECONNRESET\)$/, 4],
    ["JSON without its end", truncated, /^Render's answer isn't JSON, or not all of it$/, 1],
    ["a page for people", html, /isn't JSON/, 1],
    ["another type", json({ id: 7 }), /form that isn't known here, at id$/, 1],
    ["another form", json([]), /form that isn't known here, at its top$/, 1],
    ["nothing", json(null), /form that isn't known here/, 1],
    ["a redirect", redirect("https://example.com/"), /answered 302/, 1],
    ["a refusal", status(403, "not yours"), /^Render answered 403 "not yours"$/, 1],
    ["an absence", status(404, "not found"), /answered 404 "not found"/, 1],
    ["a refusal that shows the credential", echo(401), /^Render answered 401$/, 1],
    ["a message for a terminal", status(400, "\u001b[2J::error::x"), /"\\u\{1b\}\[2J::error::x"$/, 1],
  ];

  test.each(STAYING)(
    "of %s is unreadable, and says what happened and what to do",
    async (_fault, answer, what, times) => {
      answers = [answer];
      const reading = await anything();
      expect(reading).toMatchObject({
        kind: "unreadable",
        what: expect.stringMatching(what),
        todo: expect.stringMatching(/./),
      });
      expect(asked).toHaveLength(times);
      expect(JSON.stringify(reading)).not.toContain(SECRET.slice(0, 8));
    },
  );

  test("ends an answer that doesn't end by itself", async () => {
    answers = [endless];
    const reading = await readJson(client(), "/x", z.unknown());
    expect(reading).toMatchObject({ kind: "unreadable", what: expect.stringMatching(/longer than|timed out/) });
  });

  test.each([
    ["a server error", status(503)],
    ["a rate limit that says when it ends", status(429, "slow", { "retry-after": "1" })],
    ["GitHub's form of a rate limit", status(403, "slow", { "x-ratelimit-remaining": "0" })],
    ["a connection that breaks off", reset],
  ])("is repeated after %s", async (_fault, fault) => {
    answers = [fault, json({ id: "x" })];
    expect(await anything()).toEqual({ kind: "read", value: { id: "x" } });
    expect(asked).toHaveLength(2);
  });

  test("waits as long as it is asked to, and no longer than it may", async () => {
    answers = [status(429, "slow", { "retry-after": "60" }), json({ id: "x" })];
    expect(await anything()).toMatchObject({ kind: "read" });
    expect(clock.pauses).toEqual([60_000]);
    answers = [status(429, "slow", { "retry-after": "3600" }), json({ id: "x" })];
    const reading = await readJson(client(), "/y", z.unknown());
    expect(reading).toMatchObject({ kind: "unreadable", todo: "it asks to wait 3600 seconds: run this again then" });
  });

  describe("of a platform that gives no answer", () => {
    const all = (one: Client) =>
      Promise.all(Array.from({ length: 20 }, (_, n) => readJson(one, `/${String(n)}`, z.unknown())));
    const what = (readings: readonly Reading<unknown>[]) =>
      new Set(readings.map((reading) => (reading.kind === "read" ? "read" : reading.what)));

    test.each([
      ["is silent", never, "timed out"],
      ["breaks off", reset, "ECONNRESET"],
    ])("is given up within 30 seconds in all where it %s", async (_how, fault, reason) => {
      answers = [fault];
      const began = clock.now();
      expect(what(await all(client()))).toEqual(new Set([`Render gave no whole answer (${reason})`]));
      expect(clock.now() - began).toBeLessThanOrEqual(30_000);
    });

    test("goes on where it answers again", async () => {
      const one = client();
      answers = [reset];
      await readJson(one, "/dead", z.unknown());
      answers = [json({})];
      expect(what(await all(one))).toEqual(new Set(["read"]));
    });

    test("has its time anew where nobody asked it for a while", async () => {
      const one = client();
      answers = [json({})];
      await readJson(one, "/first", z.unknown());
      clock.pass(3_600_000);
      expect(what(await all(one))).toEqual(new Set(["read"]));
    });
  });

  test("of the same path is asked once", async () => {
    answers = [json({ id: "x" })];
    const one = client();
    await Promise.all([1, 2].map(() => readJson(one, "/x", z.unknown())));
    expect(asked).toEqual(["/x"]);
  });
});

test("no more than four reads of a platform are under way at the same time", async () => {
  let [open, most] = [0, 0];
  answers = [
    (request, response) => {
      most = Math.max(most, (open += 1));
      setTimeout(() => {
        open -= 1;
        json({})(request, response);
      }, 5);
    },
  ];
  const one = client();
  const paths = Array.from({ length: 20 }, (_, n) => `/${String(n)}`);
  const readings = await Promise.all(paths.map((path) => readJson(one, path, z.unknown())));
  expect([most, readings.filter(({ kind }) => kind === "read").length]).toEqual([4, 20]);
});

test("a Cloudflare token of an account is verified there", async () => {
  answers = [status(401), json({ success: true, result: { id: "t", status: "active" } })];
  const token = await verifyToken(client(cloudflare), "acc");
  expect(token).toEqual({ kind: "read", value: { path: "/accounts/acc/tokens/t", status: "active" } });
  expect(asked).toEqual(["/user/tokens/verify", "/accounts/acc/tokens/verify"]);
});

describe("the access to a platform", () => {
  const all = [cloudflare, render, supabase, github];

  test.each(all)("of $name needs its credential, on one line", (platform) => {
    const name = platform.credential;
    expect(accessOf(platform, { [name]: undefined })).toMatchObject({ what: `${name} isn't set` });
    const refused = accessOf(platform, { [name]: `${SECRET}\n` });
    expect(refused).toMatchObject({ kind: "unreadable", what: expect.stringMatching(/line break/) });
    expect(JSON.stringify(refused)).not.toContain(SECRET);
  });

  test.each([
    ["http://api.example.com", /neither https nor a loopback/],
    ["http://localhost", /neither https nor a loopback/],
    ["https://user:hunter2@example.com", /user name or password/],
    ["https://example.com/?x=1", /query or fragment/],
    ["nowhere", /isn't an address/],
  ])("doesn't carry a credential to %s", (address, what) => {
    const refused = accessOf(supabase, { SUPABASE_API_ENDPOINT: address });
    expect(refused).toMatchObject({ kind: "unreadable", what: expect.stringMatching(what) });
    expect(JSON.stringify(refused)).not.toContain("hunter2");
  });

  test("isn't given while certificates aren't checked", () => {
    const refused = accessOf(render, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect(refused).toMatchObject({ what: expect.stringMatching(/certificate checks off/) });
  });

  test.each([
    ["https://api.github.com/", "https://api.github.com"],
    ["https://github.com/", "https://api.github.com"],
    ["https://api.shop.ghe.com/", "https://api.shop.ghe.com"],
    ["https://code.shop.dev/", "https://code.shop.dev/api/v3"],
    ["https://code.shop.dev/api/v3/", "https://code.shop.dev/api/v3"],
  ])("of GitHub at %s is %s", (address, root) => {
    expect(github.rootOf(new URL(address))).toBe(root);
  });
});

describe("a list", () => {
  const ZONE = { id: "z", name: "shop.dev" };
  const envelope = (result: unknown, result_info?: object) => json({ success: true, result, result_info });
  const record = (id: string) => ({ id, name: "x.shop.dev", type: "A", content: "9.9.9.9", proxied: true });

  test("of Cloudflare that ends before its total is unreadable", async () => {
    answers = [envelope([record("a")], { total_count: 3 }), envelope([], { total_count: 3 })];
    const reading = await dnsRecords(client(cloudflare), ZONE).reading;
    expect(reading).toMatchObject({
      what: expect.stringMatching(/ends early: Cloudflare says that it has more than 1/),
    });
  });

  test("of Cloudflare that is full and says no total is read on", async () => {
    const full = Array.from({ length: 100 }, (_, n) => record(String(n)));
    answers = [envelope(full), envelope([record("last")])];
    const reading = await dnsRecords(client(cloudflare), ZONE).reading;
    expect(reading.kind === "read" && reading.value.length).toBe(101);
  });

  test("of Cloudflare that fails with 200 is unreadable", async () => {
    answers = [json({ success: false, errors: [{ code: 1, message: "no" }], result: [] })];
    expect(await spectrumApps(client(cloudflare), ZONE).reading).toMatchObject({ kind: "unreadable" });
    expect(await zoneFacts(client(cloudflare), ZONE).reading).toMatchObject({ kind: "unreadable" });
  });

  test("of Cloudflare that is refused carries the platform's code", async () => {
    answers = [
      (request, response) => {
        const errors = [{ code: 10_000, message: `Authentication error` }];
        response.writeHead(403).end(JSON.stringify({ success: false, errors, result: null }));
        request.resume();
      },
    ];
    const reading = await dnsRecords(client(cloudflare), ZONE).reading;
    expect(reading).toMatchObject({ status: 403, code: 10_000, said: "Authentication error" });
  });

  test("of Render that doesn't end is unreadable", async () => {
    const service = { id: "s", name: "s", ownerId: "o", type: "web_service", serviceDetails: {} };
    let next = 0;
    answers = [
      (request, response) => {
        json([{ cursor: String((next += 1)), service }])(request, response);
      },
    ];
    expect(await servicesIn(client(), "o").reading).toMatchObject({ what: expect.stringMatching(/doesn't end/) });
  });

  test("of GitHub that holds fewer than it says is unreadable", async () => {
    answers = [json({ total_count: 2, secrets: [{ name: "A" }] }), json({ total_count: 2, secrets: [] })];
    const reading = await secretsOf(client(github), "acme/api", "actions").reading;
    expect(reading).toMatchObject({
      what: expect.stringMatching(/ends early: GitHub says that it has more than 1/),
    });
  });
});

test("the scopes of a token are words, whatever the header holds", async () => {
  answers = [
    (_, response) => {
      response.writeHead(200, { "x-oauth-scopes": "repo, admin:org, <b>, " }).end("{}");
    },
  ];
  expect(await readScopes(client(github), "acme/api")).toEqual({ kind: "read", value: ["repo", "admin:org"] });
});
