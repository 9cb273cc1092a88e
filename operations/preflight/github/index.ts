import { ownerOf } from "../../../policy/repository";
import { failure, type Finding } from "../../inventory/finding";
import type { Client } from "../../platforms/client";
import type { Subject } from "../subject";
import { files } from "./files";
import { imports } from "./imports";
import { repository } from "./repository";
import { scanSecrets } from "./scan-secrets";

/** The repositories of an environment. */
export async function githubPreflight(client: Client, subject: Subject): Promise<readonly Finding[]> {
  const { environment, synthesized, drop } = subject;
  const parts = (environment.repositories ?? []).flatMap((one) => [
    repository(client, one),
    scanSecrets(client, one),
    ...(synthesized.kind === "read"
      ? [files(client, one, synthesized.value, drop), imports(client, one, synthesized.value)]
      : []),
  ]);
  return [...owners(subject), ...(await Promise.all(parts)).flat()];
}

/**
 * The provider prefers these variables to its configuration, so that every resource could end up in a namesake.
 *
 * @see https://github.com/integrations/terraform-provider-github/blob/v6.13.0/github/provider.go
 */
function owners({ environment: { repositories = [] }, variables }: Subject): readonly Finding[] {
  const [first] = repositories;
  if (first === undefined) return [];
  return ["GITHUB_OWNER", "GITHUB_ORGANIZATION"]
    .filter((variable) => (variables[variable] ?? "") !== "" && variables[variable]?.toLowerCase() !== ownerOf(first))
    .map((variable) =>
      failure(`variable/${variable}`, {
        what: `${variable} names another owner than ${first.name} has, and the provider prefers it`,
        todo: "unset it",
      }),
    );
}
