import { type ScanFile, scanFiles } from "../../../../../constructs/scan-schedule/files/scan-files";
import { type ScanFilesInput, scanFilesInput } from "../../../../../constructs/scan-schedule/files/scan-files-input";
import { GithubPlan } from "../../../../../policy/github-plan";
import { Repository } from "../../../../../policy/repository";
import { ScannedManifest } from "../../../../../policy/scanned-manifest";

/** A repository with a manifest of every package manager, and the register of penetration tests. */
const REPOSITORY = Repository.of("example/api", {
  plan: GithubPlan.TEAM,
  codeSecurity: true,
  manifests: [
    ScannedManifest.pip("requirements.txt"),
    ScannedManifest.poetry("services/billing/poetry.lock"),
    ScannedManifest.uv("services/agents/uv.lock", { pythonVersion: "3.13" }),
    ScannedManifest.npm("package-lock.json"),
    ScannedManifest.pnpm("dashboard/pnpm-lock.yaml"),
    ScannedManifest.yarn("widget/yarn.lock"),
  ],
  pentest: {
    adoptedOn: "2026-01-15",
    publicApi: ["https://api.example.com"],
    dashboard: ["https://app.example.com"],
  },
});

export const INPUT: ScanFilesInput = scanFilesInput(REPOSITORY);

/** The files of a repository by path. */
export function filesOf(changes: Partial<ScanFilesInput> = {}): ReadonlyMap<string, ScanFile> {
  return new Map(scanFiles({ ...INPUT, ...changes }).map((file) => [file.path, file]));
}

/** The text of one file. */
export function textOf(path: string, changes: Partial<ScanFilesInput> = {}): string {
  const file = filesOf(changes).get(path);
  if (file === undefined) throw new Error(`no file ${path} is written`);
  return file.text;
}
