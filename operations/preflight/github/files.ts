import type { Repository } from "../../../policy/repository";
import { cannotTell, failure, type Finding, notice } from "../../inventory/finding";
import type { Client } from "../../platforms/client";
import { accessToFiles, readFile } from "../../platforms/github";
import { type Synthesized, type SynthesizedResource, textAt } from "../synthesized";

/** What this project's files say of themselves. */
export const MANAGED = "Managed by Terraform (ScanSchedule)";
/** The folder that is this project's alone. */
const OWN_FOLDER = ".github/security/";

/** The files of a repository that the deploy would overwrite. */
export async function files(
  client: Client,
  { name, defaultBranch = "main" }: Repository,
  synthesized: Synthesized,
  drop: readonly string[],
): Promise<readonly Finding[]> {
  const may = await accessToFiles(client, name, defaultBranch);
  if (may.kind === "unreadable")
    return [cannotTell(`github/files/${name}`, `the files of ${name}`, may, "Contents: read")];
  const written = synthesized.resources("github_repository_file").filter((file) => isOf(name, file));
  return (await Promise.all(written.map((file) => ofFile(client, name, defaultBranch, file, drop)))).flat();
}

/** Whether a resource is one of a repository: the provider's resources name it without its owner. */
export function isOf(name: string, resource: SynthesizedResource): boolean {
  return textAt(resource, "repository").toLowerCase() === (name.split("/")[1] ?? "").toLowerCase();
}

async function ofFile(
  client: Client,
  name: string,
  branch: string,
  resource: SynthesizedResource,
  drop: readonly string[],
): Promise<readonly Finding[]> {
  const path = textAt(resource, "file");
  const id = `github/file/${name}:${path}`;
  const live = await readFile(client, name, path, branch);
  if (live.kind === "unreadable") return [cannotTell(id, `${path} of ${name}`, live, "Contents: read")];
  if (live.value === undefined || path.startsWith(OWN_FOLDER) || live.value.includes(MANAGED)) return [];
  if (live.value === unescaped(textAt(resource, "content"))) return [];
  const what = `the deploy overwrites ${path} of ${name}, which somebody else wrote`;
  const place = `${name}:${path}`;
  return drop.includes(place)
    ? [notice(id, { what, todo: `nothing: --drop ${place} gives it up` })]
    : [failure(id, { what, todo: `move what is worth keeping to another file, then add --drop ${place}` })];
}

/** Terraform's escapes undone: https://developer.hashicorp.com/terraform/language/syntax/json#string-templates */
function unescaped(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
