import { exitCodeOf, probe } from "../../operations/probe/probe";
import { EdgePart } from "../../policy/edge-options";
import { EgressAddresses } from "../../policy/egress-addresses";
import { EdgePhase } from "../../policy/edge-phase";
import { hostsOf, unguarded } from "../../rehearsal/edge";
import { outsideOf } from "../../rehearsal/outside";
import { Platforms } from "../../rehearsal/platforms";
import { applyEdge } from "../support/applied-edge";
import { anEnvironment, ZONE_ID } from "../support/environments";
import { synthesizedOnce } from "../support/synthesized-once";
import { ADDRESSES, EGRESS_SET } from "../support/platform-environment";

const environment = anEnvironment({ egress: EgressAddresses.dedicated(EGRESS_SET, ADDRESSES) });
const HOST = "app.shop.dev";
const { stacks } = synthesizedOnce([environment]);

describe("the world around stand-ins", () => {
  let platforms: Platforms;

  beforeEach(async () => {
    platforms = await Platforms.start([environment]);
  });
  afterEach(() => platforms.stop());

  async function apply(): Promise<void> {
    await applyEdge(platforms, ZONE_ID, stacks["shop"] ?? {});
    const { render } = platforms.platform;
    for (const [id, service] of render.services)
      render.services.set(id, { ...service, serviceDetails: { renderSubdomainPolicy: "disabled" } });
  }

  const open = () =>
    unguarded(platforms.cloudflare, hostsOf([environment]))
      .filter(([, admitted]) => admitted.length > 0)
      .map(([guard]) => guard);

  const look = async () => {
    const { internet, proxies } = outsideOf(platforms, [environment]);
    try {
      return await probe("shop", [environment], { dialler: internet.dialler, proxies });
    } finally {
      await internet.stop();
    }
  };

  test("is as the environment promises once what a synth wrote is applied", async () => {
    await apply();
    const report = await look();
    expect(report.findings.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
    expect(exitCodeOf(report)).toBe(0);
    expect(open()).toEqual([]);
  });

  test("has no host before its record is written", async () => {
    expect(unguarded(platforms.cloudflare, hostsOf([environment]))).toEqual([]);
    expect(exitCodeOf(await look())).toBe(1);
  });

  test.each([
    [EdgePhase.CUSTOM, "the block of port 8443", /8443/],
    [EdgePhase.REDIRECT, "the redirect of port 80", /redirects for good/],
  ])("shows what is open without the rules of %s", async (phase, guard, expects) => {
    await apply();
    const { rulesets } = platforms.cloudflare.zone(ZONE_ID);
    for (const [id, ruleset] of rulesets) if (ruleset["phase"] === phase) rulesets.delete(id);
    expect(open()).toContain(`${HOST} past ${guard}`);
    const violated = (await look()).findings.filter(({ verdict }) => verdict === "violated");
    expect(violated.map((finding) => finding.expects)).toContainEqual(expect.stringMatching(expects));
  });

  test("shows a setting that was never made", async () => {
    await apply();
    platforms.cloudflare.zone(ZONE_ID).settings.delete("min_tls_version");
    expect(open()).toEqual([`${HOST} past TLS 1.2`]);
    const left = new Map([[HOST, { zone: ZONE_ID, webhooks: [], left: [EdgePart.TLS] }]]);
    expect(unguarded(platforms.cloudflare, left).filter(([, admitted]) => admitted.length > 0)).toEqual([]);
    expect(exitCodeOf(await look())).toBe(1);
  });
});
