import { InvalidInput } from "../../../errors/invalid-input";
import { META } from "../../../network/feeds/meta";
import { Verdict } from "../../../operations/probe/check";
import { exitCodeOf, type Probed, probe, type ProbeOptions } from "../../../operations/probe/probe";
import { Accept } from "../../../policy/accept";
import type { Environment } from "../../../policy/environment";
import { Webhook } from "../../../policy/webhook";
import { production } from "../../../environments/production";
import { aGuest } from "../../support/environments";
import { during } from "./judged";
import { https, SILENT, type StandInInternet } from "../../../rehearsal/internet";
import { applicationAnswers, block } from "../../../rehearsal/answers";
import {
  DATABASE_AT,
  EDGE,
  EGRESS,
  HOST,
  ONRENDER,
  type Platforms,
  PROXIES,
  PROXIED_PORTS,
  shop,
  shopOnline,
} from "./stand-in-shop";

const { HOLDS, VIOLATED, UNDECIDED } = Verdict;

function look(
  internet: StandInInternet,
  environments: readonly Environment[] = [shop()],
  options: Partial<ProbeOptions> = {},
): Promise<Probed> {
  const [environment] = environments;
  return during(internet, ({ dialler }) =>
    probe(environment?.name ?? "", environments, { dialler, proxies: PROXIES, ...options }),
  );
}

const of = (report: Probed, expects: RegExp): readonly string[] =>
  report.findings.filter((finding) => expects.test(finding.expects)).map(({ verdict }) => verdict);

describe("a probe of an environment that is as it promises", () => {
  const internet = shopOnline();
  let report: Probed;
  beforeAll(async () => {
    report = await look(internet);
  });

  test("finds that everything holds", () => {
    expect(report.findings.filter(({ verdict }) => verdict !== HOLDS)).toEqual([]);
    expect(exitCodeOf(report)).toBe(0);
  });

  test("looks at every statement that can be seen from outside", () => {
    const seen = new Set(report.findings.flatMap(({ statements }) => statements));
    expect([...seen].sort()).toEqual(["DB-1", "HOOK-1", "PORTS-1", "PORTS-2", "PORTS-3", "PORTS-4", "WEB-1"]);
  });

  test("asks nobody but the environment's own hosts, and the proxies that it was told of", () => {
    const own = [HOST, ONRENDER, "db.abcdefghijklmnopqrst.supabase.co", ...Object.values(PROXIES)];
    expect([...new Set(internet.resolved)].sort()).toEqual([...own].sort());
  });

  test("opens one connection for each check, and two to see from where it looks", () => {
    expect(internet.dialled).toHaveLength(report.findings.length + 2);
    expect(new Set(internet.dialled.filter((endpoint) => endpoint.startsWith(EDGE)))).toEqual(
      new Set(PROXIED_PORTS.map((port) => `${EDGE}:${port}`)),
    );
  });

  test("says from which address it looked", () => {
    expect(report.vantage).toEqual({ 4: "9.9.9.9" });
  });

  test("gives the same report of the same world", async () => {
    await expect(look(shopOnline())).resolves.toEqual(report);
  });
});

describe("a probe", () => {
  const open: Partial<Platforms> = {
    edge: ({ url = "" }, response, port) => {
      const isHook = port === 443 && /webhooks/i.test(url);
      if (isHook) applicationAnswers(response, 200);
      return isHook;
    },
  };

  test("ends with 1 where one check doesn't hold", async () => {
    const report = await look(shopOnline(open));
    expect(new Set(of(report, /^(?:GET|POST)/))).toEqual(new Set([VIOLATED]));
    expect(exitCodeOf(report)).toBe(1);
  });

  test("ends with 2 where an answer is unknown", async () => {
    const report = await look(shopOnline().at(DATABASE_AT, 5432, SILENT).at(EDGE, 8443, SILENT));
    expect(of(report, /^db\..+:5432|:8443/)).toEqual([UNDECIDED, UNDECIDED]);
    expect(exitCodeOf(report)).toBe(2);
  });

  test("waits for a silent edge once, and not for every question", async () => {
    const internet = shopOnline().at(EDGE, 443, SILENT);
    const report = await look(internet);
    expect(of(report, /^(?:GET|POST) https/).length).toBeGreaterThan(15);
    expect(internet.dialled.filter((endpoint) => endpoint === `${EDGE}:443`)).toHaveLength(1);
    expect(exitCodeOf(report)).toBe(2);
  });

  test("ends with 2 where a proxy isn't named", async () => {
    const report = await look(shopOnline(), [shop()], { proxies: {} });
    expect(of(report, /shared pooler|Render's proxy/)).toEqual([UNDECIDED, UNDECIDED]);
    expect(exitCodeOf(report)).toBe(2);
  });

  const [metas = ""] = META.addresses.cidrs();
  const ofMeta = metas.replace(/0\/\d+$/, "1");

  test.each([
    ["let in", open],
    ["refused all the same", {}],
  ])("proves nothing of a webhook from an address of its sender, %s", async (_, changes) => {
    const report = await look(shopOnline({ ...changes, visitor: ofMeta }));
    expect(report.findings.find(({ expects }) => expects.startsWith("GET"))).toMatchObject({
      verdict: UNDECIDED,
      because: expect.stringContaining(`${ofMeta} is one of the addresses of meta: this proves nothing`),
    });
    expect(new Set(of(report, /^(?!GET|POST)/))).toEqual(new Set([HOLDS]));
  });

  test("proves nothing of the databases from an egress address", async () => {
    const [visitor = ""] = EGRESS;
    const report = await look(shopOnline({ visitor }));
    expect(new Set(of(report, /supabase/))).toEqual(new Set([UNDECIDED]));
    expect(new Set(of(report, /^(?!db|aws)/))).toEqual(new Set([HOLDS]));
  });

  test("doesn't know whether to believe an open webhook where it doesn't know its own address", async () => {
    const report = await look(shopOnline({ ...open, visitor: "unknown" }));
    expect(report.vantage).toEqual({});
    expect(new Set(of(report, /^(?:GET|POST)/))).toEqual(new Set([UNDECIDED]));
  });

  test("proves nothing by blocks where the edge blocks this address altogether", async () => {
    const edge: Platforms["edge"] = (_, response) => {
      block(response);
      return true;
    };
    const report = await look(shopOnline({ edge, render: (_, response) => block(response) }));
    expect(new Set(of(report, /^(?:GET|POST)|:8080 |:8443 |asked of/))).toEqual(new Set([UNDECIDED]));
  });

  test("believes nothing that a captive portal says", async () => {
    const internet = shopOnline();
    const other = (await import("../../../rehearsal/certificate")).certificateFor(["portal.dev"]);
    for (const port of [443, 8443, 2053, 2083, 2087, 2096]) {
      internet.at(
        EDGE,
        port,
        https((_, response) => response.end("Log in"), { other }),
      );
    }
    const report = await look(internet);
    expect(new Set(of(report, /https:\/\/app[^,]+$/))).toContain(UNDECIDED);
    expect(of(report, /^(?:GET|POST)|HSTS|speaks/).every((verdict) => verdict === UNDECIDED)).toBe(true);
  });

  test("shows what breaks a statement that is only declared, and doesn't count it", async () => {
    const lowered = shop({ accept: [Accept.declared("HOOK-1", "the platform team guards the webhook")] });
    const report = await look(shopOnline(open), [lowered]);
    expect(of(report, /^POST/)).toEqual([VIOLATED]);
    expect(report.lowered).toEqual(lowered.accept);
    expect(exitCodeOf(report)).toBe(0);
  });

  test("holds a guest to the HSTS that the zone's owner declares", async () => {
    const owner = shop({ edge: { hsts: { maxAge: 86_400 } } });
    const guest = aGuest("preview", owner.name, { webhooks: [] });
    const report = await during(shopOnline(), (internet) =>
      probe("preview", [owner, guest], { dialler: internet.dialler }),
    );
    expect(report.findings.map(({ expects }) => expects)).toContain(
      'https://preview.shop.dev answers with HSTS "max-age=86400"',
    );
  });

  test("asks every webhook of every host", async () => {
    const two = shop({
      hosts: {
        ...shop().hosts,
        "api.shop.dev": { platform: "render", service: "srv-c0ffee0c0ffee0c0ffe1", address: ONRENDER },
      },
      webhooks: [Webhook.meta("/webhooks/meta"), Webhook.from("/hooks/billing", "billing", ["9.1.1.0/24"])],
    });
    const report = await look(shopOnline(), [two]);
    const plain = report.findings.filter(({ expects }) => expects.startsWith("POST")).map(({ expects }) => expects);
    expect(plain).toEqual(
      ["app", "api"].flatMap((name) =>
        ["/webhooks/meta", "/hooks/billing"].map((path) => `POST https://${name}.shop.dev${path} is blocked`),
      ),
    );
    expect(of(report, /is off$/)).toHaveLength(1);
  });

  test("tells how far it is", async () => {
    const told: string[] = [];
    const report = await look(shopOnline(), [shop()], { onProgress: (done, all) => told.push(`${done}/${all}`) });
    const all = report.findings.length;
    expect(told).toEqual(report.findings.map((_, index) => `${index + 1}/${all}`));
  });
});

describe("a probe refuses", () => {
  const refused = async (name: string, environments: readonly Environment[], proxies = {}): Promise<string> => {
    const internet = shopOnline();
    const error: unknown = await probe(name, environments, { dialler: internet.dialler, proxies }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(InvalidInput);
    expect([internet.resolved, internet.dialled]).toEqual([[], []]);
    return (error as InvalidInput).message;
  };

  test("an environment that there isn't", async () => {
    await expect(refused("shopp", [shop()])).resolves.toMatch(/got "shopp"; allowed: shop/);
  });

  test("example values, and names each", async () => {
    const message = await refused("production", [production]);
    expect(message).toContain("production.zone.name: got example.com;");
    expect(message).toContain("203.0.113.10");
  });

  test.each([
    [{ "red-other": "frankfurt-keyvalue.render.com" }, 'got "red-other"'],
    [{ abcdefghijklmnopqrst: "db.elsewhere.dev" }, 'got "db.elsewhere.dev"; allowed: <name>.pooler.supabase.com'],
    [{ abcdefghijklmnopqrst: "pooler.supabase.com.elsewhere.dev" }, "allowed: <name>.pooler.supabase.com"],
    [{ "red-c0ffee0c0ffee0c0ffee": "127.0.0.1" }, "allowed: <region>-keyvalue.render.com"],
  ])("the proxy of %j", async (proxies, message) => {
    await expect(refused("shop", [shop()], proxies)).resolves.toContain(message);
  });
});
