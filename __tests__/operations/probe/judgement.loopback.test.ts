import { Verdict } from "../../../operations/probe/check";
import { type Answerer, challenge, checks, everybody, portal, to, verdicts } from "./checked";
import { during, judged } from "./judged";
import { CLOSED, https, SILENT } from "../../../rehearsal/internet";
import { applicationAnswers, block, edgeAnswers } from "../../../rehearsal/answers";
import { EDGE, HOST, shopOnline } from "./stand-in-shop";

const { HOLDS, VIOLATED, UNDECIDED } = Verdict;

const BLOCKED: readonly [string, Verdict, Answerer][] = [
  ["a block", HOLDS, block],
  ["a refusal of a malformed request", HOLDS, (response) => edgeAnswers(response, 400)],
  ["an answer of the application", VIOLATED, (response) => applicationAnswers(response, 200)],
  ["a refusal by the application", VIOLATED, (response) => applicationAnswers(response, 403)],
  ["an answer of Render's edge", VIOLATED, (response) => edgeAnswers(response, 404, { "rndr-id": "a" })],
  ["an answer from the cache", VIOLATED, (response) => edgeAnswers(response, 403, { "cf-cache-status": "HIT" })],
  ["an edge that can't reach the origin", VIOLATED, (response) => edgeAnswers(response, 522)],
  ["a redirect", VIOLATED, to(`https://${HOST}/`)],
  ["a challenge", UNDECIDED, challenge],
  ["a limit of the rate", UNDECIDED, (response) => edgeAnswers(response, 429)],
  ["a captive portal", UNDECIDED, portal],
  ["a block by somebody else", UNDECIDED, (response) => response.writeHead(403).end()],
];

describe("PORTS-1 on another port", () => {
  test.each(BLOCKED)("meets %s: %s", async (_, verdict, serve) => {
    await expect(verdicts(everybody(serve), /:(?:8080|8443) /)).resolves.toEqual([verdict]);
  });

  test("asks each of the others that the proxy accepts, over its own scheme", () => {
    const asked = checks.flatMap(
      ({ expects }) => /^(https?:\/\/)app\.shop\.dev:(\d+) is blocked$/.exec(expects)?.slice(1).join("") ?? [],
    );
    expect([...asked].sort()).toEqual(
      [2052, 2082, 2086, 2095, 8080, 8880]
        .map((port) => `http://${port}`)
        .concat([2053, 2083, 2087, 2096, 8443].map((port) => `https://${port}`))
        .sort(),
    );
  });

  test.each([
    ["refuses the connection", HOLDS, CLOSED],
    [
      "declines the handshake",
      HOLDS,
      https((_, response) => response.end(), { minVersion: "TLSv1", maxVersion: "TLSv1.1" }),
    ],
    ["drops packets", UNDECIDED, SILENT],
  ])("that %s: %s", async (_, verdict, manner) => {
    await expect(verdicts(shopOnline().at(EDGE, 8443, manner), /:8443 /)).resolves.toEqual([verdict]);
  });
});

describe("HOOK-1", () => {
  test.each(BLOCKED)("meets %s: %s", async (_, verdict, serve) => {
    await expect(verdicts(everybody(serve), /GET .+\/webhooks\/meta is blocked/)).resolves.toEqual([verdict]);
  });

  test("finds a guard that compares the path as it is written", async () => {
    const serve: Answerer = (response, { url }) => {
      if (url === "/webhooks/meta") block(response);
      else applicationAnswers(response, 404);
    };
    const all = await during(everybody(serve), (internet) => judged(internet, checks, /^(?:GET|POST) /));
    const passed = all.filter(({ verdict }) => verdict === VIOLATED);
    expect(passed).toHaveLength(all.length - 2);
  });
});
