import { RepositoryFile } from "@cdktf/provider-github/lib/repository-file";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { scanFiles } from "./files/scan-files";
import type { ScanFilesInput } from "./files/scan-files-input";
import { terraformEscape } from "./files/terraform-escape";
import { nameIn } from "./existing-repository";

/**
 * The files of a scan, each a commit to the default branch.
 *
 * They are written one after the other, since GitHub refuses a commit whose parent another one has taken, and in the order in
 * which each works from its first run on. A file that is there already is overwritten. The author is left to GitHub, which
 * signs the commits of an App.
 *
 * @see https://github.com/integrations/terraform-provider-github/issues/2909
 * @see https://github.com/integrations/terraform-provider-github/issues/1152
 */
export class RepositoryFiles extends Construct {
  /** The file that is written last. */
  public readonly last: ITerraformDependable;

  /** @param after what a workflow's first run needs */
  public constructor(scope: Construct, id: string, input: ScanFilesInput, after: readonly ITerraformDependable[]) {
    super(scope, id);
    const [first, ...others] = scanFiles(input).map(
      ({ path, text, commitMessage }) =>
        (before: readonly ITerraformDependable[]) =>
          new RepositoryFile(this, path.split("/").at(-1) ?? path, {
            repository: nameIn(input.repository),
            branch: input.defaultBranch,
            file: path,
            content: terraformEscape(text),
            commitMessage,
            overwriteOnCreate: true,
            dependsOn: [...before],
          }),
    );
    if (first === undefined) throw new Error("a scan without files scans nothing");
    this.last = others.reduce<ITerraformDependable>((previous, write) => write([previous]), first(after));
  }
}
