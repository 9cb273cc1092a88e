import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import type { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { Loopback } from "../support/loopback";
import { domain } from "../../rehearsal/render";
import { UNRESTRICTED } from "../../rehearsal/supabase";
import { admitted } from "../../rehearsal/openings";
import {
  ADDRESSES,
  aPlatformEnvironment,
  CLOSED,
  dedicated,
  domains,
  HOST,
  keyValue,
  project,
  webService,
  workerType,
} from "../support/platform-environment";
import { platformStack } from "../support/platform-stack";
import { whyNoProviders } from "../support/provider-mirror";
import { check, shippedAppliers, type ShippedApplier } from "../support/shipped-appliers";
import { QUICK } from "../support/run-applier";
import type { Terraform } from "../support/terraform";
import { Workspace } from "../support/workspace";

const environment = aPlatformEnvironment();
const EVERYBODY = [{ cidrBlock: "0.0.0.0/0", description: "everywhere" }];

/** A change that somebody makes by hand, and the kind of applier that has to notice. */
interface ByHand {
  readonly change: string;
  readonly kind: string;
  readonly byHand: (platform: RenderAndSupabase) => void;
}

const CLOSED_BY_DEPLOY: readonly ByHand[] = [
  {
    change: "a database opened to everybody",
    kind: "supabase-network-restrictions",
    byHand: project(UNRESTRICTED),
  },
  {
    change: "a database that admits one address more",
    kind: "supabase-network-restrictions",
    byHand: project({
      ...UNRESTRICTED,
      config: { dbAllowedCidrs: [...ADDRESSES, "9.9.1.1"].map((one) => `${one}/32`), dbAllowedCidrsV6: [] },
    }),
  },
  { change: "Redis opened to everybody", kind: "render-key-value-allow-list", byHand: keyValue(EVERYBODY) },
  {
    change: "an onrender.com name turned on",
    kind: "render-web-service-subdomain",
    byHand: webService({ renderSubdomainPolicy: "enabled" }),
  },
  {
    change: "a web service opened to everybody",
    kind: "render-web-service-allow-list",
    byHand: webService({ ipAllowList: EVERYBODY }),
  },
];

const FOR_AN_OPERATOR: readonly ByHand[] = [
  {
    change: "a custom domain that is no host",
    kind: "render-web-service-subdomain",
    byHand: domains(domain(HOST), domain("old.shop.dev")),
  },
  {
    change: "a worker that became a private service",
    kind: "render-service-type",
    byHand: workerType("private_service"),
  },
  {
    change: "a dedicated set with another address",
    kind: "render-dedicated-addresses",
    byHand: dedicated([...ADDRESSES.slice(1), "9.9.1.1"]),
  },
];

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders({ null: DEFAULT_VERSIONS.null })],
  "state applied through the platforms' APIs, with the real null provider",
  () => {
    const workspace = new Workspace();
    let loopback: Loopback;
    let platform: RenderAndSupabase;
    let terraform: Terraform;
    let appliers: readonly ShippedApplier[] = [];
    const ofKind = (kind: string) => appliers.filter((applier) => applier.kind === kind);
    const checkAll = async () => {
      const codes = appliers.map(async (applier) => [applier.kind, (await check(applier, platform.environment)).code]);
      return Object.fromEntries((await Promise.all(codes)) as [string, number][]) as Record<string, number>;
    };
    const inForce = () => Object.fromEntries(appliers.map(({ kind }) => [kind, 0]));

    beforeAll(async () => {
      workspace.synthesizeApp((app) => {
        platformStack(app, environment);
      });
      loopback = await Loopback.start([environment]);
      ({ platform } = loopback);
      terraform = loopback.terraform(workspace, environment, {}).with(QUICK);
      appliers = shippedAppliers(workspace, environment.name);
      await terraform.init();
    });

    afterAll(async () => {
      await loopback.stop();
      workspace.remove();
    });

    beforeEach(() => {
      platform.arrivals.length = 0;
    });

    test("is of every kind that there is, and open before the first apply", async () => {
      expect(appliers.map(({ kind }) => kind).sort()).toEqual([
        "render-dedicated-addresses",
        "render-key-value-allow-list",
        "render-service-type",
        "render-web-service-allow-list",
        "render-web-service-subdomain",
        "supabase-network-restrictions",
      ]);
      expect(await checkAll()).toEqual({
        "render-dedicated-addresses": 0,
        "render-key-value-allow-list": 1,
        "render-service-type": 0,
        "render-web-service-allow-list": 1,
        "render-web-service-subdomain": 1,
        "supabase-network-restrictions": 1,
      });
    });

    test("converges in the first apply: each thing admits exactly whom it should", async () => {
      expect((await terraform.plan()).code).toBe(2);
      await terraform.apply();
      expect(admitted(platform)).toEqual(CLOSED);
      expect(platform.writes).toHaveLength(4);
      expect(await checkAll()).toEqual(inForce());
    });

    test("has nothing to change in a second plan, and a second apply asks nothing of the platforms", async () => {
      expect((await terraform.plan()).code).toBe(0);
      await terraform.apply();
      expect(platform.arrivals).toEqual([]);
    });

    test("writes nothing when every applier runs again on what is in force", async () => {
      for (const { address } of appliers) await terraform.taint(address);
      expect((await terraform.plan()).code).toBe(2);
      await terraform.apply();
      expect(platform.arrivals.length).toBeGreaterThan(appliers.length);
      expect(platform.writes).toEqual([]);
      expect((await terraform.plan()).code).toBe(0);
    });

    test.each(CLOSED_BY_DEPLOY)(
      "$change by hand is found by --check, not by a plan, and closed by taint and apply",
      async ({ kind, byHand }) => {
        const before = platform.state;
        byHand(platform);
        expect((await terraform.plan()).code).toBe(0);
        expect(await checkAll()).toEqual({ ...inForce(), [kind]: 1 });
        expect(platform.writes).toEqual([]);

        for (const { address } of ofKind(kind)) await terraform.taint(address);
        await terraform.apply();
        expect(platform.writes).toHaveLength(1);
        expect(platform.state).toBe(before);
        expect((await terraform.plan()).code).toBe(0);
        expect(await checkAll()).toEqual(inForce());
      },
    );

    test.each(FOR_AN_OPERATOR)(
      "$change by hand is found by --check, and fails every apply until somebody mends it",
      async ({ kind, byHand }) => {
        const mend = platform.remember();
        byHand(platform);
        const [applier] = ofKind(kind);
        expect(await check(applier as ShippedApplier, platform.environment)).toMatchObject({ code: 1 });
        await terraform.taint(applier?.address ?? "");
        expect((await terraform.tryApply()).code).toBe(1);
        expect((await terraform.tryApply()).code).toBe(1);
        expect(platform.writes).toEqual([]);

        mend();
        await terraform.apply();
        expect((await terraform.plan()).code).toBe(0);
      },
    );

    test("stays when everything is destroyed", async () => {
      const before = platform.state;
      await terraform.destroy();
      expect(platform.arrivals).toEqual([]);
      expect(platform.state).toBe(before);
    });
  },
);
