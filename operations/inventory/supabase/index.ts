import type { Environment } from "../../../policy/environment";
import type { Client } from "../../platforms/client";
import type { Finding } from "../finding";
import { type Named, projectsOf } from "../named";
import { branches } from "./branches";
import { dataApi } from "./data-api";
import { projects } from "./projects";

/** What is beside and around the Supabase projects of an environment. */
export async function supabaseInventory(
  client: Client,
  environment: Environment,
  named: Named,
): Promise<readonly Finding[]> {
  const own = projectsOf(environment);
  const parts = [
    projects(client, own, named),
    ...own.flatMap((ref) => [branches(client, ref, named), dataApi(client, ref)]),
  ];
  return (await Promise.all(parts)).flat();
}
