import { InvalidInput } from "../../../errors/invalid-input";
import { inFolder, readOutputFolder } from "../../../verification/terraform/folder";
import { readOutput } from "../../../verification/terraform/output";
import { inMemory } from "../../../verification/terraform/source";
import { ShopFolder } from "../../support/output-folder";
import { adding } from "../../support/shop";
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";

let folder: ShopFolder;

beforeEach(() => {
  folder = new ShopFolder();
});
afterEach(() => {
  folder.remove();
});

/** Every problem of a folder, with its place and the value that was got. */
function problemsOf(path = folder.path): readonly (readonly [string, string])[] {
  try {
    readOutputFolder(path);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.problems.map(({ at, got }) => [at, got] as const);
  }
}

const STACK = "stacks/shop/cdk.tf.json";
const manifest = (stack: object, name = "shop") => ({
  stacks: { [name]: { synthesizedStackPath: `stacks/${name}/cdk.tf.json`, ...stack } },
});

describe("an output folder", () => {
  test("is read with its policies, and without a proof says nothing of changes", () => {
    const { model, policies, changed } = readOutputFolder(folder.path);
    expect(model.stacks.map(({ name }) => name)).toEqual(["shop"]);
    expect(policies.map(({ name }) => name)).toEqual(["shop"]);
    expect(changed).toBeUndefined();
  });

  test("is read from memory as from its folder", () => {
    folder.write("stacks/shop/assets/a.mjs", "x").prove();
    const source = inFolder(folder.path);
    const files = source.list().paths.map((path) => [path, readFileSync(join(folder.path, path))] as const);
    const held = inMemory("an app", Object.fromEntries(files));
    const { model, changed } = readOutput(held);
    expect([model.stacks[0]?.resources, changed]).toEqual([
      readOutputFolder(folder.path).model.stacks[0]?.resources,
      [],
    ]);
    expect(Buffer.from(model.stacks[0]?.file("assets/a.mjs") ?? []).toString()).toBe("x");
    expect(() => readOutput(inMemory("an app", {}))).toThrow(/^an app has 2 problems/);
  });

  test("that isn't there is one problem, and none for each file that it lacks", () => {
    const absent = join(folder.path, "absent");
    expect(problemsOf(absent)).toEqual([[absent, "no such folder"]]);
  });

  test("is refused with every problem at once", () => {
    folder
      .write("policy.json", "{")
      .write("manifest.json", manifest({ synthesizedStackPath: "../x" }))
      .write(STACK, "[")
      .write("proof.json", "");
    expect(problemsOf().map(([at]) => at)).toEqual([
      "policy.json",
      "manifest.json stacks.shop.synthesizedStackPath",
      STACK,
      "proof.json",
    ]);
  });

  test.each(["policy.json", "manifest.json", STACK, "proof.json"])("is refused where %s isn't JSON, whole", (name) => {
    for (const text of ["", "{", "nonsense", "[".repeat(100_000), '{"a": "\u001b[31m']) {
      folder.write(name, text);
      expect(problemsOf()).toEqual([[name, expect.any(String)]]);
    }
    truncateSync(join(folder.path, name), 64 * 1024 * 1024 + 1);
    expect(problemsOf()).toEqual([[name, `${64 * 1024 * 1024 + 1} bytes`]]);
  });

  test.each(["policy.json", "manifest.json", STACK])("is refused where %s is missing, or a folder", (name) => {
    folder.removeFile(name);
    expect(problemsOf()).toEqual([[name, "no such file"]]);
    mkdirSync(join(folder.path, name));
    expect(problemsOf()).toEqual([[name, "a folder"]]);
  });

  test.each(["policy.json", "manifest.json", STACK, "proof.json"])("is refused where %s is a device", (name) => {
    rmSync(join(folder.path, name), { force: true });
    symlinkSync("/dev/zero", join(folder.path, name));
    expect(problemsOf()).toEqual([[name, "a symbolic link"]]);
  });

  test("is refused where a file stands in the place of a folder", () => {
    folder.removeFile("stacks").write("stacks", "x");
    expect(problemsOf()).toEqual([[STACK, "no folder on the way to it (ENOTDIR)"]]);
    folder.removeFile("stacks").write("stacks/shop", "x");
    expect(problemsOf()).toEqual([[STACK, "no folder on the way to it (ENOTDIR)"]]);
  });
});

test.each(["policy.json", "manifest.json", STACK])("%s is refused where an object has a name twice", (name) => {
  folder.write(name, '{"resource": {"a": 1}, "other": {}, "resource": {"a": 2}}');
  expect(problemsOf()).toEqual([[name, expect.stringContaining("/resource")]]);
});

describe("policy.json is refused where", () => {
  test.each<[string, unknown, string]>([
    ["it has another format", { format: 2, environments: [] }, "policy.json format"],
    ["it has no format", { environments: [] }, "policy.json format"],
    ["it has no environment", { format: 1, environments: [] }, "policy.json environments"],
    ["its environments are no list", { format: 1, environments: {} }, "policy.json environments"],
    ["it has something else", { format: 1, environments: [], more: 1 }, "policy.json more"],
    ["it is a list", [], "policy.json the value"],
    ["it is null", null, "policy.json the value"],
    [
      "an environment is malformed",
      { format: 1, environments: [{ name: "Shop" }] },
      "policy.json environments[0].name",
    ],
  ])("%s", (_what, document, at) => {
    folder.write("policy.json", document);
    expect(problemsOf().map(([each]) => each)).toContain(at);
  });

  test("its environments don't fit together", () => {
    const { environments } = JSON.parse(JSON.stringify({ environments: readOutputFolder(folder.path).policies })) as {
      readonly environments: readonly object[];
    };
    folder.write("policy.json", { format: 1, environments: [...environments, ...environments] });
    expect(problemsOf().length).toBeGreaterThan(0);
    folder.write("policy.json", {
      format: 1,
      environments: [{ ...environments[0], zone: { kind: "carried", by: "absent" } }],
    });
    expect(problemsOf().length).toBeGreaterThan(0);
  });
});

describe("manifest.json is refused where", () => {
  test.each<[string, unknown, string]>([
    [
      "a stack's file is elsewhere in the folder",
      manifest({ synthesizedStackPath: "stacks/other/cdk.tf.json" }),
      "manifest.json stacks.shop.synthesizedStackPath",
    ],
    [
      "a stack's file is outside of the folder",
      manifest({ synthesizedStackPath: "../../etc/passwd" }),
      "manifest.json stacks.shop.synthesizedStackPath",
    ],
    [
      "a stack's file is an absolute path",
      manifest({ synthesizedStackPath: "/etc/passwd" }),
      "manifest.json stacks.shop.synthesizedStackPath",
    ],
    [
      "a stack is deployed from elsewhere",
      manifest({ workingDirectory: "../evil" }),
      "manifest.json stacks.shop.workingDirectory",
    ],
    ["a stack goes by another name", manifest({ name: "other" }), "manifest.json stacks.shop.name"],
    ["a stack's file isn't named", { stacks: { shop: {} } }, "manifest.json stacks.shop.synthesizedStackPath"],
    ["a stack is null", { stacks: { shop: null } }, "manifest.json stacks.shop"],
    ["a stack's name leads out of the folder", manifest({}, "../shop"), "manifest.json stacks"],
    ["a stack's name is a path", manifest({}, "a/b"), "manifest.json stacks"],
    ["a stack's name is empty", manifest({}, ""), "manifest.json stacks"],
    ["a stack is called like what an object has", JSON.parse('{"stacks": {"__proto__": {}}}'), "manifest.json stacks"],
    ["its stacks are a list", { stacks: [] }, "manifest.json stacks"],
    ["it has no stacks", {}, "manifest.json stacks"],
    ["its dependencies aren't names", manifest({ dependencies: [1] }), "manifest.json stacks.shop.dependencies[0]"],
  ])("%s", (_what, document, at) => {
    folder.write("manifest.json", document);
    expect(problemsOf().map(([each]) => each)).toContain(at);
  });

  test("a stack's file isn't there", () => {
    folder.write("manifest.json", manifest({}, "constructor"));
    expect(problemsOf()).toContainEqual(["stacks/constructor/cdk.tf.json", "no such file"]);
  });
});

describe("a stack is refused where", () => {
  test.each<[string, unknown]>([
    ["it is a list", []],
    ["it is null", null],
    ["its resources are a list", { resource: [] }],
    ["a resource is a list", { resource: { cloudflare_ruleset: { r: [] } } }],
  ])("%s, by its file", (_what, json) => {
    folder.write(STACK, json);
    expect(problemsOf()).toEqual([[expect.stringContaining(STACK), expect.stringContaining("is no JSON object")]]);
  });

  test("several resources are of another form, with each of them", () => {
    folder.write(STACK, { resource: { cloudflare_list: [], cloudflare_ruleset: { r: null, s: {}, t: 1 } } });
    expect(problemsOf()).toEqual([
      [`${STACK} /resource/cloudflare_list`, "[] is no JSON object"],
      [`${STACK} /resource/cloudflare_ruleset/r`, "null is no JSON object"],
      [`${STACK} /resource/cloudflare_ruleset/t`, "1 is no JSON object"],
    ]);
  });

  test.each([
    ...[
      "evil.tf",
      "override.tf.json",
      "cdk.tf",
      "a_override.tf",
      "x.tofu",
      "y.tofu.json",
      ".tf",
      "Evil.TF",
      "new\nline.tf",
    ],
    ...["terraform.tfvars", "terraform.tfvars.json", "a.auto.tfvars", ".auto.tfvars.json", "TERRAFORM.TFVARS"],
    ...["a.tfquery.hcl", "a.tftest.json", "a.tofutest.hcl", "tests/a.tftest.hcl", "tests/terraform.tfvars"],
    ...["terraform.d/plugins/example.com/a/b/1.0.0/linux_amd64/p", ".terraformignore", ".terraform/environment"],
  ])("Terraform would read %j beside it", (name) => {
    folder.write(`stacks/shop/${name}`, "{}");
    const got = expect.stringMatching(/^a file that Terraform reads beside the stack: ./) as string;
    expect(problemsOf()).toEqual([[`stacks/shop/${name}`, got]]);
  });

  test.each([
    ...["metadata.json", "notes.txt", "cdk.tf.json.backup", "prod.tfvars", "assets/A/main.tf", ".terraformrc"],
    ...[".terraform.lock.hcl", ".terraform/providers/p", "terraform.tfstate", "terraform.tfstate.backup"],
  ])("but not for %s", (name) => {
    folder.write(`stacks/shop/${name}`, "{}");
    expect(problemsOf()).toEqual([]);
  });

  test("but not for the workspace that Terraform chooses by itself", () => {
    folder.write("stacks/shop/.terraform/environment", "default\n");
    expect(problemsOf()).toEqual([]);
  });

  test("the manifest doesn't have it, by its folder, but for what Terraform keeps of one that is gone", () => {
    folder.write("stacks/old/.terraform.lock.hcl", "x").write("stacks/.DS_Store", "x");
    expect(problemsOf()).toEqual([]);
    folder.write("stacks/old/notes.txt", "x").write("stacks/older/cdk.tf.json", {});
    const got = "a folder of a stack that manifest.json doesn't have";
    expect(problemsOf()).toEqual(["stacks/old", "stacks/older"].map((at) => [at, got]));
  });

  test("a policy has none, by the policy's name", () => {
    folder.write("manifest.json", { stacks: {} }).removeFile("stacks");
    expect(problemsOf()).toEqual([["policy.json environments[0].name", '"shop"']]);
  });
});

describe("the files of a stack", () => {
  test("are those within its folder", () => {
    folder.write("stacks/shop/assets/a.mjs", "x").write("secret.txt", "y");
    const [stack] = readOutputFolder(folder.path).model.stacks;
    expect(stack?.file("assets/a.mjs")?.toString()).toBe("x");
    for (const path of [
      "../../secret.txt",
      "assets/../../../secret.txt",
      "/etc/hostname",
      "..",
      "assets",
      "absent",
      "",
    ]) {
      expect(stack?.file(path)).toBeUndefined();
    }
  });
});

describe("a folder that was proven", () => {
  const changed = () => readOutputFolder(folder.path).changed;

  test("is as it was", () => {
    expect(folder.prove() && changed()).toEqual([]);
  });

  test.each<[string, () => unknown, readonly string[]]>([
    ["a stack is another", () => folder.write(STACK, { resource: {} }), [STACK]],
    ["a stack has one space more", () => folder.write(STACK, "{} "), [STACK]],
    [
      "the policy is another",
      () => adding("aws_vpc", {}) && folder.write("policy.json", `${JSON.stringify(readPolicy())}\n`),
      ["policy.json"],
    ],
    ["a file is new", () => folder.write("stacks/shop/assets/new.mjs", "x"), ["stacks/shop/assets/new.mjs"]],
    ["a file is gone", () => folder.removeFile("stacks/shop/assets/old.mjs"), ["stacks/shop/assets/old.mjs"]],
    [
      "what Terraform keeps beside a stack lies elsewhere",
      () => folder.write("stacks/shop/assets/.terraform/x", "x").write(".terraform.lock.hcl", "x"),
      [".terraform.lock.hcl", "stacks/shop/assets/.terraform/x"],
    ],
  ])("names what differs where %s", (_what, change, paths) => {
    folder.write("stacks/shop/assets/old.mjs", "x").prove();
    change();
    expect(changed()).toEqual(paths);
  });

  test("may hold what Terraform leaves when it runs there", () => {
    folder.prove();
    for (const path of [
      ...[".terraform.lock.hcl", ".terraform/providers/x/y", ".terraform.tfstate.lock.info"],
      ...[
        "terraform.tfstate",
        "terraform.tfstate.backup",
        "terraform.tfstate.d/blue/terraform.tfstate",
        "errored.tfstate",
      ],
    ]) {
      folder.write(`stacks/shop/${path}`, "x");
    }
    expect(changed()).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ["of another format", { format: 2, files: {} }, "proof.json format"],
    ["without files", { format: 1 }, "proof.json files"],
    ["with a hash that is none", { format: 1, files: { "manifest.json": "x" } }, 'proof.json files["manifest.json"]'],
  ])("is refused with a proof.json %s", (_what, document, at) => {
    folder.write("proof.json", document);
    expect(problemsOf().map(([each]) => each)).toEqual([at]);
  });

  function readPolicy(): object {
    return { format: 1, environments: readOutputFolder(folder.path).policies };
  }
});
