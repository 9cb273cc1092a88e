import { Accept } from "../../../../policy/accept";
import { CloudflarePlan } from "../../../../policy/cloudflare-plan";
import { EdgePart } from "../../../../policy/edge-options";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import { ApiHosts } from "../../../../policy/api-hosts";
import { Origin } from "../../../../policy/origin";
import { Webhook } from "../../../../policy/webhook";
import { Worker } from "../../../../policy/worker";
import { WorkerEgress } from "../../../../policy/worker-egress";
import { exitCodeOf } from "../../../../verification/answers/matrix/matrix";
import { ACCOUNT_ID, aGuest, anEnvironment, aZone, ZONE_ID } from "../../../support/environments";
import { type Change, pointerTo, replaceAt } from "../../../support/proof-scenes";
import { withResource, withRules, withRuleset } from "../explain/app";
import { cellIn, kindsIn, matrixWith, PROJECT, SHOP, shopWith } from "./cells";

const CUSTOM = "http_request_firewall_custom";
const HOOK = "paths with /webhooks/meta";
const rule = (ref: string, expression: string, action = "block", more: object = {}) => ({
  ...{ ref, expression, action, description: ref },
  ...more,
});
const inCustom = (...rules: readonly object[]): Change => withRules(CUSTOM, ...rules);
const ANYONE = ["anyone else", 4] as const;
const META = ["meta", 4] as const;

/** Changes the desired state of an applier, as its writer would. */
function state(part: string, change: (state: Record<string, unknown>) => object): Change {
  return (folder) => {
    const pointer = pointerTo(folder, "shop", "null_resource", part);
    const told = (text: unknown) => JSON.stringify(change(JSON.parse(String(text)) as Record<string, unknown>));
    replaceAt(folder, "shop", `${pointer}/triggers/desired_state`, told);
    replaceAt(folder, "shop", `${pointer}/provisioner/0/local-exec/environment/DESIRED_STATE`, told);
  };
}

const matrix = shopWith();

describe("rows", () => {
  test("are everybody by name, each family for itself", () => {
    expect(matrix.rows.map(({ source, family }) => `${source} ${family}`)).toEqual([
      ...["meta 4", "meta 6", "backend, workers 4", "Cloudflare 4", "Cloudflare 6", "anyone else 4", "anyone else 6"],
    ]);
    expect(matrix.rows[2]?.addresses).toBe("203.0.113.10/32 and 1 more");
  });

  test("tell workers with addresses of their own from the backend", () => {
    const own = {
      ...SHOP,
      zone: aZone({ plan: CloudflarePlan.ENTERPRISE }),
      workerEgress: WorkerEgress.gateway(1_000, EgressAddresses.dedicated("egs-0feed00feed00feed00", ["203.0.113.20"])),
      accept: [],
    };
    expect(shopWith(undefined, [own]).rows.map(({ source }) => source)).toEqual(
      expect.arrayContaining(["backend", "workers"]),
    );
  });

  test("have the other senders of webhooks, and lists", () => {
    const billing = anEnvironment({
      webhooks: [Webhook.meta("/webhooks/meta"), Webhook.from("/webhooks/bill", "billing", ["198.51.100.0/24"])],
    });
    const list = withResource("cloudflare_list", {
      ...{ account_id: ACCOUNT_ID, kind: "ip", name: "office", items: [{ ip: "192.0.2.0/24" }] },
    });
    const { rows } = shopWith(list, [billing]);
    expect(rows.map(({ source }) => source)).toEqual(expect.arrayContaining(["billing", "the list $office"]));
  });
});

describe("the edge as it is written", () => {
  test("lets everybody reach the site, and Meta alone its webhook", () => {
    expect(new Set(Object.values(kindsIn(matrix, "https")))).toEqual(new Set(["allow"]));
    expect(kindsIn(matrix, "https", HOOK)).toEqual({
      ...{ "meta 4": "allow", "meta 6": "allow", "backend, workers 4": "block" },
      ...{ "Cloudflare 4": "block", "Cloudflare 6": "block", "anyone else 4": "block", "anyone else 6": "block" },
    });
  });

  test("says what decides, where it stands and how strongly it is held", () => {
    expect(cellIn(matrix, ANYONE, "https", HOOK).parts).toEqual([
      {
        ...{ kind: "block", where: [], unless: [], reasons: [] },
        by: [
          {
            name: "edge_hook_1_only_meta",
            stack: "shop",
            pointer: expect.stringMatching(/\/rules\/1$/) as string,
            path: `shop/Edge/Rules-${CUSTOM}/Resource`,
            strength: "enforced",
            statements: ["HOOK-1"],
          },
        ],
      },
    ]);
  });

  test("redirects 80 and blocks the other ports, whoever asks", () => {
    expect(new Set(Object.values(kindsIn(matrix, "http")))).toEqual(new Set(["redirect"]));
    expect(cellIn(matrix, ANYONE, "http").parts[0]).toMatchObject({ to: "https", by: [{ statements: ["PORTS-2"] }] });
    expect(new Set(Object.values(kindsIn(matrix, "other ports")))).toEqual(new Set(["block"]));
    expect(matrix.columns.find(({ kind }) => kind === "other ports")?.ports).toHaveLength(11);
  });

  test("is mixed where nobody can tell what a path decodes to", () => {
    const cell = cellIn(matrix, ANYONE, "https", "paths escaped twice");
    expect(cell.kind).toBe("mixed");
    expect(cell.parts.map(({ kind }) => kind).sort()).toEqual(["allow", "block"]);
    expect(cellIn(matrix, META, "https", "paths escaped twice").kind).toBe("allow");
  });
});

describe("datastores and workers", () => {
  test("are as their appliers say, which is asserted", () => {
    expect(kindsIn(matrix, "postgres")).toMatchObject({ "backend, workers 4": "allow", "anyone else 4": "block" });
    expect(new Set(Object.values(kindsIn(matrix, "redis")))).toEqual(new Set(["block"]));
    expect(new Set(Object.values(kindsIn(matrix, "worker")))).toEqual(new Set(["block"]));
    expect(cellIn(matrix, ANYONE, "postgres").parts[0]?.by[0]).toMatchObject({
      strength: "asserted",
      statements: ["PORTS-3", "DB-1"],
      path: `shop/Databases/${PROJECT}/Resource`,
    });
  });

  test("are mixed for a source of which some may connect, with which", () => {
    const change = state(PROJECT, (told) => ({ ...told, dbAllowedCidrs: ["203.0.113.10/32", "192.0.2.0/24"] }));
    const changed = shopWith(change);
    expect(cellIn(changed, ANYONE, "postgres")).toMatchObject({
      kind: "mixed",
      parts: [
        { kind: "allow", where: [{ field: "address", kind: "only", values: ["192.0.2.0/24"] }] },
        { kind: "block", where: [{ field: "address", kind: "except", values: ["192.0.2.0/24"] }] },
      ],
    });
    expect(cellIn(changed, ["backend, workers", 4], "postgres").kind).toBe("mixed");
    expect(cellIn(changed, ["anyone else", 6], "postgres").kind).toBe("block");
    expect(changed.notes).toContain("PORTS-3 is violated: see verify");
  });

  test("are open where nothing closes them, and a worker is undecided where nothing checks its type", () => {
    const without =
      (part: string): Change =>
      (folder) => {
        replaceAt(folder, "shop", pointerTo(folder, "shop", "null_resource", part), () => undefined);
      };
    expect(cellIn(shopWith(without("red-")), ANYONE, "redis")).toMatchObject({ kind: "allow", parts: [{ by: [] }] });
    const unchecked = shopWith(without("Workers_"));
    expect(cellIn(unchecked, ANYONE, "worker").parts[0]).toMatchObject({
      kind: "undecided",
      reasons: [expect.stringContaining("nothing in the JSON checks the type") as string],
    });
  });

  test("are reached past their lists by a Spectrum application, which has a column too", () => {
    const spectrum = withResource("cloudflare_spectrum_application", {
      ...{ zone_id: ZONE_ID, protocol: "tcp/5432", dns: { type: "CNAME", name: "db.shop.dev" } },
    });
    const changed = shopWith(spectrum);
    expect(cellIn(changed, ANYONE, "postgres")).toMatchObject({
      kind: "mixed",
      parts: [
        { kind: "block", where: [{ field: "way", kind: "except" }] },
        { kind: "allow", where: [{ field: "way", kind: "only", values: ["through the edge"] }] },
      ],
    });
    const column = changed.columns.find(({ kind }) => kind === "spectrum");
    expect(column).toMatchObject({ services: ["db.shop.dev"], only: "tcp/5432" });
    expect(cellIn(changed, META, "spectrum", "tcp/5432").kind).toBe("allow");
  });
});

describe("a cell", () => {
  test("is blocked only if all is: one method that passes makes it mixed", () => {
    const change = inCustom(rule("get", 'not http.request.method in {"GET"}'));
    expect(cellIn(shopWith(change), ANYONE, "https")).toMatchObject({
      kind: "mixed",
      parts: expect.arrayContaining([
        expect.objectContaining({ kind: "allow", where: [{ field: "method", kind: "only", values: ["GET"] }] }),
        expect.objectContaining({ kind: "block", by: [expect.objectContaining({ name: "get" })] }),
      ]) as object,
    });
    expect(cellIn(shopWith(inCustom(rule("all", "ssl"))), ANYONE, "https").kind).toBe("block");
  });

  test("names every rule that decides a part of it", () => {
    const change = inCustom(rule("get", 'http.request.method eq "GET"'), rule("others", "ssl"));
    const { kind, parts } = cellIn(shopWith(change), ANYONE, "https");
    expect(kind).toBe("block");
    expect(parts.flatMap(({ by }) => by.map(({ name }) => name)).sort()).toEqual(["get", "others"]);
  });

  test("is a challenge where a client has to solve one", () => {
    const change = inCustom(rule("ask", "ssl", "managed_challenge"));
    expect(cellIn(shopWith(change), ANYONE, "https").parts).toEqual([
      expect.objectContaining({ kind: "challenge", by: [expect.objectContaining({ name: "ask" })], unless: [] }),
    ]);
    expect(cellIn(shopWith(change), ANYONE, "https", HOOK).kind).toBe("block");
  });

  test("is allowed with what may stop it, such as a rate limit", () => {
    const limit = withRuleset("http_ratelimit", {
      ...rule("slow", "ssl"),
      ...{ enabled: true, ratelimit: { period: 60, requests_per_period: 100, characteristics: ["ip.src"] } },
    });
    expect(cellIn(shopWith(limit), ANYONE, "https").parts).toEqual([
      expect.objectContaining({ kind: "allow", unless: ["slow: block (http_ratelimit)"] }),
    ]);
  });

  test("depends on what nobody can tell of a request, by its condition", () => {
    const change = inCustom(rule("away", 'ip.src.country eq "AQ"'));
    const { kind, parts } = cellIn(shopWith(change), ANYONE, "https");
    expect(kind).toBe("mixed");
    expect(parts.flatMap(({ where }) => where)).toContainEqual({
      field: "condition",
      kind: "only",
      values: ['ip.src.country eq "AQ"'],
    });
  });

  test("shows no literal that a rule compares a credential with", () => {
    const change = inCustom(rule("key", 'any(http.request.headers["x-api-key"][*] eq "hunter2")'));
    expect(JSON.stringify(shopWith(change))).not.toContain("hunter2");
  });

  test("is undecided where something else could answer, and so is the command", () => {
    const change = withResource("cloudflare_workers_route", { zone_id: ZONE_ID, pattern: "*/*" });
    expect(cellIn(shopWith(change), ANYONE, "https")).toMatchObject({ kind: "undecided", parts: [{ where: [] }] });
    expect([exitCodeOf(matrixWith(change)), exitCodeOf(matrixWith())]).toEqual([2, 0]);
  });

  test("is undecided where a part of the edge is left to others, with why it is only declared", () => {
    const left = anEnvironment({
      edge: { leave: [EdgePart.PORTS] },
      accept: ["PORTS-1", "PORTS-2"].map((id) => Accept.declared(id as "PORTS-1", "the platform team has it")),
    });
    const changed = shopWith(undefined, [left]);
    expect(changed.lowered).toContainEqual({ statement: "PORTS-1", reason: "the platform team has it" });
    expect(cellIn(changed, ANYONE, "other ports").parts[0]?.reasons).toContain(
      "PORTS-1 is only declared: the platform team has it",
    );
  });
});

describe("columns", () => {
  const second = { "www.shop.dev": Origin.render("srv-0feed00feed00feed000", "shop-www.onrender.com") };

  test("are one for hosts that are reached alike, and two for others", () => {
    const two = anEnvironment({ hosts: { ...anEnvironment().hosts, ...second } });
    const alike = shopWith(undefined, [two]);
    expect(alike.columns.map(({ services }) => services)).toContainEqual(["app.shop.dev", "www.shop.dev"]);
    const change = inCustom(rule("www", 'http.host eq "www.shop.dev"'));
    expect(
      shopWith(change, [two]).columns.filter(({ kind, only }) => kind === "https" && only === undefined),
    ).toHaveLength(2);
  });

  test("tell webhooks apart, also where one's path begins with another's", () => {
    const three = anEnvironment({
      webhooks: [
        Webhook.meta("/webhooks/meta"),
        Webhook.from("/webhooks/bill", "billing", ["198.51.100.0/24"]),
        Webhook.from("/webhooks/bill/eu", "billing", ["198.51.100.0/24"]),
      ],
    });
    const changed = shopWith(undefined, [three]);
    expect(kindsIn(changed, "https", "paths with /webhooks/bill")).toMatchObject({
      "billing 4": "allow",
      "meta 4": "block",
    });
    expect(kindsIn(changed, "https", "paths with /webhooks/bill/eu")).toMatchObject({
      "billing 4": "allow",
      "meta 4": "block",
    });
    expect(kindsIn(changed, "https", HOOK)).toMatchObject({ "billing 4": "block", "meta 4": "allow" });
    expect(new Set(Object.values(kindsIn(changed, "https")))).toEqual(new Set(["allow"]));
  });

  test("aren't split by paths where there is no webhook", () => {
    const none = shopWith(undefined, [anEnvironment({ webhooks: [] })]);
    expect(none.columns.filter(({ kind }) => kind === "https")).toEqual([
      expect.objectContaining({ id: "A", services: ["app.shop.dev"] }),
    ]);
  });

  test("are those of each environment that lives in a zone", () => {
    const { environments } = matrixWith(undefined, [anEnvironment(), aGuest("preview", "shop")]);
    expect(environments.map(({ environment, zone }) => [environment, zone])).toEqual([
      ["shop", "shop.dev"],
      ["preview", "shop.dev"],
    ]);
    expect(environments[1]?.columns[0]?.services).toEqual(["preview.shop.dev"]);
  });

  test("have one worker each, or several that nobody can connect to", () => {
    const two = {
      ...SHOP,
      workers: ["srv-c0ffee0c0ffee0worker", "srv-c0ffee0c0ffee1worker"].map((id) =>
        Worker.render(id, { reaches: [ApiHosts.OPENAI] }),
      ),
    };
    expect(shopWith(undefined, [two]).columns.filter(({ kind }) => kind === "worker")).toHaveLength(2);
  });
});
