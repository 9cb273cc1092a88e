import { Verdict } from "../../../../operations/probe/judgement";
import { challenge, verdicts, type Answerer, everybody, to, portal, portalRedirects } from "../checked";
import { CLOSED, SILENT } from "../../../../rehearsal/internet";
import { applicationAnswers, block, EDGE, edgeAnswers, HOST, shopOnline } from "../stand-in-shop";

const { HOLDS, VIOLATED, UNDECIDED } = Verdict;

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
