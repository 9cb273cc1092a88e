import { environments } from "../../../../environments";
import { Datastore } from "../../../../policy/datastore";
import type { Environment } from "../../../../policy/environment";
import { STATEMENT_IDS } from "../../../../policy/statements";
import { checksByHand, controlsOf } from "../../../../verification/answers/report/evidence";
import { anEnvironment } from "../../../support/environments";

const production = environments.find(({ name }) => name === "production") as Environment;

test.each(STATEMENT_IDS)("%s can be checked by hand in production, with commands of its own names", (id) => {
  const checks = checksByHand(id, production);
  expect(checks.length).toBeGreaterThan(0);
  for (const { command, from, expect: sign } of checks) {
    expect(command).toMatch(/^(?:curl|psql) [\w "$.:/%?=&-]+$/);
    expect([from.length, sign.length].every((length) => length > 2)).toBe(true);
  }
});

test("a webhook is asked in several spellings", () => {
  const commands = checksByHand("HOOK-1", anEnvironment()).map(({ command }) => command);
  expect(commands).toEqual([
    "curl -sSi --path-as-is -X POST https://app.shop.dev/webhooks/meta",
    "curl -sSi --path-as-is -X POST https://app.shop.dev/webhooks%2Fmeta",
    "curl -sSi --path-as-is -X POST https://app.shop.dev/WEBHOOKS/META",
  ]);
});

test("a name that only the apply knows isn't asked about", () => {
  const environment = anEnvironment({ datastores: [Datastore.supabase("${supabase_project.db.id}")] });
  expect(checksByHand("PORTS-3", environment)).toEqual([]);
});

test("each control has a source, and stands once with a statement", () => {
  for (const supports of STATEMENT_IDS.map(controlsOf)) {
    expect(supports.length).toBeGreaterThan(0);
    expect(new Set(supports.map(({ id }) => id)).size).toBe(supports.length);
    for (const { source, id } of supports) {
      expect(source).toMatch(/^https:\/\/[^\s]+$/);
      expect(id).toMatch(/^(?:CC\d\.\d|A\.\d\.\d{1,2})$/);
    }
  }
});
