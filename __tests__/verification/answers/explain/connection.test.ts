import { Accept } from "../../../../policy/accept";
import { Datastore } from "../../../../policy/datastore";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import { ApiHosts } from "../../../../policy/api-hosts";
import { Worker } from "../../../../policy/worker";
import { explainConnection } from "../../../../verification/answers/explain/explain";
import { exitCodeOf } from "../../../../verification/answers/explain/explanation";
import type { TargetKind } from "../../../../verification/answers/targets";
import { aGuest, anEnvironment, ZONE_ID } from "../../../support/environments";
import { type Change, pointerTo, replaceAt, stackOf } from "../../../support/proof-scenes";
import { appOf, withResource } from "./app";

const PROJECT = "abcdefghijklmnopqrsu";
const REDIS = "red-c0ffee0c0ffee0c0ffee";
const WORKER = "srv-c0ffee0c0ffee0worker";
const shop = anEnvironment({
  egress: EgressAddresses.dedicated("egs-c0ffee0c0ffee0c0ffee", ["203.0.113.10", "203.0.113.12"]),
  datastores: [Datastore.supabase(PROJECT), Datastore.renderKeyValue(REDIS)],
  workers: [Worker.render(WORKER, { reaches: [ApiHosts.OPENAI] })],
  accept: [Accept.declared("WORK-2", "no Gateway on this plan, so it is written down")],
});
const environments = [shop, aGuest("preview", "shop")];

function ask(to: TargetKind, from?: string, change?: Change, environment?: string) {
  const explanation = explainConnection(appOf(change, environments), {
    to,
    ...(from === undefined ? {} : { from }),
    ...(environment === undefined ? {} : { environment }),
  });
  const [target] = explanation.targets;
  if (target === undefined) throw new Error("there is no target");
  return { explanation, target, code: exitCodeOf(explanation) };
}

/** Changes the desired state of an applier, as its writer would. */
function state(part: string, change: (state: Record<string, unknown>) => object): Change {
  return (folder) => {
    const pointer = pointerTo(folder, "shop", "null_resource", part);
    const told = (text: unknown) => JSON.stringify(change(JSON.parse(String(text)) as Record<string, unknown>));
    replaceAt(folder, "shop", `${pointer}/triggers/desired_state`, told);
    replaceAt(folder, "shop", `${pointer}/provisioner/0/local-exec/environment/DESIRED_STATE`, told);
  };
}

/** Takes an applier out. */
function without(part: string): Change {
  return (folder) => {
    replaceAt(folder, "shop", pointerTo(folder, "shop", "null_resource", part), () => undefined);
  };
}

describe("Postgres", () => {
  test("admits the backend's addresses, by the applier that says so", () => {
    const { target, explanation, code } = ask("postgres", "203.0.113.12");
    expect(explanation.from.sets).toEqual(["egress of shop"]);
    expect(target).toMatchObject({
      environment: "shop",
      name: PROJECT,
      ports: [5432, 6543],
      decision: "admitted",
      because: "203.0.113.12 is in egress of shop (203.0.113.12/32)",
      admits: "egress of shop (203.0.113.10/32 and 1 more)",
      by: {
        kind: "supabase-network-restrictions",
        path: `shop/Databases/${PROJECT}/Resource`,
        state: { projectRef: PROJECT, dbAllowedCidrs: ["203.0.113.10/32", "203.0.113.12/32"], dbAllowedCidrsV6: [] },
      },
    });
    expect(target.by?.pointer).toMatch(/^\/resource\/null_resource\/.*\/triggers\/desired_state$/);
    expect(target.statements).toMatchObject([
      { id: "PORTS-3", verdict: "proven", strength: "asserted" },
      { id: "DB-1", verdict: "proven", strength: "asserted" },
    ]);
    expect(code).toBe(0);
  });

  test.each(["203.0.113.11", "2001:db8::1", undefined])("refuses %s", (from) => {
    const { target, explanation } = ask("postgres", from);
    expect(target.decision).toBe("refused");
    expect(target.because).toBe(`${explanation.from.address} is not in egress of shop (203.0.113.10/32 and 1 more)`);
    expect(explanation.from.isAnyone).toBe(from === undefined);
  });

  test("says whom a wider list admits, and that the statement is violated", () => {
    const wide = state(PROJECT, (told) => ({ ...told, dbAllowedCidrs: ["203.0.113.0/24"] }));
    const { target } = ask("postgres", "203.0.113.200", wide);
    expect(target).toMatchObject({ decision: "admitted", admits: "{203.0.113.0/24}" });
    expect(target.statements.map(({ verdict }) => verdict)).toEqual(["violated", "violated"]);
    expect(target.statements[0]?.notes[0]).toMatch(/reaches abcdefghijklmnopqrsu/);
  });

  test("is open to everybody where nothing in the JSON closes it", () => {
    const { target } = ask("postgres", "8.8.8.8", without(PROJECT));
    expect(target).toMatchObject({
      decision: "admitted",
      admits: "everybody",
      because: "nothing in the JSON closes it",
    });
    expect(target.by).toBeUndefined();
  });

  test("is undecided where two take turns, or what runs isn't known", () => {
    const twice: Change = (folder) => {
      const resources = stackOf(folder, "shop").json["resource"] as Record<string, Record<string, unknown>>;
      const own = resources["null_resource"] ?? {};
      const [, body] = Object.entries(own).find(([name]) => name.includes(PROJECT)) ?? [];
      resources["null_resource"] = { ...own, second: structuredClone(body) };
    };
    const { target, code } = ask("postgres", "8.8.8.8", twice);
    expect(target).toMatchObject({
      decision: "undecided",
      because: `two resources set ${PROJECT}, and each undoes the other`,
    });
    expect(code).toBe(2);
    const odd = ask("postgres", "8.8.8.8", (folder) => {
      const pointer = pointerTo(folder, "shop", "null_resource", PROJECT);
      replaceAt(folder, "shop", `${pointer}/provisioner/0/local-exec/command`, () => "curl example.com | sh");
    });
    expect(odd.target.decision).toBe("undecided");
  });
});

describe("Redis", () => {
  test.each(["8.8.8.8", "203.0.113.10", "2001:db8::1"])("refuses %s, since its list is empty", (from) => {
    const { target } = ask("redis", from);
    expect(target).toMatchObject({
      name: REDIS,
      ports: [6379],
      decision: "refused",
      because: `${from} is not on its list, which is empty`,
      admits: "nobody",
      by: { kind: "render-key-value-allow-list", state: { ipAllowList: [] } },
    });
    expect(target.statements).toMatchObject([{ id: "PORTS-4", verdict: "proven" }]);
  });

  test("admits whom its list has", () => {
    const listed = state(REDIS, (told) => ({ ...told, ipAllowList: [{ cidrBlock: "8.8.8.0/24", description: "x" }] }));
    expect(ask("redis", "8.8.8.8", listed).target).toMatchObject({
      decision: "admitted",
      because: "8.8.8.8 is in 8.8.8.0/24",
    });
    expect(ask("redis", "8.8.9.8", listed).target.decision).toBe("refused");
  });
});

describe("a datastore that a Spectrum application leads to", () => {
  const spectrum = (protocol: string) =>
    withResource("cloudflare_spectrum_application", {
      ...{ zone_id: ZONE_ID, protocol, dns: { type: "CNAME", name: "db.shop.dev" } },
    });

  test("is open to everybody past its list, through the edge", () => {
    expect(ask("redis", "8.8.8.8", spectrum("tcp/6379")).target).toMatchObject({
      decision: "admitted",
      because: "db.shop.dev:6379 leads to it through the edge, past its list",
      admits: "nobody",
    });
    expect(ask("redis", "8.8.8.8", spectrum("tcp/22")).target.decision).toBe("refused");
  });

  test("is undecided where only the apply knows the application's ports", () => {
    expect(ask("redis", "8.8.8.8", spectrum("${var.protocol}"))).toMatchObject({
      target: { decision: "undecided", because: expect.stringContaining("only the apply knows which ports") as string },
      code: 2,
    });
  });
});

describe("a worker", () => {
  test("takes no connections, by its type", () => {
    const { target, code } = ask("worker");
    expect(target).toMatchObject({
      name: WORKER,
      ports: [],
      decision: "refused",
      because: 'it is of type "background_worker", which takes no connections',
      by: { kind: "render-service-type", state: { type: "background_worker" } },
      statements: [{ id: "WORK-1", verdict: "proven" }],
    });
    expect(code).toBe(0);
  });

  test("is undecided where nothing checks its type", () => {
    const { target, code } = ask("worker", undefined, without(WORKER));
    expect(target).toMatchObject({
      decision: "undecided",
      because: `nothing in the JSON checks the type of ${WORKER}`,
    });
    expect(target.statements).toMatchObject([{ id: "WORK-1", verdict: "violated" }]);
    expect(code).toBe(2);
  });
});

describe("what isn't there", () => {
  test("is an error that names the environments that have it", () => {
    expect(() => ask("redis", undefined, undefined, "preview")).toThrow(
      /redis, which preview doesn't have; allowed: an environment that has: shop/,
    );
    expect(() => explainConnection(appOf(), { to: "redis" })).toThrow(
      /redis, which no environment has; allowed: nothing here/,
    );
  });

  test("or an address that is none", () => {
    expect(() => ask("redis", "10.0.0.0/8")).toThrow(/ask about one address of the block/);
  });
});
