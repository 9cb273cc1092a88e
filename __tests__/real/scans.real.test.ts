import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { App, TerraformStack } from "cdktf";
import { ScanSchedule } from "../../constructs";
import { scanFiles } from "../../constructs/scan-schedule/files/scan-files";
import { scanFilesInput } from "../../constructs/scan-schedule/files/scan-files-input";
import { whileProving } from "../../policy/synth";
import { BINDINGS_VERSIONS, DEFAULT_VERSIONS, pinProvider } from "../../stacks/provider-versions";
import { localState } from "../../stacks/environment-stack";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { GithubStandIn } from "../../rehearsal/github/stand-in";
import { whyNoProviders } from "../support/provider-mirror";
import { aRepository } from "../support/repositories";
import { Terraform } from "../support/terraform";

const TOKEN = "11111111-2222-3333-4444-555555555555";
const REGISTER = "compliance/pentest/register.json";
const repository = aRepository("acme/api", { snyk: { writeToken: true } });
/** The rule by which a team has to review what could change the gate. */
const REVIEW = [
  {
    type: "pull_request",
    parameters: expect.objectContaining({
      required_reviewers: [expect.objectContaining({ minimum_approvals: 1, reviewer: { id: 4_711, type: "Team" } })],
    }) as unknown,
  },
];
const rendered = scanFiles(scanFilesInput(repository));
describe.each([DEFAULT_VERSIONS, BINDINGS_VERSIONS])("with github $github", (versions) => {
  const { github } = versions;
  /** Only the newer of the two can do everything. */
  const newest = versions === DEFAULT_VERSIONS;

  describeUnless(
    [whyNoProgram("terraform", "version"), whyNoProviders({ github })],
    "a repository that the scans are applied to",
    () => {
      const folder = mkdtempSync(join(tmpdir(), "scans-"));
      let standIn: GithubStandIn;
      let terraform: Terraform;
      const output: string[] = [];
      const state = () => standIn.repository("acme/api");
      const written = () =>
        standIn.writes.map(({ method, path }) => `${method} ${path.replace("repos/acme/api/", "")}`);

      beforeAll(async () => {
        standIn = await GithubStandIn.start(["acme/api", "mallory/api"]);
        const app = new App({ outdir: join(folder, "cdktf.out"), stackTraces: false });
        const stack = new TerraformStack(app, "scans");
        localState(stack);
        new GithubProvider(stack, "github", { owner: "acme" });
        pinProvider(stack, "github", versions);
        new ScanSchedule(stack, "Scans", { name: "shop", repositories: [repository], providerVersion: github });
        whileProving(app, () => {
          app.synth();
        });
        terraform = new Terraform(join(folder, "cdktf.out/stacks/scans"), {
          ...standIn.environment,
          TF_VAR_snyk_token: TOKEN,
        });
        await terraform.init();
      });

      afterAll(async () => {
        await standIn.stop();
        rmSync(folder, { recursive: true });
      });

      beforeEach(() => {
        standIn.forgetRequests();
      });

      test.each<[string, () => void, Readonly<Record<string, string>>, string]>([
        ["a namesake of another owner", () => undefined, { GITHUB_OWNER: "mallory" }, "unset GITHUB_OWNER"],
        ["one with another default branch", () => (state().defaultBranch = "trunk"), {}, "not the default branch"],
        ["an archived one", () => (state().archived = true), {}, "is archived"],
        ["one whose token is missing", () => undefined, { TF_VAR_snyk_token: "short" }, "TF_VAR_snyk_token must hold"],
      ])("refuses the plan for %s, and writes nothing", async (_what, change, variables, message) => {
        change();
        const run = await terraform.with(variables).tryApply();
        Object.assign(state(), { defaultBranch: "main", archived: false });
        output.push(run.output);
        expect([run.code, run.output.replace(/\s*\n[│\s]*/g, " ")]).toEqual([1, expect.stringContaining(message)]);
        expect(standIn.writes).toEqual([]);
      });

      test("gets its secrets, then every file in its order, then the gate", async () => {
        // Without a resource for them, alerts have to be on already.
        state().alerts = !newest;
        output.push((await terraform.apply()).output);
        expect(standIn.refusals).toEqual([]);
        const files = rendered.map(({ path }) => `PUT contents/${path}`);
        const first = ["PUT actions/secrets/SNYK_TOKEN", "PUT dependabot/secrets/SNYK_TOKEN"];
        const order = written().filter((write) => [...first, ...files, "POST rulesets"].includes(write));
        expect(order.slice(0, 2).sort()).toEqual(first);
        expect(order.slice(2)).toEqual([...files, "POST rulesets"]);
      });

      test("has its alerts on before its security updates", () => {
        expect([state().alerts, state().securityUpdates]).toEqual([true, true]);
      });

      test("holds the rendered files byte for byte", () => {
        const texts = [...state().files].map(([path, content]) => [path, content.toString("utf8")]);
        expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(rendered.map(({ path, text }) => [path, text])));
      });

      test("has the gate that was meant", () => {
        expect([...state().rulesets.values()]).toEqual([
          expect.objectContaining({
            enforcement: "active",
            bypass_actors: [{ actor_id: 123_456, actor_type: "Integration", bypass_mode: "always" }],
            rules: expect.arrayContaining([
              expect.objectContaining({
                type: "required_status_checks",
                parameters: expect.objectContaining({
                  required_status_checks: [{ context: "snyk-gate", integration_id: 15_368 }],
                }) as unknown,
              }) as unknown,
              ...(newest ? REVIEW : []),
            ]) as unknown,
          }),
        ]);
      });

      test("has nothing to change in a second plan", async () => {
        const { code, output: said } = await terraform.plan();
        output.push(said);
        expect([code, said]).toEqual([0, expect.stringContaining("No changes.")]);
      });

      test("keeps the token out of JSON and output; the state holds it, as is documented", () => {
        expect(output.filter((text) => text.includes(TOKEN))).toEqual([]);
        expect(readFileSync(join(terraform.folder, "cdk.tf.json"), "utf8")).not.toContain(TOKEN);
        expect(readFileSync(join(folder, "terraform.scans.tfstate"), "utf8")).toContain(TOKEN);
      });

      test("gets back what somebody changed or deleted by hand", async () => {
        state().files.set(".github/workflows/snyk.yml", Buffer.from("name: harmless\n"));
        state().files.delete(".github/security/snyk-scan.cjs");
        state().securityUpdates = false;
        const [id = "", gate = {}] = [...state().rulesets][0] ?? [];
        const admins = { actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" };
        state().rulesets.set(id, { ...gate, bypass_actors: [admins] });
        state().files.set(REGISTER, Buffer.from("{}"));
        await terraform.apply();
        const snyk = rendered.find(({ path }) => path.endsWith("snyk.yml"))?.text;
        expect(state().files.get(".github/workflows/snyk.yml")?.toString("utf8")).toBe(snyk);
        expect(state().files.has(".github/security/snyk-scan.cjs")).toBe(true);
        expect(state().securityUpdates).toBe(true);
        expect(state().rulesets.get(id)).toMatchObject({
          enforcement: "active",
          bypass_actors: [{ actor_id: 123_456, actor_type: "Integration", bypass_mode: "always" }],
        });
        expect((await terraform.plan()).code).toBe(0);
      });

      test("loses the gate before the files when all is destroyed, and keeps the register", async () => {
        await terraform.destroy();
        expect(standIn.refusals).toEqual([]);
        const lost = written();
        expect(lost.indexOf("DELETE rulesets/1001")).toBeLessThan(
          lost.findIndex((write) => write.startsWith("DELETE contents/")),
        );
        expect([...state().files.keys()]).toEqual([REGISTER]);
      });
    },
  );
});
