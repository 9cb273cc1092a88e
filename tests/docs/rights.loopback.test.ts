import { deployed, shop } from "../../__tests__/operations/inventory/shop";
import { OnlinePlatforms } from "../../__tests__/support/online-platforms";
import { status } from "../../rehearsal/fault";
import { inventory } from "../../operations/inventory/inventory";
import { clientsOf } from "../../operations/platforms/clients";
import { documents } from "./documents";

const present = documents();

/** A row of a document's table, by its first cell. */
function rowOf(path: string, first: string): string {
  const row = present[path]?.split("\n").find((line) => line.trim().startsWith(`| \`${first}\``));
  if (row === undefined) throw new Error(`${path} has no row for ${first}`);
  return row;
}

/** The rights to read that deploy.md gives a Cloudflare token, for a zone or an account. */
function documentedRights(): Readonly<Record<string, string>> {
  const text = (present["docs/deploy.md"] ?? "").replaceAll("\n", " ");
  const [, zone = ""] = /\*\*Cloudflare, zone\*\*: ([^.]+)\./.exec(text) ?? [];
  const [, account = ""] = /\*\*Cloudflare, account\*\*: ([^.]+)\./.exec(text) ?? [];
  return { Zone: zone, Account: account };
}

/** The rights that the inventory asks for where it is refused everything. */
async function neededRights(): Promise<readonly string[]> {
  const online = await OnlinePlatforms.start([shop()]);
  try {
    deployed(online);
    online.cloudflare.strike(status(403));
    // It waits as long as for a real platform, since a busy machine may answer late.
    const { findings } = await inventory([shop()], clientsOf(online.variables));
    const refused = findings.filter(({ id }) => id.startsWith("cloudflare/"));
    return refused.map(({ needs, what }) => needs ?? what);
  } finally {
    await online.stop();
  }
}

test("every right that the inventory needs stands among the rights of deploy.md", async () => {
  const rights = documentedRights();
  const needed = await neededRights();
  expect(needed.length).toBeGreaterThan(7);
  const missing = needed.filter((need) => {
    const [, scope = "", name = ""] = /^(Zone|Account) > (.+?) > Read/.exec(need) ?? [];
    return name === "" || !rights[scope]?.split(/, |; /).includes(name);
  });
  expect(missing).toEqual([]);
});

test.each(["CLOUDFLARE_API_TOKEN", "SUPABASE_ACCESS_TOKEN"])(
  "who sets up %s for plan and drift is led to them",
  (name) => {
    const [, , mayRead] = rowOf("docs/deploy.md", name).split("|");
    expect(mayRead).toContain("(#rights)");
  },
);
