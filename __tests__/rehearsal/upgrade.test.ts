import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { environments } from "../../environments";
import { InvalidInput } from "../../errors/invalid-input";
import { exampleValues } from "../../policy/example-values";
import { Policy } from "../../policy/policy";
import { changesIn, copyEarlier } from "../../rehearsal/upgrade";
import { policyDocument } from "../../verification/terraform/documents";
import { synthesizedOnce } from "../support/synthesized-once";

describe("what an earlier synth wrote", () => {
  const folder = mkdtempSync(join(tmpdir(), "earlier-"));
  const [from, to] = [join(folder, "old.out"), join(folder, "before.out")];

  beforeAll(() => {
    const { files } = synthesizedOnce(environments);
    const documents = { "policy.json": JSON.stringify(policyDocument(Policy.across(environments))) };
    for (const [path, text] of Object.entries({ ...files, ...documents })) {
      mkdirSync(dirname(join(from, path)), { recursive: true });
      writeFileSync(join(from, path), text);
    }
    mkdirSync(join(from, "stacks/dev/.terraform"), { recursive: true });
    writeFileSync(join(from, "stacks/dev/.terraform/terraform.tfstate"), "{}");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("is copied without an example value, with its state beside it, and is proven", () => {
    const { environments: copied, verdict } = copyEarlier(from, to);
    expect(verdict).toBe("proven");
    expect(copied.flatMap(exampleValues)).toEqual([]);
    const text = readFileSync(join(to, "stacks/dev/cdk.tf.json"), "utf8");
    const json = JSON.parse(text) as { readonly terraform: { readonly backend: unknown }; readonly locals: unknown };
    expect(json.terraform.backend).toEqual({ local: { path: "../../../terraform.dev.tfstate" } });
    expect(json.locals).toEqual({ example_values: "" });
    expect(() => readFileSync(join(to, "stacks/dev/.terraform/terraform.tfstate"))).toThrow("ENOENT");
  });

  test("names its resources as a synth of the copied environments does", () => {
    const { environments: copied } = copyEarlier(from, join(folder, "named.out"));
    const names = (text: string) => {
      const { resource } = JSON.parse(text) as { readonly resource: Readonly<Record<string, object>> };
      return Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
    };
    for (const { name } of copied) {
      const path = `stacks/${name}/cdk.tf.json`;
      const present = names(synthesizedOnce(copied).files[path] ?? "{}");
      const earlier = names(readFileSync(join(folder, "named.out", path), "utf8"));
      expect(earlier.filter((each) => !each.includes("ExampleValues")).sort()).toEqual(present.sort());
    }
  });

  test("has to be what a synth wrote", () => {
    expect(() => copyEarlier(join(folder, "nothing"), join(folder, "copy"))).toThrow(InvalidInput);
  });
});

test("a plan says what becomes of each resource", () => {
  const change = (address: string, ...actions: readonly string[]) => ({ address, change: { actions } });
  const resource_changes = [
    ...[change("a.kept", "no-op"), change("a.read", "read"), change("a.new", "create"), change("a.gone", "delete")],
    ...[change("a.anew", "delete", "create"), change("a.first", "create", "delete"), change("a.other", "update")],
  ];
  expect(changesIn(`Warning: noise\n${JSON.stringify({ resource_changes })}\n`)).toEqual({
    replaced: ["a.anew", "a.first"],
    destroyed: ["a.gone"],
    created: ["a.new"],
    changed: ["a.other"],
  });
});
