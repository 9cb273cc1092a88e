import { Accept } from "../../../policy/accept";
import { Datastore } from "../../../policy/datastore";
import { EgressAddresses } from "../../../policy/egress-addresses";
import { ApiHosts } from "../../../policy/api-hosts";
import { Origin } from "../../../policy/origin";
import { WebIngress } from "../../../policy/web-ingress";
import { Worker } from "../../../policy/worker";
import { checkedAddresses } from "../../../verification/statements/dedicated-addresses";
import type { Scene } from "../../../verification/statements/scene";
import { aGuest, anEnvironment, ZONE_ID } from "../../support/environments";
import { type Change, type JsonTree, pointerTo, replaceAt, sceneOf, stackOf } from "../../support/proof-scenes";
import { APPLIED_STATEMENTS, type AppliedStatement, inWords, judged } from "./applied-statements";

const PROJECT = "abcdefghijklmnopqrst";
const REFERENCE = "${supabase_project.main.id}";
const SERVICE = "srv-0feed0preview0000000000";

/** It shares its addresses, in both families, and lets Render refuse others than the edge's. */
const shop = anEnvironment({
  egress: EgressAddresses.shared(["198.51.100.0/26", "2001:db8:1::/48"], "no dedicated set in this region"),
  datastores: [Datastore.supabase(PROJECT, { wideBlocks: "the region's ranges are wide" })],
  ingress: WebIngress.renderAllowList(["192.0.2.0/28", "2001:db8:2::/64"], "seen in the logs of a test service"),
});

/** It lives in the other one's zone, with two hosts of one service, and locks one of its databases. */
const preview = aGuest("preview", "shop", {
  hosts: {
    "b.shop.dev": Origin.render(SERVICE, "shop-preview.onrender.com"),
    "a.shop.dev": Origin.render(SERVICE, "shop-preview.onrender.com"),
  },
  egress: EgressAddresses.dedicated("${var.egress_set}", ["203.0.113.10", "203.0.113.11"]),
  datastores: [
    Datastore.supabase("tsrqponmlkjihgfedcba", { lockedOut: "nobody uses it any more" }),
    Datastore.supabase(REFERENCE),
  ],
  workers: [Worker.cron("crn-c0ffee", { reaches: [ApiHosts.STRIPE] })],
  accept: [Accept.declared("WORK-2", "there is no Gateway in this account")],
});

/** It has nothing of all that. */
const plain = aGuest("plain", "shop");

const environments = [shop, preview, plain];
const scene = (name: string, change?: Change): Scene => sceneOf(environments, change, name);

const told = (name: string, statement: AppliedStatement, change?: Change): string =>
  inWords(judged(statement, scene(name, change)));

const EXEC = "/provisioner/0/local-exec";

/** Changes the desired state of an applier, as the triggers and the program have it. */
const state =
  (stack: string, part: string, members: Readonly<Record<string, unknown>>): Change =>
  (folder) => {
    const applier = pointerTo(folder, stack, "null_resource", part);
    for (const path of ["/triggers/desired_state", `${EXEC}/environment/DESIRED_STATE`])
      replaceAt(folder, stack, `${applier}${path}`, (text) =>
        JSON.stringify({ ...(JSON.parse(String(text)) as JsonTree), ...members }),
      );
  };

const blocks = (...cidrBlocks: readonly string[]) => cidrBlocks.map((cidrBlock) => ({ cidrBlock, description: "" }));

describe("a database whose addresses are shared", () => {
  test("is proven, with the reasons", () => {
    expect(told("shop", "DB-1")).toBe(
      `proven, asserted: ${PROJECT} admits a region's ranges, and with them other tenants of Render: ` +
        `no dedicated set in this region; ${PROJECT} admits wide blocks: the region's ranges are wide`,
    );
  });

  test("is not exactly theirs without one family", () => {
    const change = state("shop", PROJECT, { dbAllowedCidrsV6: [] });
    expect(told("shop", "DB-1", change)).toMatch(/^violated: \[2001:db8:1::\]:5432 is the backend's/);
    expect(told("shop", "PORTS-3", change)).toMatch(/^proven/);
  });

  test("is not closed with another family's whole world", () => {
    const change = state("shop", PROJECT, { dbAllowedCidrsV6: ["2001:db8::/32"] });
    expect(told("shop", "PORTS-3", change)).toMatch(/^violated: \[2001:db8::1\]:5432 reaches/);
  });

  test("is the same with its blocks halved and reordered", () => {
    const change = state("shop", PROJECT, { dbAllowedCidrs: ["198.51.100.32/27", "198.51.100.0/27"] });
    expect(told("shop", "DB-1", change)).toMatch(/^proven/);
  });
});

describe("a database that is locked", () => {
  test("is proven, with the reason", () => {
    expect(told("preview", "DB-1")).toBe(
      "proven, asserted: tsrqponmlkjihgfedcba admits nobody: nobody uses it any more",
    );
  });

  test("is violated by the environment's own addresses", () => {
    const change = state("preview", "tsrqponmlkjihgfedcba", { dbAllowedCidrs: ["203.0.113.10/32"] });
    expect(told("preview", "PORTS-3", change)).toMatch(/^violated: 203.0.113.10:5432 reaches/);
  });
});

describe("an id that only the apply knows", () => {
  test("is the same where its text is", () => {
    expect(told("preview", "PORTS-3")).toMatch(/^proven/);
  });

  test("leaves open whether an applier that nobody declares is another owner", () => {
    const change: Change = (folder) => {
      const applier = pointerTo(folder, "preview", "null_resource", "tsrqponmlkjihgfedcba");
      replaceAt(folder, "preview", applier, (body) => {
        const text = JSON.stringify(body).replaceAll("tsrqponmlkjihgfedcba", "zzzzzzzzzzzzzzzzzzzz");
        replaceAt(folder, "shop", "/resource/null_resource/Undeclared", () => JSON.parse(text) as unknown);
        return body;
      });
    };
    expect(told("preview", "PORTS-3", change)).toMatch(/^undecided: .*whether zzzzzzzzzzzzzzzzzzzz is \$\{supabase/);
    // A known id is not another known id.
    expect(told("shop", "PORTS-3", change)).toMatch(/^proven/);
  });

  test("leaves open whether a reference that nobody declares is a known id", () => {
    const change: Change = (folder) => {
      const applier = pointerTo(folder, "shop", "null_resource", PROJECT);
      replaceAt(folder, "shop", applier, (body) => {
        const text = JSON.stringify(body).replaceAll(PROJECT, "${var.project}");
        replaceAt(folder, "shop", "/resource/null_resource/Undeclared", () => JSON.parse(text) as unknown);
        return body;
      });
    };
    expect(told("shop", "DB-1", change)).toMatch(/^undecided: only the apply knows whether \$\{var.project\} is/);
  });
});

describe("a web service", () => {
  test("with an allow list is proven, with the reason", () => {
    expect(told("shop", "WEB-1")).toBe(
      "proven, asserted: Render admits to srv-c0ffee0c0ffee0c0ffee listed addresses only: seen in the logs of a test service",
    );
  });

  test.each([
    ["a wider list", blocks("192.0.2.0/27", "2001:db8:2::/64"), "violated: 192.0.2.16:443 reaches"],
    ["a narrower list", blocks("192.0.2.0/28"), "violated: [2001:db8:2::]:443 can't reach"],
    ["an empty list", [], "violated: 192.0.2.1:443, [2001:db8:2::]:443 can't reach"],
  ])("is violated by %s", (_, ipAllowList, words) => {
    expect(told("shop", "WEB-1", state("shop", "AllowList", { ipAllowList }))).toContain(words);
  });

  test("is violated without its list", () => {
    const change: Change = (folder) =>
      replaceAt(folder, "shop", pointerTo(folder, "shop", "null_resource", "AllowList"), () => undefined);
    expect(told("shop", "WEB-1", change)).toContain("nothing in the JSON holds Render to the declared addresses");
  });

  test("of a guest goes by its hosts' records in the owner's stack", () => {
    expect(told("preview", "WEB-1")).toMatch(/^proven/);
    const alone: Change = (folder) => {
      stackOf(folder, "preview").dependencies = [];
    };
    expect(told("preview", "WEB-1", alone)).toMatch(/^violated: b.shop.dev may have no record yet/);
  });

  test("is violated where one of its hosts is missing", () => {
    const change = state("preview", SERVICE, { customDomains: ["a.shop.dev"] });
    expect(told("preview", "WEB-1", change)).toMatch(/^violated: curl .*https:\/\/b.shop.dev\/.* isn't served/);
  });
});

test("a cron job is a worker without inbound", () => {
  expect(told("preview", "WORK-1")).toMatch(/^proven/);
});

test("what an environment hasn't got is not applicable", () => {
  const known = APPLIED_STATEMENTS.map((statement) => told("plain", statement));
  expect(known).toEqual(["not applicable", "not applicable", "proven, asserted: ", "not applicable", "not applicable"]);
});

test("a Spectrum application opens a datastore's port, also of one that nobody declares", () => {
  const open =
    (protocol: string): Change =>
    (folder) =>
      replaceAt(folder, "shop", "/resource/cloudflare_spectrum_application", () => ({
        Open: { zone_id: ZONE_ID, protocol, dns: { type: "CNAME", name: "db.shop.dev" } },
      }));
  expect(told("shop", "PORTS-3", open("tcp/5432"))).toMatch(/^violated: db.shop.dev:5432 is open/);
  expect(told("shop", "PORTS-3", open("tcp/6000-7000"))).toMatch(/^violated: db.shop.dev:6543 is open/);
  expect(told("plain", "PORTS-4", open("tcp/6000-7000"))).toMatch(/^violated: db.shop.dev:6379 is open/);
  expect(told("plain", "PORTS-4", open("tcp/22"))).toBe("not applicable");
});

describe("a set of dedicated addresses", () => {
  const dedicated = EgressAddresses.dedicated("${var.egress_set}", ["203.0.113.10", "203.0.113.11"]);

  test("is checked before what relies on it", () => {
    const { model, ...rest } = scene("preview");
    const before = model.resources.filter(({ address }) => address.includes("supabase_project"));
    expect(before).toHaveLength(1);
    expect(checkedAddresses(dedicated, { model, ...rest }, before).verdict).toBe("proven");
    expect(checkedAddresses(dedicated, { model, ...rest }, model.ofType("cloudflare_dns_record")).verdict).toBe(
      "violated",
    );
  });

  test("that nothing checks is violated", () => {
    const other = EgressAddresses.dedicated("egs-other", ["203.0.113.20"]);
    expect(inWords(checkedAddresses(other, scene("shop"), []))).toMatch(/^violated: 203.0.113.20 may be somebody/);
  });
});
