import { Problem, shown } from "../../../errors/invalid-input";
import { PACKAGE_MANAGERS, PackageManager } from "./package-manager";

/** One dependency manifest of a repository; each is a leg of the Snyk workflow. */
export interface ScannedManifest {
  /** The package manager that reads it. */
  readonly packageManager: PackageManager;
  /**
   * Where it is, relative to the root of the repository, for example `services/api/requirements.txt`. Letters, digits, `.`,
   * `_` and `-` between slashes. The members of an npm, pnpm or Yarn workspace are not scanned with its root.
   */
  readonly path: string;
  /**
   * The Python version that its dependencies are installed with, for example `3.13`; only for pip and uv.
   *
   * @default - 3.12 for pip and uv
   */
  readonly pythonVersion?: string;
}

const SEGMENT = /^(?!\.\.?$)[A-Za-z0-9._][A-Za-z0-9._-]*$/;

/** What is wrong with the manifests of a repository. */
export function manifestProblems(manifests: readonly ScannedManifest[]): readonly Problem[] {
  if (manifests.length === 0) {
    const change = "name every manifest that the repository has, or leave the repository out";
    return [{ at: "manifests", got: "none", allowed: "one manifest or more", change }];
  }
  const first = new Map<string, number>();
  return manifests.flatMap((manifest, index) => {
    const at = `manifests[${index}]`;
    const known = first.get(manifest.path);
    first.set(manifest.path, known ?? index);
    return [
      ...problemsOf(manifest, at),
      ...(known === undefined
        ? []
        : [
            {
              at: `${at}.path`,
              got: shown(manifest.path),
              allowed: "a path named once",
              change: `remove it here or in manifests[${known}]`,
            },
          ]),
    ];
  });
}

function problemsOf({ packageManager, path, pythonVersion }: ScannedManifest, at: string): readonly Problem[] {
  const traits = PACKAGE_MANAGERS[packageManager] as (typeof PACKAGE_MANAGERS)[PackageManager] | undefined;
  if (traits === undefined) {
    return [
      { at: `${at}.packageManager`, got: shown(packageManager), allowed: Object.values(PackageManager).join(", ") },
    ];
  }
  const segments = path.split("/");
  const problems: Problem[] = [];
  if (!segments.every((segment) => SEGMENT.test(segment))) {
    problems.push({
      at: `${at}.path`,
      got: shown(path),
      allowed: "a path relative to the root of the repository, of letters, digits, '.', '_' and '-' between slashes",
    });
  } else if (!traits.fileName.test(segments.at(-1) ?? "")) {
    problems.push({ at: `${at}.path`, got: shown(path), allowed: `${traits.fileNameText} for ${packageManager}` });
  }
  if (pythonVersion !== undefined && !(traits.needsPython && /^3\.\d{1,2}$/.test(pythonVersion))) {
    problems.push({
      at: `${at}.pythonVersion`,
      got: shown(pythonVersion),
      allowed: traits.needsPython
        ? "3 and a minor version, for example 3.13"
        : `nothing: ${packageManager} is scanned without Python`,
    });
  }
  return problems;
}
