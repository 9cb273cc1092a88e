import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../cli/run";
import { aGuest, anEnvironment } from "../support/environments";
import { ShopFolder } from "../support/output-folder";

const folder = mkdtempSync(join(tmpdir(), "deployment-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function ran(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  let [written, told] = ["", ""];
  const terminal = {
    write: (text: string) => void (written += text),
    tell: (text: string) => void (told += text),
    isInteractive: false,
    columns: 80,
    hasColour: false,
  };
  return { code: await run(["deployment", ...args], terminal, environment), written, told };
}

/** An output folder with the stack `dev`, which asks for an edge secret and has no applier. */
function outputFolder(): string {
  mkdirSync(join(folder, "stacks/dev"), { recursive: true });
  const stack = { terraform: { backend: { s3: {} } }, variable: { edge_secret_dev: {} } };
  writeFileSync(join(folder, "stacks/dev/cdk.tf.json"), JSON.stringify(stack));
  return folder;
}

describe("deployment", () => {
  test("prints the order as one line of JSON", async () => {
    const { code, written } = await ran(["order", "--only=", "--without=production"]);
    expect(code).toBe(0);
    expect(written).toBe(
      '[{"environment":"dev","after":"","owner":"","repositories":""},' +
        '{"environment":"staging","after":"dev","owner":"","repositories":""}]\n',
    );
  });

  test("says which guests of a zone are left out with its owner", async () => {
    const guest = new ShopFolder(undefined, [anEnvironment(), aGuest("guest", "shop")]);
    const { code, written, told } = await ran(["order", "--without=shop", "--folder", guest.path]);
    guest.remove();
    expect({ code, written }).toEqual({ code: 0, written: "[]\n" });
    expect(told).toBe(
      "guest is left out with shop, the owner of its zone. To deploy it alone, name it: --only guest\n",
    );
  });

  test("says whether every applied state is in force: a stack without appliers has none that isn't", async () => {
    expect(await ran(["appliers", "dev", outputFolder()])).toEqual({ code: 0, written: "", told: "" });
  });

  describe("ready", () => {
    const shop = new ShopFolder(({ json }) => {
      json["terraform"] = { backend: { s3: {} } };
    }).prove();
    afterAll(() => {
      shop.remove();
    });
    const planted = [".terraform.lock.hcl", ".terraform/providers/x/y", ".terraform.tfstate.lock.info"];

    test("lets a folder through that is as it was proven", async () => {
      expect(await ran(["ready", "shop", shop.path])).toMatchObject({ code: 0 });
    });

    test("refuses what Terraform would take as its own, unless it has worked there", async () => {
      for (const path of planted) shop.write(`stacks/shop/${path}`, "x");
      const { code, written } = await ran(["ready", "shop", shop.path]);
      expect(code).toBe(1);
      for (const path of planted) expect(written).toContain(`stacks/shop/${path} isn't from a synth`);
      expect(await ran(["ready", "shop", shop.path, "--used"])).toMatchObject({ code: 0 });
    });

    test("refuses elsewhere what Terraform keeps beside a stack only, whatever has worked there", async () => {
      shop.write("stacks/shop/assets/.terraform/x", "x");
      const { code, written } = await ran(["ready", "shop", shop.path, "--used"]);
      expect({ code, written }).toEqual({
        code: 1,
        written: "stacks/shop/assets/.terraform/x isn't the file that was proven\n",
      });
    });
  });

  describe("in a workflow", () => {
    const CI = { GITHUB_ACTIONS: "true", TERRAFORM_VARIABLES: "snyk_token=hush" };

    test.each([
      ["plan", []],
      ["appliers", ["--taint"]],
      ["apply", []],
      ["live", ["--only", "scan"]],
    ])("%s has the runner hide further inputs first", async (step, options) => {
      const { written, told } = await ran([step, "dev", outputFolder(), ...options], CI);
      expect(told).toMatch(/^::add-mask::hush\n/);
      expect(`${written}${told.replace("::add-mask::hush", "")}`).not.toContain("hush");
    });
  });

  test.each([
    [["order", "--only", "prod"], '--only: got "prod"'],
    [["ready", "prod", "FOLDER"], '<environment>: got "prod"'],
    [["live", "prod", "FOLDER"], '<environment>: got "prod"'],
    [["plan", "dev", "nowhere"], "nowhere: got no stack; allowed: the output folder of a synth"],
    [["plan", "dev", "FOLDER"], "edge_secret_dev: got a secret that is not set"],
    [["apply", "dev", "FOLDER"], "edge_secret_dev: got a secret that is not set"],
    [["appliers", "dev", "FOLDER", "--taint"], "edge_secret_dev: got a secret that is not set"],
    [["ready", "dev", "FOLDER"], "policy.json"],
    [["live", "dev", "FOLDER", "--only", "scan"], '--only: got "scan"'],
    [["plan"], "missing required argument"],
    [["roll-back"], "unknown command"],
  ])("ends with 2, and says why, for %j", async (args, message) => {
    const { code, written, told } = await ran(args.map((each) => (each === "FOLDER" ? outputFolder() : each)));
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told).toContain(message);
  });

  test.each(["order", "deployed", "ready", "plan", "appliers", "apply", "live", "lock"])(
    "%s shows how it is used",
    async (step) => {
      const { code, written } = await ran([step, "--help"]);
      expect(code).toBe(0);
      expect(written).toContain(`npm run -s policy -- deployment ${step}`);
      expect(written).toContain("Exit codes: 0 ");
    },
  );
});
