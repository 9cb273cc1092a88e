import { Testing } from "cdktf";
import { scanFiles } from "../../../constructs/scan-schedule/files/scan-files";
import { scanFilesInput } from "../../../constructs/scan-schedule/files/scan-files-input";
import { Accept } from "../../../policy/accept";
import { GithubPlan } from "../../../policy/github-plan";
import { ScannedManifest } from "../../../policy/scanned-manifest";
import { aRepository } from "../../support/repositories";
import {
  addressesOf,
  type Attributes,
  jsonOf,
  predecessorsOf,
  resourcesOf,
  type TerraformJson,
} from "../../support/synthesized";
import { annotationsOf, scansOf } from "./support";

const { gate: _gate, ...ungated } = aRepository();
const SCAN_1 = [Accept.declared("SCAN-1", "the plan has no rulesets")];
const files = (json: TerraformJson): readonly Attributes[] => resourcesOf(json, "github_repository_file");
const [ruleset] = resourcesOf(jsonOf(scansOf()), "github_repository_ruleset");

/** The text that Terraform reads from a string of its JSON: the counterpart of the escape, written independently. */
const asTerraformReads = (text: unknown): string => String(text).replaceAll("$${", "${").replaceAll("%%{", "%{");

describe("the files of a repository", () => {
  test("are the rendered ones, byte for byte, after Terraform has read them", () => {
    const repository = aRepository();
    const written = Object.fromEntries(
      files(jsonOf(scansOf([repository]))).map(({ file, content }) => [file, asTerraformReads(content)]),
    );
    expect(written).toEqual(
      Object.fromEntries(scanFiles(scanFilesInput(repository)).map(({ path, text }) => [path, text])),
    );
  });

  test("hold no text that Terraform would take for a template", () => {
    for (const { content } of files(jsonOf(scansOf()))) {
      expect(String(content).replace(/\$\$\{|%%\{/g, "")).not.toMatch(/[$%]\{/);
    }
  });

  test("overwrite what is there, on the default branch, each with a message and without an author", () => {
    for (const file of files(jsonOf(scansOf([aRepository("acme/api", { defaultBranch: "trunk" })])))) {
      expect(file).toMatchObject({ repository: "api", branch: "trunk", overwrite_on_create: true });
      expect(file["commit_message"]).toBe(`ci: write ${String(file["file"])}`);
      expect(Object.keys(file).filter((key) => /^commit_(author|email)$|^autocreate/.test(key))).toEqual([]);
    }
  });

  test("are written one after the other", () => {
    const json = jsonOf(scansOf());
    const chain = addressesOf(json, "github_repository_file").map((address) => predecessorsOf(json, address).size);
    expect([...chain].sort((one, other) => one - other)).toEqual(chain.map((_, index) => index));
  });

  test("don't wait for those of another repository", () => {
    const json = jsonOf(scansOf([aRepository("acme/api"), aRepository("acme/dashboard")]));
    const waits = (address: string) =>
      [...predecessorsOf(json, address)].map((each) => /Scans_([a-z]+)_/.exec(each)?.[1]);
    for (const name of ["api", "dashboard"]) {
      const own = addressesOf(json, "github_repository_file").filter((address) => address.includes(`Scans_${name}_`));
      expect(new Set(own.flatMap(waits))).toEqual(new Set([name]));
    }
  });

  test("never hold the register of penetration tests", () => {
    expect(files(jsonOf(scansOf())).map(({ file }) => file)).not.toContain("compliance/pentest/register.json");
  });

  test("hold the penetration test only where the register is kept", () => {
    const { pentest: _pentest, ...other } = aRepository("acme/dashboard");
    const json = jsonOf(scansOf([aRepository("acme/api"), other]));
    const about = (name: string) =>
      files(json).filter(({ repository, file }) => repository === name && String(file).includes("pentest")).length;
    expect([about("api"), about("dashboard")]).toEqual([6, 0]);
    const dependabot = files(json).find(
      ({ repository, file }) => repository === "dashboard" && file === ".github/dependabot.yml",
    );
    expect(String(dependabot?.["content"])).not.toContain("pentest");
  });
});

describe("the gate", () => {
  test("requires the check that the workflow reports, from GitHub Actions alone, on the default branch", () => {
    expect(ruleset).toMatchObject({
      repository: "api",
      target: "branch",
      enforcement: "active",
      conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      rules: { required_status_checks: { required_check: [{ context: "snyk-gate", integration_id: 15_368 }] } },
    });
  });

  test("lets only the App that Terraform authenticates as bypass it", () => {
    expect(ruleset?.["bypass_actors"]).toEqual([
      { actor_id: 123_456, actor_type: "Integration", bypass_mode: "always" },
    ]);
  });

  test("asks the named team to review the files that could change the gate, again after every push", () => {
    expect((ruleset?.["rules"] as Attributes)["pull_request"]).toEqual({
      required_approving_review_count: 0,
      dismiss_stale_reviews_on_push: true,
      required_reviewers: [
        {
          file_patterns: [".github/workflows/**", ".github/security/**", "**/.snyk"],
          minimum_approvals: 1,
          reviewer: { id: expect.stringMatching(/^\$\{data\.github_team\.\w+\.id\}$/) as string, type: "Team" },
        },
      ],
    });
  });

  test("asks for no review without a team, and says that a pull request can edit it", () => {
    const stack = scansOf([aRepository("acme/api", { gate: { terraformApp: "123456" } })]);
    const [open] = resourcesOf(jsonOf(stack), "github_repository_ruleset");
    expect(open?.["rules"]).not.toHaveProperty("pull_request");
    expect(annotationsOf(stack, "warn")).toEqual([
      "shop only declares SCAN-1: a pull request to acme/api can edit the gate that judges it; name a team in gate.reviewedBy",
    ]);
  });

  test("comes after every file", () => {
    const json = jsonOf(scansOf());
    const [gate = ""] = addressesOf(json, "github_repository_ruleset");
    expect([...predecessorsOf(json, gate)]).toEqual(
      expect.arrayContaining([...addressesOf(json, "github_repository_file")]),
    );
  });

  test("is left out where the environment accepts SCAN-1 as declared, with a warning", () => {
    const stack = scansOf([ungated], { accept: SCAN_1 });
    expect(resourcesOf(jsonOf(stack), "github_repository_ruleset")).toEqual([]);
    expect(annotationsOf(stack, "warn")).toEqual([
      "shop only declares SCAN-1: acme/api requires no check, so that pull requests are merged whatever Snyk finds",
    ]);
  });
});

test("a manifest that may pass unscanned gives a warning", () => {
  const manifests = [ScannedManifest.pip("requirements.txt", { passUnscannable: true })];
  const accept = [Accept.declared("SCAN-1", "one dependency has no wheel")];
  expect(annotationsOf(scansOf([aRepository("acme/api", { manifests })], { accept }), "warn")).toEqual([
    "shop only declares SCAN-1: requirements.txt of acme/api is merged unscanned where only running its code would tell what it depends on",
  ]);
});

describe("Dependabot", () => {
  test("gets alerts first, then security updates", () => {
    const json = jsonOf(scansOf());
    expect(resourcesOf(json, "github_repository_vulnerability_alerts")).toEqual([
      expect.objectContaining({ repository: "api", enabled: true }),
    ]);
    expect(resourcesOf(json, "github_repository_dependabot_security_updates")).toEqual([
      expect.objectContaining({ repository: "api", enabled: true }),
    ]);
    const [updates = ""] = addressesOf(json, "github_repository_dependabot_security_updates");
    expect([...predecessorsOf(json, updates)]).toEqual([
      ...addressesOf(json, "github_repository_vulnerability_alerts"),
    ]);
  });

  test("creates its own labels: a label of Terraform's whose answer is lost could not be created again", () => {
    const json = jsonOf(scansOf());
    expect(resourcesOf(json, "github_issue_label")).toEqual([]);
    const dependabot = files(json).find(({ file }) => file === ".github/dependabot.yml");
    expect(String(dependabot?.["content"])).not.toContain("labels:");
  });
});

describe("a missing feature", () => {
  const told = (stack: ReturnType<typeof scansOf>) =>
    (
      jsonOf(stack) as unknown as {
        output: { repository_scans: { value: { limits: string[]; repositories: unknown } } };
      }
    ).output.repository_scans.value;

  test("is in the output of the stack, by repository", () => {
    const repository = { ...ungated, plan: GithubPlan.FREE, codeSecurity: false, snyk: { dependabotSecret: false } };
    expect(told(scansOf([repository], { accept: SCAN_1 })).repositories).toEqual({
      "acme/api": {
        declared: [expect.stringMatching(/^SCAN-1: acme\/api requires no check/)],
        consequences: [
          expect.stringContaining("no code scanning"),
          expect.stringContaining("no Dependabot secret"),
          expect.stringContaining("while Snyk can't be reached"),
        ],
      },
    });
  });

  test("is not reported where a repository has every feature", () => {
    const stack = scansOf([aRepository("acme/api", { snyk: { blockWhenUnavailable: true } })]);
    expect(told(stack).repositories).toEqual({ "acme/api": { declared: [], consequences: [] } });
    expect(told(stack).limits).toHaveLength(2);
    expect([annotationsOf(stack, "warn"), annotationsOf(stack, "info")]).toEqual([[], []]);
  });

  test("that follows from an option is told as information", () => {
    expect(annotationsOf(scansOf(), "info")).toEqual([
      "acme/api: A pull request passes unscanned while Snyk can't be reached; the push that merges it does not.",
    ]);
  });
});

test("snapshot, without the files' contents", () => {
  const json = JSON.parse(
    Testing.synth(scansOf([aRepository("acme/api", { snyk: { writeToken: true } })]), true),
    (key, value: unknown) => (key === "content" ? "(rendered)" : value),
  ) as unknown;
  expect(json).toMatchSnapshot();
});
