import { allOf } from "../../../verification/result";
import { opened } from "../../../verification/statements/spectrum";
import { ZONE_ID } from "../../support/environments";
import { adding, HOST, ORIGIN, shopScene, type Tree } from "../../support/shop";
import { judged, verdicts } from "./edge-statements";
import { sample } from "../../support/sample";

const application = (body: Tree): Tree => ({ zone_id: ZONE_ID, dns: { type: "CNAME", name: "db.shop.dev" }, ...body });
const opens = (body: Tree, ...ports: readonly number[]) =>
  allOf(opened(shopScene(adding("cloudflare_spectrum_application", application(body))), ports));

describe("a Spectrum application", () => {
  test.each<[string, Tree, string]>(
    sample<[string, Tree, string]>(
      [
        ["on a port", { protocol: "tcp/5432" }, "db.shop.dev:5432"],
        ["on a range", { protocol: "tcp/1000-2000" }, "db.shop.dev:1000"],
        ["of UDP", { protocol: "udp/53" }, "db.shop.dev:53"],
        ["on a port that is open anyway", { protocol: "tcp/443", traffic_type: "https" }, "db.shop.dev:443"],
        ["without a name", { protocol: "tcp/22", dns: null }, "the edge:22"],
        ["with a name that only the apply knows", { protocol: "tcp/22", dns: "${var.dns}" }, "the edge:22"],
      ],
      3,
    ),
  )("%s violates PORTS-1", (_what, body, example) => {
    const result = judged("PORTS-1", adding("cloudflare_spectrum_application", application(body)));
    expect(result).toMatchObject({
      verdict: "violated",
      counterexample: [example],
      controls: [
        { name: "cloudflare_spectrum_application.added", pointer: "/resource/cloudflare_spectrum_application/added" },
      ],
    });
  });

  test.each<[string, Tree]>(
    sample<[string, Tree]>(
      [
        ["that only the apply knows", { protocol: "${var.protocol}" }],
        ["of an unknown form", { protocol: "ssh" }],
        ["beyond every port", { protocol: "tcp/70000" }],
        ["backwards", { protocol: "tcp/2000-1000" }],
        ["that it lacks", {}],
        ["in an object", { protocol: { "0": "tcp/22" } }],
      ],
      3,
    ),
  )("on a port %s leaves every statement about ports undecided", (_what, body) => {
    expect(opens(body).verdict).toBe("undecided");
    expect(opens(body, 5432).verdict).toBe("undecided");
  });

  test.each<[string, Tree]>(
    sample<[string, Tree]>(
      [
        ["the port itself", { protocol: "tcp/5432" }],
        ["a range over it", { protocol: "tcp/5000-6000" }],
        ["it at the origin", { protocol: "tcp/443", origin_port: 5432 }],
        ["a range over it at the origin", { protocol: "tcp/443", origin_port: "5000-6000" }],
        ["it directly", { protocol: "tcp/443", origin_direct: ["tcp://192.0.2.1:5432"] }],
      ],
      3,
    ),
  )("that opens %s violates what closes that port", (_what, body) => {
    expect(opens(body, 5432, 6543)).toMatchObject({ verdict: "violated", counterexample: ["db.shop.dev:5432"] });
    expect(opens(body, 6379).verdict).toBe("not applicable");
  });

  test.each<[string, Tree]>([
    ["the port before a range", { protocol: "tcp/5433-6000" }],
    ["the port after a range", { protocol: "tcp/5000-5431" }],
    ["another port", { protocol: "tcp/54321" }],
  ])("doesn't open %s", (_what, body) => {
    expect(opens(body, 5432).verdict).toBe("not applicable");
  });

  test.each<[string, unknown]>([
    ["only the apply knows", "${var.origins}"],
    ["a directive holds", '%{ if true }["tcp://192.0.2.1:5432"]%{ endif }'],
    ["the apply knows one of", ["tcp://192.0.2.1:443", "${var.origin}"]],
    ["have no form that is known", "tcp://192.0.2.1"],
  ])("whose origins %s may open every port", (_what, origin_direct) => {
    expect(opens({ protocol: "tcp/443", origin_direct }, 5432).verdict).toBe("undecided");
  });

  test("without origins of its own opens no port more", () => {
    expect(opens({ protocol: "tcp/443", origin_direct: null }, 5432).verdict).toBe("not applicable");
  });

  test.each<[string, Tree, string]>([
    ["is reached by a public host's name", { dns: { type: "CNAME", name: HOST } }, HOST],
    ["is reached by it in other letters", { dns: { type: "CNAME", name: "App.shop.dev." } }, "App.shop.dev."],
    ["leads to a public host's origin", { origin_dns: { name: ORIGIN }, origin_port: 443 }, ORIGIN],
  ])("that %s takes its requests past the rules", (_what, body, example) => {
    const change = adding("cloudflare_spectrum_application", application({ protocol: "tcp/80", ...body }));
    expect(verdicts(change)).toEqual({
      ...{ "PORTS-1": "violated", "PORTS-2": "violated", "HOOK-1": "violated", "WEB-1": "violated" },
    });
    expect(judged("HOOK-1", change)).toMatchObject({
      ...{ counterexample: [example], controls: [{ name: "cloudflare_spectrum_application.added" }] },
      wrong: "is open to the public, past every rule of the edge",
    });
  });

  test.each<[string, Tree]>([
    ["an address", { origin_direct: ["tcp://192.0.2.1:22"] }],
    ["another name", { origin_dns: { name: "ssh.example.net" } }],
    ["what only the apply knows", { dns: { name: "${var.name}" }, origin_direct: "${var.origins}" }],
    ["what it doesn't say", { dns: "${var.dns}", origin_dns: null }],
  ])("that leads to %s may lead to a public host's origin", (_what, body) => {
    const change = adding("cloudflare_spectrum_application", application({ protocol: "tcp/22", ...body }));
    expect(judged("HOOK-1", change).verdict).toBe("undecided");
    expect(judged("WEB-1", change).verdict).toBe("undecided");
    expect(judged("PORTS-2", change).verdict).toBe("undecided");
  });

  test("of another zone opens nothing here", () => {
    expect(opens({ protocol: "tcp/5432", zone_id: "ffffffffffffffffffffffffffffffff" }).verdict).toBe("not applicable");
  });

  test("whose zone only the apply knows leaves it undecided", () => {
    const change = adding(
      "cloudflare_spectrum_application",
      application({ protocol: "tcp/22", zone_id: "${var.zone}" }),
    );
    expect(judged("PORTS-1", change)).toMatchObject({
      verdict: "undecided",
      unknown: [{ reason: expect.stringContaining("only the apply knows whether the zone of this") as string }],
    });
  });
});
