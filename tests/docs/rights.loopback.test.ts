import { deployed, shop } from "../../__tests__/operations/inventory/shop";
import { OnlinePlatforms } from "../../__tests__/support/online-platforms";
import { status } from "../../rehearsal/fault";
import { inventory } from "../../operations/inventory/inventory";
import { clientsOf } from "../../operations/platforms/clients";
import { documents } from "./documents";

const present = documents();

/** A row of a document's table, by what stands first in it. */
function rowOf(path: string, first: string): string {
  const row = present[path]?.split("\n").find((line) => line.trim().startsWith(`| \`${first}\``));
  if (row === undefined) throw new Error(`${path} has no row for ${first}`);
  return row;
}

/** The rights that preflight.md gives a Cloudflare token, by what they are of: a zone or an account. */
function documentedRights(): Readonly<Record<string, string>> {
  const [, zone = "", account = ""] =
    /Zone: (.+), each Read\. Account: (.+) \|/.exec(rowOf("docs/preflight.md", "CLOUDFLARE_API_TOKEN")) ?? [];
  return { Zone: zone, Account: account };
}

/** The rights that the inventory asks for where it is refused everything. */
async function neededRights(): Promise<readonly string[]> {
  const online = await OnlinePlatforms.start([shop()]);
  try {
    deployed(online);
    online.cloudflare.strike(status(403));
    // With the patience for a real platform: a busy machine that gives no answer in time names no right.
    const { findings } = await inventory([shop()], clientsOf(online.variables));
    const refused = findings.filter(({ id }) => id.startsWith("cloudflare/"));
    return refused.map(({ todo }) => /it takes (.+)$/.exec(todo)?.[1] ?? todo);
  } finally {
    await online.stop();
  }
}

test("every right that the inventory needs stands among the rights of preflight.md", async () => {
  const rights = documentedRights();
  const needed = await neededRights();
  expect(needed.length).toBeGreaterThan(7);
  const missing = needed.filter((need) => {
    const [, scope = "", name = ""] = /^(Zone|Account) > (.+?) > Read/.exec(need) ?? [];
    return name === "" || !rights[scope]?.split(/, | Read/).includes(name);
  });
  expect(missing).toEqual([]);
});

test.each(["CLOUDFLARE_API_TOKEN", "RENDER_API_KEY", "SUPABASE_ACCESS_TOKEN"])(
  "who sets up %s for plan and drift is led to them",
  (secret) => {
    const [, , mayRead] = rowOf("docs/deploy.md", secret).split("|");
    expect(mayRead).toContain("(preflight.md#rights)");
  },
);

test("deploy.md leads to a section that is there", () => {
  expect(present["docs/preflight.md"]).toContain("\n## Rights\n");
});
