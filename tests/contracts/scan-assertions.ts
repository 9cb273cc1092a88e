import { parse } from "yaml";
import { EVENTS, again } from "../../__tests__/constructs/scan-schedule/files/support/events";
import { allows, filledIn } from "../../__tests__/constructs/scan-schedule/files/support/expressions";
import { vulnerability } from "../../__tests__/constructs/scan-schedule/files/support/stubs";
import { type Job, step, type Workflow } from "../../__tests__/constructs/scan-schedule/files/support/workflow";
import { addressesOf, predecessorsOf, resourcesOf } from "../../__tests__/support/synthesized";
import type { StatementId } from "../../policy/statements";
import { longestGapInDays } from "./longest-gap";
import type { TerraformJson } from "./synthesized-app";
import { WrittenRepository } from "./written-repository";

/** The promises of the shipped environments about their repositories, written down independently of them. */
export const REPOSITORIES = [
  { stack: "production", repository: "api", manager: "uv", manifest: "uv.lock", ecosystem: "uv", register: true },
  {
    stack: "production",
    repository: "dashboard",
    manager: "npm",
    manifest: "package-lock.json",
    ecosystem: "npm",
    register: false,
  },
] as const;

type Promised = (typeof REPOSITORIES)[number];

/** The repositories that keep the register of penetration tests. */
export const REGISTERS = REPOSITORIES.filter(({ register }) => register);

const PENTEST = "pentest-cadence.yml";
const REGISTER = "compliance/pentest/register.json";
const ENGAGEMENT = {
  id: "PT-2026",
  firm: { name: "Example Security Ltd", accreditation: "CREST" },
  window: { start: "2026-02-02", end: "2026-02-13" },
  reportDate: "2026-02-27",
  report: { sha256: "0123456789abcdef".repeat(4), uri: "https://example.com/report" },
  approach: "black-box",
  targets: ["public-api", "dashboard"],
  objectives: ["IDOR", "PRIVILEGE_ESCALATION"],
  findings: { critical: 0, high: 0, medium: 0, low: 0 },
};

type Assertions = Readonly<Record<string, (json: TerraformJson, promised: Promised) => void>>;

/** The resources of a type that belong to a repository, by Terraform address. */
function addresses(json: TerraformJson, type: string, repository: string): readonly string[] {
  return addressesOf(json, type).filter((_, index) => resourcesOf(json, type)[index]?.["repository"] === repository);
}

function schedules({ on }: Workflow): readonly string[] {
  return (on["schedule"] as readonly { readonly cron: string }[]).map(({ cron }) => cron);
}

/** How the scan of a push ends, run as its workflow does for the one leg that it has; `exit` is Snyk's. */
function scan(json: TerraformJson, { repository, manifest }: Promised, exit: number): string {
  const written = new WrittenRepository(json, repository);
  const workflow = written.workflow("snyk.yml");
  const legs = workflow.jobs["scan"]?.strategy?.matrix.include ?? [];
  expect(legs).toHaveLength(1);
  const { env = {}, run = "" } = step(workflow, "scan", "Scan");
  const contexts = { ...EVENTS.push, matrix: legs[0], secrets: { SNYK_TOKEN: "fake-token" } };
  const filled = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filledIn(text, contexts)]));
  const report = exit === 1 ? [vulnerability("SNYK-NEW")] : [];
  const more = { files: { [manifest]: "" }, snyk: { exits: [exit, exit, exit, exit], report, sarif: '{"runs":[]}' } };
  const { code, output } = written.run(run, { ...filled, PROGRAMS: "." }, more);
  if (code === 0) return "passed";
  return output.includes("SNYK-NEW") ? "fails, and names the vulnerability" : "fails";
}

/** How the gate judges the end of the scan. */
function judge(json: TerraformJson, repository: string, result: string): number | null {
  const written = new WrittenRepository(json, repository);
  const { run = "" } = step(written.workflow("snyk.yml"), "gate", "Judge the legs");
  return written.run(run, { RESULT: result, FORK: "false" }, {}).code;
}

/** How the written checker judges a register of one engagement on a day. */
function assessed(json: TerraformJson, repository: string, changes: object, day: string): number | null {
  const written = new WrittenRepository(json, repository);
  const { run = "" } = step(written.workflow(PENTEST), "cadence", "Check the register");
  const register = JSON.stringify({ version: 1, engagements: [{ ...ENGAGEMENT, ...changes }] });
  return written.run(`${run} --now ${day}T12:00:00Z`, {}, { files: { [REGISTER]: register } }).code;
}

/** The assertions of the statements about repositories. */
export const SCAN_ASSERTIONS = {
  "SCAN-1": {
    "Snyk tests the manifest, a vulnerability or an unavailable scan fails, and nothing found passes": (
      json,
      promised,
    ) => {
      const workflow = new WrittenRepository(json, promised.repository).workflow("snyk.yml");
      expect(workflow.jobs["scan"]?.strategy?.matrix.include).toEqual([
        expect.objectContaining({ manager: promised.manager, manifest: promised.manifest }),
      ]);
      expect([0, 1, 2, 3].map((exit) => scan(json, promised, exit))).toEqual([
        "passed",
        "fails, and names the vulnerability",
        "fails",
        "fails",
      ]);
    },
    "a merge needs the check, which passes only with the scan, and no one but one App gets past it": (
      json,
      { repository },
    ) => {
      const rulesets = resourcesOf(json, "github_repository_ruleset").filter(
        (each) => each["repository"] === repository,
      );
      expect(rulesets).toEqual([
        expect.objectContaining({
          target: "branch",
          enforcement: "active",
          conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
          bypass_actors: [{ actor_id: 9_999_999_999, actor_type: "Integration", bypass_mode: "always" }],
        }),
      ]);
      const { required_status_checks: required } = rulesets[0]?.["rules"] as {
        readonly required_status_checks: { readonly required_check: readonly { readonly context: string }[] };
      };
      const gates = Object.values(new WrittenRepository(json, repository).workflow("snyk.yml").jobs).filter(
        ({ name }: Job) => name === required.required_check[0]?.context,
      );
      expect(gates).toEqual([expect.objectContaining({ if: "${{ always() }}", needs: ["scan"] })]);
      const results = ["success", "failure", "cancelled", "skipped"];
      expect(results.map((result) => judge(json, repository, result) === 0)).toEqual([true, false, false, false]);
    },
    "the check is required after every file that it needs": (json, { repository }) => {
      const [ruleset = ""] = addresses(json, "github_repository_ruleset", repository);
      const files = addresses(json, "github_repository_file", repository);
      expect(files).not.toEqual([]);
      expect([...predecessorsOf(json, ruleset)]).toEqual(expect.arrayContaining([...files]));
    },
  },
  "SCAN-2": {
    "Dependabot updates what the manifest and the workflows name": (json, { repository, ecosystem }) => {
      const file = new WrittenRepository(json, repository).text(".github/dependabot.yml");
      const { updates } = parse(file) as { readonly updates: readonly Readonly<Record<string, unknown>>[] };
      expect(updates.map((update) => update["package-ecosystem"])).toEqual([ecosystem, "github-actions"]);
      for (const update of updates) {
        expect(update["schedule"]).toMatchObject({ interval: "weekly" });
        // Either would take security updates out.
        expect([update["target-branch"], update["ignore"]]).toEqual([undefined, undefined]);
      }
    },
    "alerts are on, and after them the security updates": (json, { repository }) => {
      const alerts = addresses(json, "github_repository_vulnerability_alerts", repository);
      const updates = addresses(json, "github_repository_dependabot_security_updates", repository);
      const types = ["github_repository_vulnerability_alerts", "github_repository_dependabot_security_updates"];
      const on = types.flatMap((type) => resourcesOf(json, type)).filter((each) => each["repository"] === repository);
      expect(on.map(({ enabled }) => enabled)).toEqual([true, true]);
      expect([...predecessorsOf(json, updates[0] ?? "")]).toEqual([...alerts]);
    },
  },
  "SCAN-3": {
    "every push to main scans, whatever it changes, and no later one cancels it": (json, { repository }) => {
      const { on, jobs, concurrency } = new WrittenRepository(json, repository).workflow("snyk.yml");
      expect(on["push"]).toEqual({ branches: ["main"] });
      expect(allows(String(jobs["scan"]?.if), EVENTS.push)).toBe(true);
      expect(filledIn(concurrency.group, EVENTS.push)).not.toBe(filledIn(concurrency.group, again(EVENTS.push)));
      expect(filledIn(String(concurrency["cancel-in-progress"]), EVENTS.push)).toBe("false");
    },
  },
  "SCAN-4": {
    "a schedule scans at least every seven days": (json, { repository }) => {
      const workflow = new WrittenRepository(json, repository).workflow("snyk.yml");
      expect(
        schedules(workflow)
          .map(longestGapInDays)
          .filter((days) => days <= 7),
      ).not.toEqual([]);
      expect(allows(String(workflow.jobs["scan"]?.if), EVENTS.schedule)).toBe(true);
    },
  },
  "PEN-1": {
    "the register is checked at least every seven days, and no apply writes it": (json, { repository }) => {
      const written = new WrittenRepository(json, repository);
      expect(Math.min(...schedules(written.workflow(PENTEST)).map(longestGapInDays))).toBeLessThanOrEqual(7);
      expect(written.paths).not.toContain(REGISTER);
    },
    "a test counts for a year": (json, { repository }) => {
      const on = (day: string) => assessed(json, repository, {}, day) === 0;
      expect([on("2026-06-01"), on("2027-02-13"), on("2027-02-14")]).toEqual([true, true, false]);
    },
    "only a test by an accredited firm counts": (json, { repository }) => {
      const by = (firm: object) => assessed(json, repository, { firm }, "2027-02-01") === 0;
      expect([by(ENGAGEMENT.firm), by({ name: "Us" }), by({ name: "Us", accreditation: "none" })]).toEqual([
        true,
        false,
        false,
      ]);
    },
  },
  "PEN-2": {
    "only a black-box test of the public API and the Dashboard for IDOR and privilege escalation counts": (
      json,
      { repository },
    ) => {
      const counts = (changes: object) => assessed(json, repository, changes, "2027-02-01") === 0;
      expect([
        counts({}),
        counts({ approach: "white-box" }),
        counts({ targets: ["public-api"] }),
        counts({ targets: ["dashboard"] }),
        counts({ objectives: ["IDOR"] }),
        counts({ objectives: ["PRIVILEGE_ESCALATION"] }),
      ]).toEqual([true, false, false, false, false, false]);
    },
    "the firm is told where both are": (json, { repository }) => {
      const scope = new WrittenRepository(json, repository).text(".github/security/pentest-scope.md");
      expect(scope.split("\n").filter((line) => line.includes("https://app.example.com"))).toEqual([
        "- Public API: https://app.example.com/api",
        "- Dashboard: https://app.example.com",
      ]);
    },
  },
} as const satisfies Partial<Record<StatementId, Assertions>>;
