import { PackageManager } from "../../../../constructs/scan-schedule/files/package-manager";
import { scanFiles } from "../../../../constructs/scan-schedule/files/scan-files";
import { type ScanFilesInput, completeInput } from "../../../../constructs/scan-schedule/files/scan-files-input";
import type { Severity } from "../../../../constructs/scan-schedule/files/severity";
import { problemsWith } from "../../../support/problems";
import { INPUT } from "./support/input";

const places = (changes: Partial<ScanFilesInput>): readonly string[] =>
  problemsWith(() => scanFiles({ ...INPUT, ...changes })).map(({ at }) => at);
const pentest = (changes: Partial<ScanFilesInput["pentest"]>): Partial<ScanFilesInput> => ({
  pentest: { ...INPUT.pentest, ...changes },
});
const manifest = (packageManager: PackageManager, path: string, pythonVersion?: string): Partial<ScanFilesInput> => ({
  manifests: [{ packageManager, path, ...(pythonVersion === undefined ? {} : { pythonVersion }) }],
});

test("the defaults are those that are documented", () => {
  expect(completeInput(INPUT)).toMatchObject({
    severity: "high",
    blockWhenUnavailable: false,
    monitor: true,
    tokenSecretName: "SNYK_TOKEN",
  });
});

test.each<[string, Partial<ScanFilesInput>]>([
  ["repository", { repository: "https://github.com/example/api" }],
  ["repository", { repository: "${TfToken[TOKEN.1]}" }],
  ["defaultBranch", { defaultBranch: "release-*" }],
  ["defaultBranch", { defaultBranch: 'main"]\npermissions: write-all' }],
  ["severity", { severity: "severe" as Severity }],
  ["snykOrganization", { snykOrganization: '"\nEVIL: 1' }],
  ["tokenSecretName", { tokenSecretName: "GITHUB_TOKEN" }],
  ["tokenSecretName", { tokenSecretName: "SNYK TOKEN }}" }],
  ["manifests", { manifests: [] }],
  ["manifests[0].packageManager", manifest("conda" as PackageManager, "environment.yml")],
  ["manifests[0].path", manifest(PackageManager.PIP, "../requirements.txt")],
  ["manifests[0].path", manifest(PackageManager.PIP, "/requirements.txt")],
  ["manifests[0].path", manifest(PackageManager.PIP, "$(reboot)/requirements.txt")],
  ["manifests[0].path", manifest(PackageManager.PIP, "-r.txt")],
  ["manifests[0].path", manifest(PackageManager.PIP, "setup.py")],
  ["manifests[0].path", manifest(PackageManager.NPM, "package.json")],
  ["manifests[0].path", manifest(PackageManager.POETRY, "pyproject.toml")],
  ["manifests[0].pythonVersion", manifest(PackageManager.PIP, "requirements.txt", "3")],
  ["manifests[0].pythonVersion", manifest(PackageManager.NPM, "package-lock.json", "3.12")],
  ["pentest.adoptedOn", pentest({ adoptedOn: "2026-02-29" })],
  ["pentest.adoptedOn", pentest({ adoptedOn: "15.01.2026" })],
  ["pentest.publicApi", pentest({ publicApi: [] })],
  ["pentest.publicApi", pentest({ publicApi: ["http://api.example.com"] })],
  ["pentest.dashboard", pentest({ dashboard: ["app.example.com"] })],
  ["pentest.accreditations", pentest({ accreditations: [] })],
  ["pentest.accreditations", pentest({ accreditations: [" "] })],
  ["pentest.cadenceDays", pentest({ cadenceDays: 400 })],
  ["pentest.cadenceDays", pentest({ cadenceDays: 180.5 })],
  ["pentest.reminderDays", pentest({ reminderDays: 365 })],
])("refuses a bad %s", (place, changes) => {
  expect(places(changes)).toEqual([place]);
});

test("refuses a manifest that is named twice", () => {
  const [first] = INPUT.manifests;
  expect(places({ manifests: [first, first].flatMap((one) => one ?? []) })).toEqual(["manifests[1].path"]);
});

test("refuses to block on an unavailable scan where Dependabot has no secret", () => {
  expect(places({ dependabotSecret: false, blockWhenUnavailable: true })).toEqual(["blockWhenUnavailable"]);
});

test("refuses everything at once", () => {
  expect(places({ repository: "api", defaultBranch: "", manifests: [], ...pentest({ adoptedOn: "soon" }) })).toEqual([
    "repository",
    "defaultBranch",
    "manifests",
    "pentest.adoptedOn",
  ]);
});
