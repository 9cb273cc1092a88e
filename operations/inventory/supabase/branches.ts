import { printable } from "../../printable";
import type { Client } from "../../platforms/client";
import { listBranches } from "../../platforms/supabase";
import { failure, type Finding, orLetItBe, findingsOf } from "../finding";
import type { Named } from "../named";

/**
 * The branches of a project: each is a project of its own, with its own address and its own network restrictions.
 *
 * @see https://supabase.com/docs/guides/deployment/branching
 */
export function branches(client: Client, ref: string, named: Named): Promise<readonly Finding[]> {
  return findingsOf({
    id: `supabase/branches/${ref}`,
    subject: `the branches of ${ref}`,
    needs: "the right to read the project's branches",
    reading: listBranches(client, ref),
    judge: ({ id, name, project_ref: branch, is_default: isDefault }) => {
      if (isDefault || named.projects.has(branch)) return [];
      const what = `the branch "${printable(name)}" of ${ref} has a database of its own, ${printable(branch)}`;
      const todo = orLetItBe("delete it, or name its reference as a datastore");
      return [failure(`supabase/branch/${printable(id)}`, { what, todo })];
    },
  });
}
