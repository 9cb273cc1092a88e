import type { Problem } from "../../errors/invalid-input";
import type { Source } from "./source";
import { firstOf } from "../collections";

/** Terraform keeps providers, their checksums and local states beside a stack. No synth writes any of it. */
const OWN =
  /^(?:\.terraform(?:\/|\.lock\.hcl$|\.tfstate\.lock\.info$|$)|(?:terraform|errored)\.tfstate(?:\.backup$|\.d\/|$))/;

/** The file in which Terraform keeps the chosen workspace, whose state it takes. */
const WORKSPACE = ".terraform/environment";

/**
 * The files that Terraform and OpenTofu read by themselves where they run, by paths within a stack's folder. A Mac
 * folds letter case. The settings of their command line, such as `.terraformrc`, aren't among them: they lie in the
 * home folder.
 *
 * @see https://developer.hashicorp.com/terraform/language/files
 * @see https://developer.hashicorp.com/terraform/language/files/override
 * @see https://developer.hashicorp.com/terraform/language/tests
 * @see https://developer.hashicorp.com/terraform/cli/commands/query
 * @see https://developer.hashicorp.com/terraform/language/values/variables#variable-definitions-tfvars-files
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 * @see https://opentofu.org/docs/language/files
 */
const READ: readonly (readonly [RegExp, string])[] = [
  [/^[^/]+\.(?:tf|tofu)(?:\.json)?$|^\.(?:tf|tofu)(?:\.json)?$/i, "configuration"],
  [/^(?:tests\/)?[^/]*\.(?:tf|tofu)(?:test|query|mock)\.(?:hcl|json)$/i, "configuration of tests or queries"],
  [
    /^(?:tests\/)?(?:terraform|[^/]*\.auto)\.tfvars(?:\.json)?$/i,
    "values of variables, before those of the environment",
  ],
  [/^terraform\.d\/|^terraform\.d$/i, "providers, which are programs"],
  [/^\.terraformignore$/i, "which files a remote run doesn't get"],
  [/^\.terraform\/environment$/, "another workspace, with a state of its own"],
];

/** A path of an output folder as the name of a stack's folder and the path in it; undefined for a path elsewhere. */
function inStack(path: string): readonly [name: string, within: string] | undefined {
  const [, name, within] = /^stacks\/([^/]+)\/([^]+)$/.exec(path) ?? [];
  return name === undefined || within === undefined ? undefined : [name, within];
}

/** Whether Terraform itself keeps a file of an output folder: no proof covers it. */
export function isTerraformsOwn(path: string): boolean {
  return OWN.test(inStack(path)?.[1] ?? "");
}

/**
 * The files that Terraform would read beside a stack by itself. It would deploy them with the stack, and no proof has
 * judged them.
 *
 * @param written the files that a synth writes into a stack's folder
 */
export function readBeside(source: Source, paths: readonly string[], written: RegExp): readonly Problem[] {
  return paths.flatMap((at) => {
    const [, within] = inStack(at) ?? [];
    if (within === undefined || written.test(within)) return [];
    const [, what] = READ.find(([form]) => form.test(within)) ?? [];
    if (what === undefined || (within === WORKSPACE && isDefaultWorkspace(source, at))) return [];
    const got = `a file that Terraform reads beside the stack: ${what}`;
    return [{ at, got, allowed: "cdk.tf.json alone", change: "remove it, or write it as constructs" }];
  });
}

const LONGEST_NAME = 90;

function isDefaultWorkspace(source: Source, path: string): boolean {
  const content = source.read(path, LONGEST_NAME);
  return content !== undefined && "bytes" in content && Buffer.from(content.bytes).toString().trim() === "default";
}

/** The folders of stacks that the app doesn't have. Of one that is gone, Terraform's own files may be left. */
export function foldersWithoutStack(paths: readonly string[], stacks: ReadonlySet<string>): readonly Problem[] {
  const names = new Set(paths.flatMap((path) => (isTerraformsOwn(path) ? [] : (inStack(path)?.[0] ?? []))));
  const allowed = `the stacks that it has: ${someOf(stacks)}`;
  return [...names]
    .filter((name) => !stacks.has(name))
    .map((name) => ({
      at: `stacks/${name}`,
      got: "a folder of a stack that manifest.json doesn't have",
      allowed,
      change: "remove the folder, or synthesize again",
    }));
}

const SHOWN = 20;

/** The first of many names. */
export function someOf(names: ReadonlySet<string>): string {
  return firstOf([...names], SHOWN) || "none";
}
