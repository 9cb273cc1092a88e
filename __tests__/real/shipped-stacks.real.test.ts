import { environments } from "../../environments";
import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { CloudflareStandIn } from "../support/cloudflare-stand-in";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { edgeTerraform, zonesOf } from "../support/edge-run";
import { whyNoProviders } from "../support/provider-mirror";
import { Workspace } from "../support/workspace";

const SECRET = "4f1d7c2b9a8e6053d1c4b7a2e9f80615";

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders(DEFAULT_VERSIONS)],
  "the shipped environments, to the real Terraform and providers",
  () => {
    const workspace = new Workspace();
    let standIn: CloudflareStandIn;
    const terraform = (name: string) => edgeTerraform(workspace, standIn, { name }, { [name]: SECRET });

    beforeAll(async () => {
      workspace.synthesizeShipped();
      standIn = await CloudflareStandIn.start(zonesOf(environments));
      for (const { name } of environments) await terraform(name).init();
    });

    afterAll(async () => {
      await standIn.stop();
      workspace.remove();
    });

    describe.each(environments.map(({ name }) => name))("%s", (name) => {
      test("is valid", async () => {
        const { output } = await terraform(name).validate();
        expect(output).toContain("The configuration is valid");
      });

      test("stops at plan and says which values are still examples", async () => {
        const { code, output } = await terraform(name).plan();
        expect(code).toBe(1);
        expect(flowing(output)).toContain(`environment "${name}" still holds example values: zone.name (example.`);
        expect(flowing(output)).toContain("Replace them in the environment's file");
      });

      test("stops at apply before anything is written, to the platform or to a state", async () => {
        const { code } = await terraform(name).tryApply();
        expect(code).toBe(1);
        expect(standIn.writes).toEqual([]);
        expect(workspace.hasState(name)).toBe(false);
      });
    });
  },
);

/** Terraform's message without the frame and the line breaks that its width gives it. */
function flowing(output: string): string {
  return output.replace(/\s*\n│?\s*/g, " ");
}
