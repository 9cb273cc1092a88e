import { Accept } from "../../../../policy/accept";
import { EdgePart } from "../../../../policy/edge-options";
import type { Environment } from "../../../../policy/environment";
import { ApiHosts } from "../../../../policy/api-hosts";
import { Webhook } from "../../../../policy/webhook";
import { Worker } from "../../../../policy/worker";
import { diffReport } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import { NO_CHANGE } from "../../../../verification/render/diff-page";
import { aGuest, anEnvironment } from "../../../support/environments";
import { appOf, SHOP, WORKER } from "./apps";

const GUEST = aGuest("lab", "shop");
const shop = (...paths: readonly string[]) => anEnvironment({ webhooks: paths.map((path) => Webhook.meta(path)) });
const guest = (...paths: readonly string[]) => ({ ...GUEST, webhooks: paths.map((path) => Webhook.meta(path)) });
const reviewed = (before: readonly Environment[], after: readonly Environment[]) => {
  const report = diffReport({ before: appOf(before), after: appOf(after) });
  const [first, second] = DIFF_FORMATS.text(report, { columns: 200, hasColour: false }).split("\n");
  return { first, second, notes: report.differences.map(({ notes }) => notes) };
};
const META = "/webhooks/meta";

describe("a rule of the edge that another environment still needs is named in the place of NO CHANGE", () => {
  test.each<readonly [string, readonly Environment[], readonly Environment[], string, string]>([
    ["a guest's", [shop(META), GUEST], [shop(), GUEST], "shop", "lab"],
    ["its owner's", [shop(META), GUEST], [shop(META), guest()], "lab", "shop"],
    ["one for a wider path", [shop(META), guest("/webhooks")], [shop(), guest("/webhooks")], "shop", "lab"],
    ["its own for a wider path", [shop(META, "/webhooks")], [shop("/webhooks")], "shop", "shop"],
  ])("%s", (_what, before, after, environment, needing) => {
    const kept = `${needing} still needs the rule that guards ${META} in the whole zone`;
    expect(reviewed(before, after)).toEqual({
      first: `POLICY WEAKENED in ${environment}: it no longer guards ${META}`,
      second: `UNCHANGED AT THE EDGE: ${kept}`,
      notes: [[kept]],
    });
  });

  test("and where nobody needs it, what is opened is told", () => {
    const { first, second, notes } = reviewed([shop(META), guest()], [shop(), guest()]);
    expect([first, notes[0]]).toEqual([`POLICY WEAKENED in shop: it no longer guards ${META}`, []]);
    expect(second).toMatch(/1 opened/);
  });

  test("and one for a narrower path isn't enough", () => {
    const narrower = [shop(META), guest("/webhooks/meta/two")];
    expect(reviewed(narrower, [shop(), narrower[1] ?? GUEST]).notes[0]).toEqual([]);
  });
});

test("a zone that leaves its guard to others keeps no rule for anybody", () => {
  const accept = [Accept.declared("HOOK-1", "another team guards the webhooks of the zone")];
  const left = (...paths: readonly string[]) => ({
    ...shop(...paths),
    accept,
    edge: { leave: [EdgePart.WEBHOOK_GUARD] },
  });
  const lax = { ...GUEST, accept };
  const { second, notes } = reviewed([left(META), lax], [left(), lax]);
  expect([second, notes]).toEqual([NO_CHANGE, [[]]]);
});

test("a guard that another environment has already is said to be in force", () => {
  const { first, notes } = reviewed([shop(), GUEST], [shop(META), GUEST]);
  expect([first, notes]).toEqual([NO_CHANGE, [[`lab already needs the rule that guards ${META} in the whole zone`]]]);
});

test("a host that another worker still reaches by the same addresses stays open", () => {
  const other = Worker.render("srv-e0ffee0c0ffee0c0ffee", { reaches: [ApiHosts.OPENAI] });
  const workers = (...reaches: Parameters<typeof Worker.render>[1]["reaches"]) => [
    { ...SHOP, workers: [Worker.render(WORKER, { reaches }), other] },
  ];
  const both = workers(ApiHosts.OPENAI, ApiHosts.STRIPE);
  const { notes } = reviewed(both, workers(ApiHosts.STRIPE));
  expect(notes[0]).toEqual([`srv-e0ffee0c0ffee0c0ffee still reaches api.openai.com by the same addresses`]);
  expect(reviewed(workers(ApiHosts.STRIPE), both).notes[0]).toEqual([
    `srv-e0ffee0c0ffee0c0ffee already reaches api.openai.com by the same addresses`,
  ]);
});
