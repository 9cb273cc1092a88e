import { checksOf } from "../../../../operations/probe/probe";
import { Verdict } from "../../../../operations/probe/check";
import { WebIngress } from "../../../../policy/web-ingress";
import { type Answerer, challenge, subject, verdicts } from "../checked";
import { https } from "../../../../rehearsal/internet";
import { applicationAnswers, edgeAnswers } from "../../../../rehearsal/answers";
import { HOST, ONRENDER, RENDER, shop, shopOnline } from "../stand-in-shop";

const { HOLDS, VIOLATED, UNDECIDED } = Verdict;

describe("WEB-1", () => {
  const render = (serve: Answerer) =>
    shopOnline().at(
      RENDER,
      443,
      https((request, response) => serve(response, request)),
    );
  const own = { "rndr-id": "a", "x-render-routing": "no-server" };

  test.each<[string, Verdict, Answerer]>([
    ["Render's 404", HOLDS, (response) => edgeAnswers(response, 404, own)],
    ["the application", VIOLATED, (response) => applicationAnswers(response, 200)],
    ["the application's own 404", VIOLATED, (response) => applicationAnswers(response, 404)],
    ["the application's refusal", VIOLATED, (response) => applicationAnswers(response, 403)],
    ["an application without a mark", VIOLATED, (response) => edgeAnswers(response, 200, { "rndr-id": "a" })],
    ["a 404 by nobody knows whom", UNDECIDED, (response) => edgeAnswers(response, 404, { "rndr-id": "a" })],
    ["a challenge", UNDECIDED, challenge],
    ["a limit of the rate", UNDECIDED, (response) => edgeAnswers(response, 429)],
    [
      "a service that sleeps",
      UNDECIDED,
      (response) => edgeAnswers(response, 503, { ...own, "x-render-routing": "hibernate-wake-error" }),
    ],
  ])("meets on the onrender.com name %s: %s", async (_, verdict, serve) => {
    await expect(verdicts(render(serve), /is off$/)).resolves.toEqual([verdict]);
  });

  test("can't tell of the name where Render refuses this address", async () => {
    const ingress = WebIngress.renderAllowList(["9.9.9.0/24"], "tried in an environment of its own");
    const limited = checksOf({ ...subject, environment: shop({ ingress }) });
    const forbids = () => render((response) => edgeAnswers(response, 403, { "rndr-id": "a" }));
    await expect(verdicts(forbids(), /is off$/, limited)).resolves.toEqual([UNDECIDED]);
    await expect(verdicts(forbids(), /is off$/)).resolves.toEqual([VIOLATED]);
  });

  test.each<[string, Verdict, Answerer]>([
    ["a refusal by the application", HOLDS, (response) => applicationAnswers(response, 403)],
    ["a refusal before it", HOLDS, (response) => edgeAnswers(response, 403)],
    ["a refusal by nobody knows whom", UNDECIDED, (response) => response.writeHead(403).end()],
    ["a refusal past the zone without a mark", UNDECIDED, (response) => edgeAnswers(response, 403, { "rndr-id": "a" })],
    ["a challenge", UNDECIDED, challenge],
    ["a limit of the rate", UNDECIDED, (response) => edgeAnswers(response, 429)],
    ["a limit of the rate by the application", VIOLATED, (response) => applicationAnswers(response, 429)],
    ["an answer", VIOLATED, (response) => applicationAnswers(response, 200)],
    ["an answer that the handler makes", VIOLATED, (response) => applicationAnswers(response, 405)],
    ["an answer without a mark", VIOLATED, (response) => edgeAnswers(response, 401, { "rndr-id": "a" })],
    ["a name that Render doesn't know", UNDECIDED, (response) => edgeAnswers(response, 404, own)],
    ["an application that is down", UNDECIDED, (response) => edgeAnswers(response, 502, { "rndr-id": "a" })],
  ])("meets on Render's edge %s: %s", async (_, verdict, serve) => {
    await expect(verdicts(render(serve), /asked of/)).resolves.toEqual([verdict]);
  });

  test("asks Render's edge for the public host, by name and by header, without a secret", async () => {
    const seen: unknown[] = [];
    const internet = render((response, { headers, socket, url }) => {
      seen.push(headers.host, (socket as unknown as { servername: string }).servername, url, Object.keys(headers));
      applicationAnswers(response, 403);
    });
    await verdicts(internet, /asked of/);
    expect(seen).toEqual([HOST, HOST, "/webhooks/meta", expect.not.arrayContaining(["x-edge-secret"])]);
    expect(internet.resolved).toEqual([ONRENDER]);
  });

  describe("where there is no webhook", () => {
    const all = checksOf({ ...subject, environment: shop({ webhooks: [] }) });

    test("asks for the root", () => {
      expect(all.map(({ expects }) => expects)).toContain(`https://${HOST}/, asked of ${ONRENDER}, answers 403`);
    });

    test.each<[string, Verdict, Answerer]>([
      ["the application's refusal", HOLDS, (response) => applicationAnswers(response, 403)],
      ["an answer, maybe with the secret", UNDECIDED, (response) => applicationAnswers(response, 200)],
      ["a refusal before the application", UNDECIDED, (response) => edgeAnswers(response, 403)],
    ])("meets %s: %s", async (_, verdict, serve) => {
      await expect(verdicts(render(serve), /asked of/, all)).resolves.toEqual([verdict]);
    });
  });
});
