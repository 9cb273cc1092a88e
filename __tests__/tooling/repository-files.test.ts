import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const text = (path: string): string => readFileSync(join(ROOT, path), "utf8");

test("each path that has code owners exists, or is made by a command", () => {
  const paths = text(".github/CODEOWNERS")
    .split("\n")
    .filter((line) => line.startsWith("/"))
    .map((line) => line.split(/\s+/)[0] ?? "");
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)) && path !== "/provider-locks/")).toEqual([]);
});

test("the policy, its environments and the workflows need a review by security", () => {
  const owned = text(".github/CODEOWNERS");
  for (const path of ["/environments/", "/policy/", "/.github/"]) {
    expect(owned).toMatch(new RegExp(`^${path.replace(".", "\\.")}\\s+@`, "m"));
  }
});

test("the dev container has the Node.js that the project is developed on", () => {
  const { image } = JSON.parse(text(".devcontainer/devcontainer.json")) as { readonly image: string };
  expect(image).toMatch(new RegExp(`:${text(".nvmrc").trim()}$`));
});

test("each schema that the editor is told of exists", () => {
  const settings = JSON.parse(text(".vscode/settings.json")) as { readonly "json.schemas": readonly { url: string }[] };
  expect(settings["json.schemas"].filter(({ url }) => !existsSync(join(ROOT, url)))).toEqual([]);
});

test("the licence says what package.json's word means", () => {
  const { license } = JSON.parse(text("package.json")) as { readonly license: string };
  expect(text("LICENSE")).toContain(`"${license}"`);
});
