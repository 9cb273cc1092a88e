import { sceneOf, type Change, stackOf } from "../../support/proof-scenes";
import { production } from "../../../environments/production";
import { all, FILE, judged, removed, replaced, type Row, set, SNYK, verdictsAfter } from "./repository-changes";
import { sample } from "../../support/sample";

const json =
  (change: (text: string) => string): Change =>
  (folder) => {
    const stack = stackOf(folder, "production");
    stack.json = JSON.parse(change(JSON.stringify(stack.json))) as typeof stack.json;
  };
const provider =
  (configurations: readonly object[]): Change =>
  (folder) => {
    const { json: tree } = stackOf(folder, "production");
    tree["provider"] = { ...(tree["provider"] as object), github: configurations };
  };
const another =
  (file: object): Change =>
  (folder) => {
    folder.stacks["other"] = {
      json: {
        terraform: { required_providers: { github: { source: "integrations/github", version: "6.13.0" } } },
        provider: { github: [{ owner: "Example" }] },
        resource: { github_repository_file: { file } },
      },
      dependencies: [],
      files: {},
    };
  };
const add =
  (type: string, body: object): Change =>
  (folder) => {
    const { resource } = stackOf(folder, "production").json as { resource: Record<string, Record<string, object>> };
    resource[type] = { ...resource[type], Added: body };
  };
const condition = (from: string, to: string): Change => json((text) => text.replaceAll(from, to));

const ROWS: readonly Row[] = [
  ["nobody owns it", json((text) => text.replaceAll('"repository":"api"', '"repository":"other"')), all("violated")],
  ["the provider works for another owner", provider([{ owner: "other" }]), all("violated")],
  ["whom the provider works for is unknown", provider([{ owner: "${var.owner}" }]), all("undecided")],
  ["there is no provider", provider([]), all("undecided")],
  [
    "the provider talks to another server",
    provider([{ owner: "example", base_url: "https://ghes.example.com/" }]),
    all("undecided"),
  ],
  ["a resource has another provider", set(FILE, SNYK, "/provider", "github.other"), all("undecided")],
  ["a resource may be of any repository", set(FILE, SNYK, "/repository", "${var.repository}"), all("undecided")],
  ["a file may be any", set(FILE, SNYK, "/file", "${var.file}"), all("undecided")],
  ["a file has another spelling", set(FILE, SNYK, "/file", "./.github/workflows/snyk.yml"), all("undecided")],
  ["others' changes stay", set(FILE, SNYK, "/lifecycle", { ignore_changes: ["content"] }), all("undecided")],
  ["there may be none", set(FILE, SNYK, "/count", 0), all("undecided")],
  ["the provider is another project's", condition("integrations/github", "evil/github"), all("undecided")],
  ["its default branch is assumed", condition("self.default_branch ==", "self.description =="), all("asserted")],
  ["its owner is assumed", condition("lower(self.full_name) ==", "lower(self.description) =="), all("asserted")],
  ["it may be archived", condition("!self.archived", "!self.fork"), all("asserted")],
  [
    "another stack writes its workflow too",
    another({ repository: "API", branch: "main", file: ".github/workflows/snyk.yml", content: "" }),
    all("undecided"),
  ],
  [
    "an owner's own rulesets aren't modelled",
    (folder) => {
      (stackOf(folder, "production").json["resource"] as Record<string, unknown>)["github_organization_ruleset"] = {
        all: {},
      };
    },
    all("undecided"),
  ],
];

describe("a repository that the policy names", () => {
  test.each(sample(ROWS, 3))("is not held where %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test("is held by a provider with another name", () => {
    const renamed: Change = (folder) => {
      provider([{ owner: "EXAMPLE", alias: "scans" }])(folder);
      const types = stackOf(folder, "production").json["resource"] as Record<
        string,
        Record<string, Record<string, unknown>>
      >;
      for (const [type, named] of Object.entries(types)) {
        if (type.startsWith("github_")) for (const body of Object.values(named)) body["provider"] = "github.scans";
      }
    };
    expect(verdictsAfter(renamed)).toEqual({});
  });

  describe("while the stacks write another name", () => {
    const file = add("github_repository_file", { repository: "api-old", branch: "main", file: "x", content: "x" });
    const label = add("github_issue_label", { repository: "api-old", name: "x", color: "0366d6" });
    const check =
      (name: string): Change =>
      (folder) => {
        const { data } = stackOf(folder, "production").json as { data: { github_repository: Record<string, object> } };
        data.github_repository["Old"] = {
          name: "api-old",
          lifecycle: { postcondition: [{ condition: `\${lower(self.full_name) == "${name}"}`, error_message: "x" }] },
        };
      };
    const assumed = (...changes: readonly Change[]): readonly string[] => {
      const scene = sceneOf([production], (folder) => changes.forEach((change) => change(folder)));
      return judged("SCAN-2", scene).assumptions.filter((text) => text.includes("former name"));
    };

    test("is the only one of its name where the plan checks the other one's", () => {
      expect(assumed(file, check("example/api-old"))).toEqual([]);
    });

    test("is assumed to be the only one of its name where no plan does", () => {
      const expected = ["example/api-old is no former name of example/api, which no plan checks"];
      expect(assumed(file)).toEqual(expect.arrayContaining(expected));
      expect(assumed(file, check("example/api"))).toEqual(expect.arrayContaining(expected));
    });

    test("is the only one that matters to what bears on no statement", () => {
      expect(assumed(label)).toEqual([]);
    });
  });

  test("is told with what is wrong, where, and what to change", () => {
    const result = judged(
      "SCAN-1",
      sceneOf([production], removed("github_repository_ruleset", "api", "/bypass_actors/0")),
    );
    expect(result).toMatchObject({
      verdict: "violated",
      wrong: expect.stringContaining("9999999999") as unknown,
      controls: [
        {
          stack: "production",
          pointer: expect.stringMatching(/^\/resource\/github_repository_ruleset\/.*\/bypass_actors$/) as unknown,
        },
      ],
      change: expect.stringContaining("9999999999") as unknown,
    });
  });

  test("names the file, and what of it isn't known", () => {
    const filtered = replaced(SNYK, "  push:\n", "  push:\n    actors: [a]\n");
    const result = judged("SCAN-3", sceneOf([production], filtered));
    expect(JSON.stringify(result)).toContain(
      ".github/workflows/snyk.yml: no line says its branch as a known text does",
    );
  });

  test("is violated by name where no stack owns it", () => {
    const gone: Change = (folder) => delete folder.stacks["production"];
    expect(judged("SCAN-2", sceneOf([production], gone))).toMatchObject({
      verdict: "violated",
      wrong: expect.stringContaining("example/api") as unknown,
    });
  });
});
