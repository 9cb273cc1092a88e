import { environments } from "../../environments";
import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { Loopback } from "../support/loopback";
import { whyNoProviders } from "../support/provider-mirror";
import { Workspace } from "../support/workspace";

const SECRET = "4f1d7c2b9a8e6053d1c4b7a2e9f80615";

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders(DEFAULT_VERSIONS)],
  "the shipped environments, to the real Terraform and providers",
  () => {
    const workspace = new Workspace();
    let loopback: Loopback;
    const terraform = (name: string) => loopback.terraform(workspace, { name }, { [name]: SECRET });

    beforeAll(async () => {
      workspace.synthesizeShipped();
      loopback = await Loopback.start(environments);
      for (const { name } of environments) await terraform(name).init();
    });

    afterAll(async () => {
      await loopback.stop();
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
        expect(loopback.cloudflare.writes).toEqual([]);
        expect(loopback.platform.arrivals).toEqual([]);
        expect(workspace.hasState(name)).toBe(false);
      });
    });
  },
);

/** Terraform's message without the frame and the line breaks that its width gives it. */
function flowing(output: string): string {
  return output.replace(/\s*\n│?\s*/g, " ");
}
