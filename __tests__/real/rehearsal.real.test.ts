import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EgressAddresses } from "../../policy/egress-addresses";
import { Datastore } from "../../policy/datastore";
import type { Environment } from "../../policy/environment";
import { synthesizeCopy } from "../../rehearsal/copy";
import { Deploy } from "../../rehearsal/deploy";
import { faultNamed, strikeDeploy } from "../../rehearsal/faults";
import { Platforms } from "../../rehearsal/platforms";
import { rehearse } from "../../rehearsal/rehearse";
import { deployReport } from "../../rehearsal/report";
import { type Engine, ENGINES, Sandbox } from "../../rehearsal/sandbox";
import { copyEarlier } from "../../rehearsal/upgrade";
import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { applyEdge } from "../support/applied-edge";
import { aGuest, anEnvironment, ZONE_ID } from "../support/environments";
import { whyNoProviders } from "../support/provider-mirror";
import { aRepository } from "../support/repositories";
import type { TerraformJson } from "../support/synthesized";
import { QUICK } from "../support/run-applier";

const owner = anEnvironment();
const guest = aGuest("dev", owner.name, {
  webhooks: [],
  egress: EgressAddresses.dedicated("egs-c0ffee0c0ffee0c0ffee", ["9.9.9.10", "9.9.9.11", "9.9.9.12"]),
  datastores: [Datastore.supabase("abcdefghijabcdefghij"), Datastore.renderKeyValue("red-c0ffee0c0ffee0c0ffee")],
  repositories: [aRepository("acme/api", { snyk: { writeToken: true } })],
});
const others = { github: DEFAULT_VERSIONS.github, null: DEFAULT_VERSIONS.null };

/** Runs `use` with a deploy of the guest; the edge of its zone's owner is somebody else's. */
async function deployed<T>(
  engine: Engine,
  use: (deploy: Deploy, platforms: Platforms, sandbox: Sandbox) => Promise<T>,
  variables: Readonly<Record<string, string>> = {},
): Promise<T> {
  const sandbox = await Sandbox.open(engine, process.env);
  const platforms = await Platforms.start([owner, guest]);
  try {
    const { environments } = synthesizeCopy([owner, guest], sandbox.output);
    sandbox.installFor(sandbox.output, [guest.name]);
    return await use(new Deploy({ sandbox, platforms, environments, variables }), platforms, sandbox);
  } finally {
    await platforms.stop();
    sandbox.close();
  }
}

describe.each(ENGINES)("with %s", (engine) => {
  describeUnless(
    [whyNoProgram(engine, "version"), whyNoProviders(others, engine)],
    "a guest of a zone, rehearsed",
    () => {
      test("is deployed, is deployed again without a write, and is destroyed", () =>
        deployed(engine, async (deploy, platforms, sandbox) => {
          const edge = readFileSync(join(sandbox.output, "stacks", owner.name, "cdk.tf.json"), "utf8");
          await applyEdge(platforms, ZONE_ID, JSON.parse(edge) as TerraformJson);
          platforms.cloudflare.forgetRequests();
          const first = await deploy.first(guest.name);
          const steps = [...first, ...(await deploy.second(guest.name)), ...(await deploy.destroy(guest.name))];
          const copy = { environments: [owner, guest], replaced: [], proven: "" };
          const { escapes, version } = sandbox;
          const parts = [{ environment: guest.name, steps }];
          const { text, isGood } = deployReport({ copy, parts, earlier: "", escapes, engine: version, seconds: 0 });
          expect([isGood, text]).toEqual([true, expect.stringContaining("0 attempts to reach anything but loopback")]);
          const before = ["ready", "plan", "appliers --taint", "ready --used", "apply", "probe"];
          const names = [...before, "plan", "appliers --check", "apply again", "inventory", "destroy"];
          expect(steps.map(({ name }) => name)).toEqual(names);
          const writing = steps.filter(({ moments }) => moments.length > 0).map(({ name }) => name);
          expect(writing).toEqual(["apply", "destroy"]);
          expect(platforms.cloudflare.arrivals).toEqual([]);
          expect(platforms.github.refusals).toEqual([]);
        }));

      test("reaches nothing beyond loopback, where a provider would", () =>
        deployed(engine, async (deploy, platforms, sandbox) => {
          const { GITHUB_BASE_URL: _, ...others } = platforms.variables;
          sandbox.lead(others);
          expect((await deploy.engineApply(guest.name)).isGood).toBe(false);
          expect(sandbox.escapes).toBeGreaterThan(0);
          expect(platforms.github.arrivals).toEqual([]);
        }));

      test("is upgraded in place, and opens nothing meanwhile", () =>
        deployed(engine, async (_, platforms, sandbox) => {
          const addresses = EgressAddresses.dedicated("egs-c0ffee0c0ffee0c0ffee", ["9.9.8.1", "9.9.8.2", "9.9.8.3"]);
          const old = join(sandbox.folder, "old/cdktf.out");
          synthesizeCopy([owner, { ...guest, egress: addresses }], old);
          const { environments, verdict } = copyEarlier(old, sandbox.before);
          platforms.seed(environments);
          const before = new Deploy({ sandbox, platforms, environments, output: sandbox.before });
          const [applied] = await before.alone(guest.name);
          expect([verdict, applied?.isGood]).toEqual(["proven", true]);
          platforms.seed([owner, guest]);
          const after = new Deploy({ sandbox, platforms, environments: [owner, guest], before: environments });
          const steps = (await after.first(guest.name, true)).filter(({ name }) => name !== "probe");
          const changes = steps.find(({ name }) => name === "changes")?.said ?? "";
          expect(changes.replace(/\(.*?\)/g, "")).toBe("2 replaced ; 0 destroyed; 0 created; 0 changed");
          expect(steps.flatMap(({ open }) => open.flat())).toEqual([]);
          expect(steps.every(({ isGood }) => isGood)).toBe(true);
        }));

      test.each(["render:500", "supabase:stored", "supabase:lost", "github:409", "github:reset", "github:lost"])(
        "opens nothing when the first write fails by %s, and converges then",
        (name) =>
          deployed(
            engine,
            async (deploy, platforms) => {
              const asked = { name: guest.name, fault: faultNamed(name), done: new Set<string>(), deploy, platforms };
              expect(await strikeDeploy(asked)).toMatchObject({ failed: true, open: [], converged: true });
              expect(await strikeDeploy({ ...asked, done: new Set() })).toBeUndefined();
            },
            QUICK,
          ),
      );
    },
  );

  describeUnless(
    [whyNoProgram(engine, "version"), whyNoProviders(DEFAULT_VERSIONS, engine)],
    "an app, rehearsed",
    () => {
      const folder = mkdtempSync(join(tmpdir(), "rehearsed-"));
      afterAll(() => {
        rmSync(folder, { recursive: true });
      });

      const run = async (environments: readonly Environment[], options: object = {}) => {
        let text = "";
        const write = (part: string): void => void (text += part);
        const common = { environments, engine, writes: 3, variables: process.env, write, tell: () => undefined };
        return { code: await rehearse({ ...common, ...options }), text };
      };

      test("goes well, its guest included", async () => {
        const { code, text } = await run([owner, guest]);
        expect([code, text]).toEqual([0, expect.stringMatching(/dev\.shop\.dev is public after write \d+/)]);
        expect(text).toContain("ok   destroy");
      });

      test("says what an upgrade replaces, and opens nothing meanwhile", async () => {
        mkdirSync(join(folder, "old"));
        const before = anEnvironment({ webhooks: [] });
        synthesizeCopy([before], join(folder, "old/cdktf.out"));
        const { code, text } = await run([owner], { from: join(folder, "old/cdktf.out") });
        expect([code, text]).toEqual([0, expect.stringContaining("0 replaced; 0 destroyed")]);
      });

      test.each(["cloudflare:500", "cloudflare:20217"])("opens nothing when writes fail by %s", async (name) => {
        const { code, text } = await run([owner], { fault: faultNamed(name) });
        expect([code, text]).toEqual([0, expect.stringContaining("the next converged")]);
      });

      test("imports a ruleset whose answer ends before its id, and converges then", async () => {
        const fault = { ...faultNamed("cloudflare:truncated"), at: /\/rulesets$/ };
        const { code, text } = await run([owner], { fault, writes: 1 });
        expect([code, text]).toEqual([0, expect.stringContaining("the next converged once it was imported")]);
      });
    },
  );
});
