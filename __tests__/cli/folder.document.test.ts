import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentsOf } from "../../cli/options";
import { asCalledHere } from "../../cli/program";
import { environments } from "../../environments";
import { Policy } from "../../policy/policy";
import { policyDocument } from "../../verification/terraform/documents";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environments-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a command is about this repository's environments", async () => {
  expect(await environmentsOf(undefined)).toBe(environments);
});

test("a folder that is named has environments of its own", async () => {
  const [first] = Policy.across(environments.slice(0, 1));
  writeFileSync(join(folder, "policy.json"), JSON.stringify(policyDocument(first === undefined ? [] : [first])));
  expect(await environmentsOf(folder)).toEqual(environments.slice(0, 1));
});

test.each([
  [undefined, "got a folder without policy.json and manifest.json"],
  ["{", "policy.json"],
  [JSON.stringify({ format: 1, environments: [] }), "policy.json environments"],
  [JSON.stringify({ format: 1, environments: [{ name: "dev" }] }), "policy.json environments[0].zone"],
])("a folder with %j for a policy is refused by name", async (text, message) => {
  if (text !== undefined) writeFileSync(join(folder, "policy.json"), text);
  await expect(environmentsOf(folder)).rejects.toThrow(message);
});

test("help shows commands as they are called here", () => {
  expect(asCalledHere("npm run -s policy -- verify")).toBe("npm run -s policy -- verify");
});
