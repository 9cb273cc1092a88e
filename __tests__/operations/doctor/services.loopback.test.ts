import { CloudflarePlan } from "../../../policy/cloudflare-plan";
import { WorkerEgress } from "../../../policy/worker-egress";
import { aZone } from "../../support/environments";
import { domain } from "../../../rehearsal/render";
import { UNRESTRICTED } from "../../../rehearsal/supabase";
import { KEY_VALUE, PROJECT, SERVICE, WORKER } from "../inventory/shop";
import { SET, Stand, testWrong, wholeShop, type Wrong } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

const WRONG: readonly Wrong[] = [
  [
    "a host behind a static site",
    (stand) => service(stand, "static_site", "https://shop.onrender.com"),
    `render/type/${SERVICE}`,
    /the origin of app\.shop\.dev, is a static_site/,
  ],
  [
    "another onrender.com name",
    (stand) => service(stand, "web_service", "https://shop-2.onrender.com"),
    `render/address/${SERVICE}`,
    /is shop-2\.onrender\.com, and the environment says shop\.onrender\.com/,
  ],
  [
    "a missing custom domain",
    ({ render }) => render.customDomains.set(SERVICE, []),
    "render/domain/app.shop.dev",
    /no custom domain/,
  ],
  [
    "an unverified custom domain",
    ({ render }) => render.customDomains.set(SERVICE, [domain("app.shop.dev", "unverified")]),
    "render/domain/app.shop.dev",
    /app\.shop\.dev is unverified/,
  ],
  [
    "a worker of another type",
    ({ render }) => render.services.set(WORKER, { id: WORKER, type: "private_service", serviceDetails: {} }),
    `render/type/${WORKER}`,
    /is a private_service, and the environment says background_worker/,
  ],
  [
    "a store in another region",
    ({ render }) => render.keyValues.set(KEY_VALUE, { id: KEY_VALUE, ipAllowList: [], region: "oregon" }),
    "render/region/shop",
    /frankfurt \(egs-.*\) and oregon \(red-c0ffee/,
  ],
  [
    "addresses that aren't running",
    ({ render }) => render.dedicatedIps.set(SET, { id: SET, status: "PENDING", ips: [] }),
    `render/dedicated-addresses/${SET}`,
    /is PENDING/,
  ],
  [
    "other addresses",
    ({ render }) => render.dedicatedIps.set(SET, { id: SET, status: "RUNNING", ips: ["9.9.9.1"] }),
    `render/dedicated-addresses/${SET}`,
    /holds 9\.9\.9\.1, and the environment says 9\.9\.9\.10, 9\.9\.9\.11, 9\.9\.9\.12/,
  ],
  [
    "a project without restrictions",
    ({ online }) => online.platform.supabase.projects.set(PROJECT, { ...UNRESTRICTED, entitlement: "disallowed" }),
    `supabase/entitlement/${PROJECT}`,
    /its entitlement is disallowed/,
  ],
];

testWrong(() => stand, WRONG);

describe("the application", () => {
  const application = { "x-render-origin-server": "uvicorn" };

  test.each<[string, number, Readonly<Record<string, string>>, "failure" | "undecided" | undefined]>([
    ["refuses by 401", 401, application, undefined],
    ["serves", 200, application, "failure"],
    ["knows no such page", 404, application, "failure"],
    ["isn't there", 404, { "x-render-routing": "no-server" }, "undecided"],
    ["may not be who refuses", 403, {}, "undecided"],
    ["is behind a challenge", 403, { "cf-mitigated": "challenge" }, "undecided"],
    ["may not be who serves", 200, {}, "failure"],
  ])("that %s without the edge's secret", async (_what, status, headers, level) => {
    stand.refusal = { status, headers };
    const findings = await stand.findings();
    expect(findings.map((finding) => [finding.id, finding.level])).toEqual(
      level === undefined ? [] : [["origin/app.shop.dev", level]],
    );
  });
});

test("the application is asked without any credential", async () => {
  stand.refusal = { status: 200, headers: { "x-render-origin-server": "uvicorn" } };
  const variables = Object.fromEntries(Object.keys(stand.online.variables).map((name) => [name, undefined]));
  const { findings } = await stand.report(wholeShop(), { variables });
  expect(findings.filter(({ level }) => level === "failure").map(({ id }) => id)).toEqual(["origin/app.shop.dev"]);
});

describe("the workers", () => {
  const enterprise = () => ({
    zone: aZone({ plan: CloudflarePlan.ENTERPRISE }),
    workerEgress: WorkerEgress.gatewaySharedWithWebService(1_000),
    accept: [],
  });
  const proxy = (value: string) => stand.render.variables.set(WORKER, [{ key: "HTTPS_PROXY", value }]);

  test.each<[string, () => void, "failure" | "undecided" | undefined]>([
    ["is Gateway's", () => proxy("https://a1b2c3.proxy.cloudflare-gateway.com"), undefined],
    ["is another", () => proxy("https://hunter2.example.com"), "failure"],
    ["isn't set, or by a linked group", () => undefined, "undecided"],
  ])("go through a proxy that %s", async (_what, set, level) => {
    set();
    stand.zone.around.facts = { plan: { legacy_id: "enterprise" } };
    const findings = await stand.findings(wholeShop(enterprise()));
    expect(findings.map((finding) => [finding.id, finding.level])).toEqual(
      level === undefined ? [] : [[`render/proxy/${WORKER}`, level]],
    );
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  });
});

function service(stand: Stand, type: string, url: string): void {
  stand.render.services.set(SERVICE, { id: SERVICE, type, serviceDetails: { url } });
}
