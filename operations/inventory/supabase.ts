import type { Environment } from "../../policy/environment";
import { failure, type Finding, judged, orLetItBe, together, undecided } from "../finding";
import type { Client } from "../platforms/client";
import { branchesOf, dataApiOf, type LiveProject, projects } from "../platforms/supabase";
import { printable } from "../../errors/one-line";
import { type Named, projectsOf } from "./named";

/** Everything beside and around the Supabase projects of an environment. */
export function supabaseInventory(client: Client, environment: Environment, named: Named): Promise<readonly Finding[]> {
  const own = projectsOf(environment);
  return together([
    judged(projects(client), (all) => neighbours(all, own, named)),
    ...own.flatMap((ref) => [branches(client, ref, named), dataApi(client, ref)]),
  ]);
}

/** The projects of the organizations in which an environment's are. */
function neighbours(all: readonly LiveProject[], own: readonly string[], named: Named): readonly Finding[] {
  const organizations = new Set(
    all.filter(({ ref }) => own.includes(ref)).map(({ organization_slug }) => organization_slug),
  );
  return [
    ...own.filter((ref) => !all.some((project) => project.ref === ref)).map(unseen),
    ...all
      .filter(({ ref, organization_slug: slug }) => organizations.has(slug) && !named.projects.has(ref))
      .map(({ ref, name, organization_slug: slug }) =>
        failure(
          `supabase/project/${printable(ref)}`,
          `the project "${printable(name)}" of organization ${printable(slug)} is in no environment`,
          orLetItBe("delete it, or name it as a datastore"),
        ),
      ),
  ];
}

function unseen(ref: string): Finding {
  const what = `the project ${ref} isn't among those that SUPABASE_ACCESS_TOKEN reaches`;
  const todo = "check the reference, or use a token of a member of its organization";
  return undecided(`supabase/project/${ref}`, what, todo);
}

/**
 * The Data API, which reaches the database over 443 for anyone with the public key: network restrictions don't cover it.
 *
 * @see https://supabase.com/docs/guides/platform/network-restrictions#limitations
 */
function dataApi(client: Client, ref: string): Promise<readonly Finding[]> {
  const asked = dataApiOf(client, ref);
  return judged(asked, ({ db_schema }) => {
    const schemas = db_schema.trim();
    if (schemas === "") return [];
    const what = `the Data API of ${ref} is on (${printable(schemas)}): it reaches the database from anywhere`;
    return [failure(asked.id, what, orLetItBe("switch it off under Project Settings > Data API"))];
  });
}

/**
 * The branches of a project: each is a project of its own, with its own address and its own network restrictions.
 *
 * @see https://supabase.com/docs/guides/deployment/branching
 */
function branches(client: Client, ref: string, named: Named): Promise<readonly Finding[]> {
  return judged(branchesOf(client, ref), (all) =>
    all
      .filter((branch) => !branch.is_default && !named.projects.has(branch.project_ref))
      .map(({ id, name, project_ref: branch }) => {
        const what = `the branch "${printable(name)}" of ${ref} has a database of its own, ${printable(branch)}`;
        const todo = orLetItBe("delete it, or name its reference as a datastore");
        return failure(`supabase/branch/${printable(id)}`, what, todo);
      }),
  );
}
