import { printable } from "../../printable";
import type { Client } from "../../platforms/client";
import { listProjects } from "../../platforms/supabase";
import { cannotTell, failure, type Finding, Level, orLetItBe } from "../finding";
import type { Named } from "../named";

/** The projects of the organizations in which an environment's are. */
export async function projects(client: Client, own: readonly string[], named: Named): Promise<readonly Finding[]> {
  const all = await listProjects(client);
  if (all.kind === "unreadable") return [cannotTell("supabase/projects/all", "the projects of Supabase", all)];
  const organizations = new Set(
    all.value.filter(({ ref }) => own.includes(ref)).map(({ organization_slug }) => organization_slug),
  );
  return [
    ...own.filter((ref) => !all.value.some((project) => project.ref === ref)).map(unseen),
    ...all.value
      .filter(({ ref, organization_slug: slug }) => organizations.has(slug) && !named.projects.has(ref))
      .map(({ ref, name, organization_slug: slug }) =>
        failure(`supabase/project/${printable(ref)}`, {
          what: `the project "${printable(name)}" of organization ${printable(slug)} is in no environment`,
          todo: orLetItBe("delete it, or name it as a datastore"),
        }),
      ),
  ];
}

function unseen(ref: string): Finding {
  return {
    id: `supabase/project/${ref}`,
    level: Level.UNDECIDED,
    what: `the project ${ref} isn't among those that SUPABASE_ACCESS_TOKEN reaches`,
    todo: "check the reference, or use a token of a member of its organization",
  };
}
