import { PackageManager } from "../../../../../constructs/scan-schedule/files/package-manager";
import { type RepositoryFile, scanFiles } from "../../../../../constructs/scan-schedule/files/scan-files";
import type { ScanFilesInput } from "../../../../../constructs/scan-schedule/files/scan-files-input";

/** A repository with a manifest of every package manager. */
export const INPUT: ScanFilesInput = {
  repository: "example/api",
  defaultBranch: "main",
  codeScanning: true,
  dependabotSecret: true,
  manifests: [
    { packageManager: PackageManager.PIP, path: "requirements.txt" },
    { packageManager: PackageManager.POETRY, path: "services/billing/poetry.lock" },
    { packageManager: PackageManager.UV, path: "services/agents/uv.lock", pythonVersion: "3.13" },
    { packageManager: PackageManager.NPM, path: "package-lock.json" },
    { packageManager: PackageManager.PNPM, path: "dashboard/pnpm-lock.yaml" },
    { packageManager: PackageManager.YARN, path: "widget/yarn.lock" },
  ],
  pentest: {
    adoptedOn: "2026-01-15",
    publicApi: ["https://api.example.com"],
    dashboard: ["https://app.example.com"],
  },
};

/** The files of a repository by path. */
export function filesOf(changes: Partial<ScanFilesInput> = {}): ReadonlyMap<string, RepositoryFile> {
  return new Map(scanFiles({ ...INPUT, ...changes }).map((file) => [file.path, file]));
}

/** The text of one file. */
export function textOf(path: string, changes: Partial<ScanFilesInput> = {}): string {
  const file = filesOf(changes).get(path);
  if (file === undefined) throw new Error(`no file ${path} is written`);
  return file.text;
}
