import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { Environment } from "../../policy/environment";
import { whileProving } from "../../policy/synth";
import { composeStacks } from "../../stacks/compose-stacks";
import type { EnvironmentStackOptions } from "../../stacks/environment-stack";
import type { TerraformJson } from "./synthesized";

/** The output of a synth, read back. */
export interface SynthesizedApp {
  /** Every file by its path in the output folder, as text. */
  readonly files: Readonly<Record<string, string>>;
  /** The Terraform JSON of each stack. */
  readonly stacks: Readonly<Record<string, TerraformJson>>;
  readonly manifest: Manifest;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      {
        readonly dependencies: readonly string[];
        readonly annotations: readonly { readonly level: string; readonly message: string }[];
      }
    >
  >;
}

/** Synthesizes environments into a folder of their own, as the gate does but without a proof, and reads the result. */
export function synthesize(environments: readonly Environment[], options?: EnvironmentStackOptions): SynthesizedApp {
  const outdir = mkdtempSync(join(tmpdir(), "stacks-"));
  try {
    const app = new App({ stackTraces: false, outdir });
    composeStacks(app, environments, options);
    whileProving(app, () => {
      app.synth();
    });
    return read(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Reads the output of a synth back from its folder. */
function read(outdir: string): SynthesizedApp {
  const paths = readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(outdir.length + 1))
    .sort();
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(outdir, path), "utf8")]));
  const stacks = Object.fromEntries(
    paths
      .filter((path) => path.endsWith("cdk.tf.json"))
      .map((path) => [path.split("/")[1] ?? path, JSON.parse(files[path] ?? "") as TerraformJson]),
  );
  return { files, stacks, manifest: JSON.parse(files["manifest.json"] ?? "") as Manifest };
}
