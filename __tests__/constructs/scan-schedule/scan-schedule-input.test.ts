import { App } from "cdktf";
import { ScanSchedule } from "../../../constructs";
import { Accept } from "../../../policy/accept";
import type { Repository } from "../../../policy/repository";
import { ScannedManifest } from "../../../policy/scanned-manifest";
import { problemsWith } from "../../support/problems";
import { aRepository } from "../../support/repositories";
import { addressesOf, aStack, type Attributes, jsonOf, predecessorsOf, resourcesOf } from "../../support/synthesized";
import { annotationsOf, scansOf } from "./support";

const { gate: _gate, ...ungated } = aRepository();
const SCAN_1 = [Accept.declared("SCAN-1", "the plan has no rulesets")];

describe("a provider", () => {
  test.each([
    ["6.9.0", false, false],
    ["6.10.99", false, false],
    ["6.11.0", false, true],
    ["6.12.0", true, true],
    ["6.13.0", true, true],
    ["7.0.0", true, true],
  ])("of version %s has alerts: %s, required reviewers: %s", (providerVersion, alerts, reviewers) => {
    const stack = scansOf([aRepository()], { providerVersion });
    const json = jsonOf(stack);
    const [gate] = resourcesOf(json, "github_repository_ruleset");
    expect(resourcesOf(json, "github_repository_vulnerability_alerts")).toHaveLength(alerts ? 1 : 0);
    expect("pull_request" in (gate?.["rules"] as object)).toBe(reviewers);
    const warnings = annotationsOf(stack, "warn");
    expect(warnings.filter((text) => text.startsWith("shop only declares SCAN-2"))).toHaveLength(alerts ? 0 : 1);
    expect(warnings.filter((text) => text.startsWith("shop only declares SCAN-1"))).toHaveLength(reviewers ? 0 : 1);
  });

  test("is that of the bindings where no version is named", () => {
    const stack = aStack((filled) => {
      new ScanSchedule(filled, "Scans", { name: "shop", repositories: [aRepository()] });
    });
    const bindings = scansOf([aRepository()], { providerVersion: "6.9.0" });
    expect(annotationsOf(stack, "warn")).toEqual(annotationsOf(bindings, "warn"));
  });
});

describe("the Snyk token", () => {
  const written = (snyk: Repository["snyk"]) =>
    jsonOf(scansOf([aRepository("acme/api", { snyk: { writeToken: true, ...snyk } })]));

  test("is in no file by default: its secrets are only named", () => {
    const json = jsonOf(scansOf());
    expect([addressesOf(json, "github_actions_secret", "github_dependabot_secret"), json.variable]).toEqual([
      [],
      undefined,
    ]);
  });

  test("is written into both secrets where that is asked for, from a sensitive variable without default", () => {
    const json = written({});
    for (const type of ["github_actions_secret", "github_dependabot_secret"]) {
      expect(resourcesOf(json, type)).toEqual([
        expect.objectContaining({ repository: "api", secret_name: "SNYK_TOKEN", plaintext_value: "${var.snyk_token}" }),
      ]);
    }
    expect(json.variable).toEqual({
      snyk_token: expect.objectContaining({ sensitive: true, nullable: false, type: "string" }) as unknown,
    });
    expect(json.variable?.["snyk_token"]).not.toHaveProperty("default");
    expect(json.variable?.["snyk_token"]).not.toHaveProperty("validation");
  });

  test("is checked before anything is changed, by a message that doesn't show it", () => {
    const [secret] = resourcesOf(written({}), "github_actions_secret");
    expect(secret?.["lifecycle"]).toEqual({
      precondition: [
        {
          condition: '${can(regex("^[!-~]{16,}$", var.snyk_token))}',
          error_message: expect.not.stringContaining("${") as string,
        },
      ],
    });
  });

  test("is there before the first workflow runs", () => {
    const json = written({});
    const secrets = addressesOf(json, "github_actions_secret", "github_dependabot_secret");
    for (const file of addressesOf(json, "github_repository_file")) {
      expect([...predecessorsOf(json, file)]).toEqual(expect.arrayContaining([...secrets]));
    }
  });

  test("isn't written for Dependabot where there is to be no such secret", () => {
    expect(addressesOf(written({ dependabotSecret: false }), "github_dependabot_secret")).toEqual([]);
  });

  test("is one variable for the repositories that name one secret", () => {
    const snyk = { writeToken: true };
    const json = jsonOf(scansOf([aRepository("acme/api", { snyk }), aRepository("acme/dashboard", { snyk })]));
    expect(Object.keys(json.variable ?? {})).toEqual(["snyk_token"]);
  });
});

describe("a repository that isn't the one that is meant", () => {
  const [data] = Object.values(
    (jsonOf(scansOf()) as { data?: Record<string, Record<string, Attributes>> }).data?.["github_repository"] ?? {},
  );

  test("is looked up by its name, so that the provider's owner shows", () => {
    expect([data?.["name"], data?.["full_name"]]).toEqual(["api", undefined]);
  });

  test("fails the plan: a namesake, another default branch, an archived one", () => {
    const { postcondition } = data?.["lifecycle"] as { postcondition: readonly { condition: string }[] };
    expect(postcondition.map(({ condition }) => condition)).toEqual([
      '${lower(self.full_name) == "acme/api"}',
      '${self.default_branch == "main"}',
      "${!self.archived}",
    ]);
  });
});

describe("claims", () => {
  const twoStacks = (one: readonly Repository[], other: readonly Repository[]) => {
    const app = new App({ stackTraces: false });
    scansOf(one, { accept: SCAN_1 }, { name: "one", app });
    return () => scansOf(other, { accept: SCAN_1 }, { name: "two", app });
  };

  test("fail for every file, the settings and the ruleset of a repository that another construct owns, in any case", () => {
    const got = problemsWith(twoStacks([aRepository()], [aRepository("Acme/API")])).map((problem) => problem.got);
    expect(got).toHaveLength(14);
    expect(got).toEqual(
      expect.arrayContaining([
        "a second owner of the file .github/workflows/snyk.yml of repository acme/api, which one/Scans owns",
        "a second owner of the Dependabot settings of repository acme/api, which one/Scans owns",
        "a second owner of the ruleset snyk-gate of repository acme/api, which one/Scans owns",
      ]),
    );
  });

  test("fail for a repository that is named twice", () => {
    expect(() => scansOf([aRepository(), aRepository()])).toThrow("a second owner of the file");
  });

  test("pass for another repository", () => {
    expect(twoStacks([aRepository()], [aRepository("acme/dashboard")])).not.toThrow();
  });
});

describe("props", () => {
  test("without repositories make nothing", () => {
    const json = jsonOf(scansOf([]));
    expect([json.resource, (json as { output?: unknown }).output]).toEqual([undefined, undefined]);
  });

  test.each([
    ["name", { name: "Shop" }, "name"],
    ["repositories", { repositories: [aRepository("acme/api", { manifests: [] })] }, "repositories[0].manifests"],
    ["repositories together", { repositories: [aRepository(), aRepository("other/api")] }, "shop.repositories[1].name"],
    ["gate", { repositories: [ungated] }, "shop.repositories[0].gate"],
    ["accept", { accept: [{ kind: "declared", statement: "SCAN-9" }] as never }, "accept[0].statement"],
    ["providerVersion", { providerVersion: ">= 6.12" }, "providerVersion"],
  ])("with a bad %s are refused", (_what, props, at) => {
    expect(problemsWith(() => scansOf([aRepository()], props))[0]?.at).toBe(at);
  });

  test("are refused with all their problems at once", () => {
    const problems = problemsWith(() =>
      scansOf([aRepository("acme/api", { manifests: [ScannedManifest.uv("../uv.lock")] })], {
        providerVersion: "latest",
      }),
    );
    expect(problems.map(({ at }) => at)).toEqual(["repositories[0].manifests[0].path", "providerVersion"]);
  });
});
