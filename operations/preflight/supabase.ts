import type { Environment } from "../../policy/environment";
import { printable } from "../printable";
import { cannotTell, failure, type Finding } from "../inventory/finding";
import { projectsOf } from "../inventory/named";
import type { Client } from "../platforms/client";
import { readEntitlement } from "../platforms/supabase";

/** Whether each project may have network restrictions: https://supabase.com/docs/guides/platform/network-restrictions */
export async function supabasePreflight(client: Client, environment: Environment): Promise<readonly Finding[]> {
  const findings = projectsOf(environment).map(async (ref): Promise<readonly Finding[]> => {
    const id = `supabase/entitlement/${ref}`;
    const needs = "database_network_restrictions_read";
    const live = await readEntitlement(client, ref);
    if (live.kind === "unreadable") return [cannotTell(id, `the network restrictions of ${ref}`, live, needs)];
    const { entitlement } = live.value;
    if (entitlement === "allowed") return [];
    const what = `${ref} may have no network restrictions: its entitlement is ${printable(entitlement)}`;
    return [failure(id, { what, todo: "ask Supabase for them, or upgrade the project: DB-1 can't hold without" })];
  });
  return (await Promise.all(findings)).flat();
}
