import { z } from "zod";
import { members } from "./members";
import { literal, object } from "./shapes";

/** The package managers whose manifests the Snyk workflow can scan. */
export enum PackageManager {
  /** A requirements file, for example `requirements.txt`. pip resolves it first, and installs and builds nothing. */
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

/** The properties of a package manager that the scan's files depend on. */
export interface PackageManagerTraits {
  /** The pattern of a manifest's file name. */
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
  [PackageManager.POETRY]: lockFile("poetry.lock", "pip"),
  [PackageManager.UV]: { ...lockFile("uv.lock", "uv"), needsPython: true },
  [PackageManager.NPM]: lockFile("package-lock.json", "npm"),
  [PackageManager.PNPM]: lockFile("pnpm-lock.yaml", "npm"),
  [PackageManager.YARN]: lockFile("yarn.lock", "npm"),
};

function lockFile(
  fileNameText: string,
  dependabotEcosystem: PackageManagerTraits["dependabotEcosystem"],
): PackageManagerTraits {
  const fileName = new RegExp(`^${fileNameText.replaceAll(".", "\\.")}$`);
  return { fileName, fileNameText, dependabotEcosystem, needsPython: false };
}

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
   * The Python version that its dependencies are for, for example `3.13`; only for pip and uv.
   *
   * @default - 3.12 for pip and uv
   */
  readonly pythonVersion?: string;
  /**
   * Whether its scan passes, with a warning, where it isn't scannable: only code of a pull request could tell its
   * dependencies. That is so where it names a folder, an archive, an address, a repository or its own index, or where a
   * package has no wheel. Only for pip and uv. SCAN-1 has to be accepted as declared beside it.
   *
   * @default false - such a scan fails
   */
  readonly passUnscannable?: boolean;
}

const SEGMENT = String.raw`(?!\.\.?(?:\/|$))[A-Za-z0-9._][A-Za-z0-9._-]*`;

const scannedManifest = object({
  packageManager: z.enum(PackageManager, { error: Object.values(PackageManager).join(", ") }),
  path: literal(
    new RegExp(`^${SEGMENT}(?:/${SEGMENT})*$`),
    "a path relative to the root of the repository, of letters, digits, '.', '_' and '-' between slashes",
    (text) => text.replace(/^\.?\//, ""),
  ),
  pythonVersion: literal(/^3\.\d{1,2}$/, "3 and a minor version, for example 3.13").optional(),
  passUnscannable: z.boolean({ error: "true or false" }).optional(),
}).superRefine(({ packageManager, path, pythonVersion, passUnscannable }, context) => {
  const { fileName, fileNameText, needsPython } = PACKAGE_MANAGERS[packageManager];
  const wrong = (key: keyof ScannedManifest, message: string): void => {
    context.addIssue({ code: "custom", path: [key], message });
  };
  if (!fileName.test(path.split("/").at(-1) ?? "")) wrong("path", `${fileNameText} for ${packageManager}`);
  if (pythonVersion !== undefined && !needsPython) {
    wrong("pythonVersion", `nothing: ${packageManager} is scanned without Python`);
  }
  if (passUnscannable === true && !needsPython) {
    wrong("passUnscannable", `false: Snyk reads ${path} as it is, so it is always scannable`);
  }
});

/** The manifests of a repository, each path once. */
export const manifestsSchema = z
  .array(scannedManifest, { error: "a list of manifests" })
  .min(1, { error: "one manifest or more: a repository without any has nothing to scan" })
  .superRefine((manifests, context) => {
    manifests.forEach(({ path }, index) => {
      const first = manifests.findIndex((manifest) => manifest.path === path);
      if (first === index) return;
      const params = { change: `remove it here or in manifests[${first}]` };
      context.addIssue({ code: "custom", path: [index, "path"], message: "a path named once", params });
    });
  });

/** The options of a manifest of Python's package managers. */
type Python = Pick<ScannedManifest, "pythonVersion" | "passUnscannable">;

export const ScannedManifest = members("ScannedManifest", {
  /** A requirements file. */
  pip(path: string, python: Python = {}): ScannedManifest {
    return { packageManager: PackageManager.PIP, path, ...python };
  },
  /** A `poetry.lock`, with `pyproject.toml` beside it. */
  poetry(path: string): ScannedManifest {
    return { packageManager: PackageManager.POETRY, path };
  },
  /** A `uv.lock`. */
  uv(path: string, python: Python = {}): ScannedManifest {
    return { packageManager: PackageManager.UV, path, ...python };
  },
  /** A `package-lock.json`. */
  npm(path: string): ScannedManifest {
    return { packageManager: PackageManager.NPM, path };
  },
  /** A `pnpm-lock.yaml`. */
  pnpm(path: string): ScannedManifest {
    return { packageManager: PackageManager.PNPM, path };
  },
  /** A `yarn.lock`. */
  yarn(path: string): ScannedManifest {
    return { packageManager: PackageManager.YARN, path };
  },
});
