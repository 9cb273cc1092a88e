/** The package managers whose manifests the Snyk workflow can scan. */
export enum PackageManager {
  /** A requirements file, for example `requirements.txt`; pip tells first what it means, and installs and builds nothing. */
  PIP = "pip",
  /** `poetry.lock`, with `pyproject.toml` beside it. */
  POETRY = "poetry",
  /** `uv.lock`, exported to a requirements file first, because Snyk reads `uv.lock` itself only on its Enterprise plan. */
  UV = "uv",
  /** `package-lock.json`. */
  NPM = "npm",
  /** `pnpm-lock.yaml`; needs pnpm support switched on in Snyk Preview (early access) of the Snyk organization. */
  PNPM = "pnpm",
  /** `yarn.lock`. */
  YARN = "yarn",
}

/** What the files have to know of a package manager. */
export interface PackageManagerTraits {
  /** What a manifest's file name has to match. */
  readonly fileName: RegExp;
  /** The same for a reader. */
  readonly fileNameText: string;
  /** The `package-ecosystem` of dependabot.yml that updates it. */
  readonly dependabotEcosystem: "pip" | "uv" | "npm";
  /** Whether its scan needs a Python interpreter, whose version decides which packages its dependencies are. */
  readonly needsPython: boolean;
}

/**
 * One row per package manager.
 *
 * Snyk: https://docs.snyk.io/supported-languages-package-managers-and-frameworks.
 * Dependabot: https://docs.github.com/en/code-security/dependabot/ecosystems-supported-by-dependabot.
 */
export const PACKAGE_MANAGERS: Readonly<Record<PackageManager, PackageManagerTraits>> = {
  [PackageManager.PIP]: {
    fileName: /^[^/]+\.txt$/,
    fileNameText: "a requirements file that ends in .txt",
    dependabotEcosystem: "pip",
    needsPython: true,
  },
  [PackageManager.POETRY]: {
    fileName: /^poetry\.lock$/,
    fileNameText: "poetry.lock",
    dependabotEcosystem: "pip",
    needsPython: false,
  },
  [PackageManager.UV]: {
    fileName: /^uv\.lock$/,
    fileNameText: "uv.lock",
    dependabotEcosystem: "uv",
    needsPython: true,
  },
  [PackageManager.NPM]: {
    fileName: /^package-lock\.json$/,
    fileNameText: "package-lock.json",
    dependabotEcosystem: "npm",
    needsPython: false,
  },
  [PackageManager.PNPM]: {
    fileName: /^pnpm-lock\.yaml$/,
    fileNameText: "pnpm-lock.yaml",
    dependabotEcosystem: "npm",
    needsPython: false,
  },
  [PackageManager.YARN]: {
    fileName: /^yarn\.lock$/,
    fileNameText: "yarn.lock",
    dependabotEcosystem: "npm",
    needsPython: false,
  },
};
