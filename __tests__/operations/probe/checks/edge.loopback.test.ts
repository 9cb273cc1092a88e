import { Verdict } from "../../../../operations/probe/check";
import { checksOf } from "../../../../operations/probe/probe";
import {
  type Answerer,
  challenge,
  checks,
  everybody,
  portal,
  portalRedirects,
  subject,
  to,
  verdicts,
} from "../checked";
import { during, judged } from "../judged";
import { CLOSED, https, SILENT, tcp } from "../../../../rehearsal/internet";
import { applicationAnswers, block, edgeAnswers } from "../../../../rehearsal/answers";
import { EDGE, HOST, shopOnline } from "../stand-in-shop";

const { HOLDS, VIOLATED, UNDECIDED } = Verdict;

describe("PORTS-1 on 443", () => {
  test.each([
    ["TLSv1", "TLSv1.1", { TLSv1: VIOLATED, "TLSv1.1": VIOLATED, "TLSv1.2": VIOLATED, "TLSv1.3": VIOLATED }],
    ["TLSv1.1", "TLSv1.3", { TLSv1: HOLDS, "TLSv1.1": VIOLATED, "TLSv1.2": HOLDS, "TLSv1.3": HOLDS }],
    ["TLSv1.2", "TLSv1.2", { TLSv1: HOLDS, "TLSv1.1": HOLDS, "TLSv1.2": HOLDS, "TLSv1.3": VIOLATED }],
    ["TLSv1.3", "TLSv1.3", { TLSv1: HOLDS, "TLSv1.1": HOLDS, "TLSv1.2": VIOLATED, "TLSv1.3": HOLDS }],
  ] as const)("tells a server of %s to %s by its versions", async (minVersion, maxVersion, expected) => {
    const internet = shopOnline().at(
      EDGE,
      443,
      https((_, response) => response.end(), { minVersion, maxVersion }),
    );
    const all = await during(internet, () => judged(internet, checks, /speak/));
    expect(all.map(({ verdict }) => verdict)).toEqual(Object.values(expected));
  });

  test.each([
    ["a reset", tcp((socket) => socket.resetAndDestroy())],
    ["nothing", SILENT],
    ["a closed port", CLOSED],
    ["what isn't TLS", tcp((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"))],
  ])("is undecided where a handshake meets %s", async (_, manner) => {
    await expect(verdicts(shopOnline().at(EDGE, 443, manner), /speak|HSTS/)).resolves.toEqual([UNDECIDED]);
  });

  test.each([
    ["max-age=31536000", HOLDS],
    ["MAX-AGE=31536000;", HOLDS],
    ['max-age="31536000"', HOLDS],
    ["max-age=31536000; includeSubDomains", VIOLATED],
    ["max-age=3153600", VIOLATED],
    ["max-age=0", VIOLATED],
    ["", VIOLATED],
  ])("wants the HSTS that is declared, not another: %j", async (hsts, verdict) => {
    await expect(verdicts(shopOnline({ hsts }), /HSTS/)).resolves.toEqual([verdict]);
  });

  test("wants subdomains and preload where they are declared, in any order", async () => {
    const declared = checksOf({ ...subject, hsts: { maxAge: 63_072_000, includeSubDomains: true, preload: true } });
    const hsts = "preload; includeSubDomains; max-age=63072000";
    await expect(verdicts(shopOnline({ hsts }), /HSTS/, declared)).resolves.toEqual([HOLDS]);
    await expect(verdicts(shopOnline(), /HSTS/, declared)).resolves.toEqual([VIOLATED]);
  });

  test("is undecided about HSTS behind a challenge", async () => {
    await expect(verdicts(everybody(challenge), /HSTS/)).resolves.toEqual([UNDECIDED]);
  });
});

describe("PORTS-2", () => {
  const REDIRECT = /redirects for good/;
  const NOTHING_ELSE = /only redirects or blocks/;
  const target = "/probe/port-80?kept=1";

  test.each<[string, Verdict, Answerer]>([
    ["a permanent redirect", HOLDS, to(`https://${HOST}${target}`, 308)],
    ["a temporary redirect", VIOLATED, to(`https://${HOST}${target}`, 302)],
    ["a redirect to another host", VIOLATED, to(`https://www.shop.dev${target}`)],
    ["a redirect to another path", VIOLATED, to(`https://${HOST}/`)],
    ["a redirect that loses the query", VIOLATED, to(`https://${HOST}/probe/port-80`)],
    ["a redirect to port 80", VIOLATED, to(`https://${HOST}:80${target}`)],
    ["a redirect to http", VIOLATED, to(`http://${HOST}${target}`)],
    ["an answer of the application", VIOLATED, (response) => applicationAnswers(response, 200)],
    ["a block", VIOLATED, block],
    ["a challenge", UNDECIDED, challenge],
    ["a limit of the rate", UNDECIDED, (response) => edgeAnswers(response, 429)],
    ["a captive portal", UNDECIDED, portal],
    ["a captive portal's redirect", UNDECIDED, portalRedirects],
  ])("redirects for good: %s: %s", async (_, verdict, serve) => {
    await expect(verdicts(everybody(serve), REDIRECT)).resolves.toEqual([verdict]);
  });

  test.each<[string, Verdict, Answerer]>([
    ["a redirect to the host", HOLDS, to(`https://${HOST}/`, 307)],
    ["a block", HOLDS, block],
    ["a redirect that keeps port 80", VIOLATED, to(`https://${HOST}:80/`)],
    ["a redirect elsewhere", VIOLATED, to("https://elsewhere.dev/")],
    ["a redirect that is none", VIOLATED, to("/login")],
    ["an answer of the application", VIOLATED, (response) => applicationAnswers(response, 403)],
    ["a captive portal", UNDECIDED, portal],
    ["a captive portal's redirect", UNDECIDED, portalRedirects],
  ])("has nothing else on 80: %s: %s", async (_, verdict, serve) => {
    await expect(verdicts(everybody(serve), NOTHING_ELSE)).resolves.toEqual([verdict]);
  });

  test.each([CLOSED, SILENT])("is undecided where nobody redirects", async (manner) => {
    await expect(verdicts(shopOnline().at(EDGE, 80, manner), REDIRECT)).resolves.toEqual([UNDECIDED]);
  });
});
