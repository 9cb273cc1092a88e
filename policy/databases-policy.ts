import type { Problem } from "../errors/invalid-input";
import { AddressSet } from "../network/address-set";
import type { SupabaseProject } from "./datastore";
import { egressProblems } from "./egress-addresses";
import { environmentSchema, type Environment } from "./environment";
import { problemsBy } from "./problems";

/** Who may reach an environment's datastores: the slice of a policy that DbNetworkRestriction takes. */
export type DatabasesPolicy = Pick<Environment, "name" | "egress" | "datastores">;

const databasesSchema = environmentSchema.pick({ name: true, egress: true, datastores: true });

/** The widest blocks that a database admits without a reason, by family. */
const WIDEST = { 4: 24, 6: 64 } as const;

/** Everything that is wrong with who may reach the datastores, also where it wasn't made by a Policy. */
export function databasesPolicyProblems(policy: DatabasesPolicy): readonly Problem[] {
  return problemsBy(databasesSchema, databasesProblems, policy);
}

/** A database admits somebody unless it is said that it shouldn't, and no wide block without a reason. */
export function databasesProblems({ name, egress, datastores = [] }: DatabasesPolicy): readonly Problem[] {
  return [
    ...(egress === undefined ? [] : egressProblems(`${name}.egress`, egress)),
    ...datastores.flatMap((store, index) =>
      store.kind === "supabase" ? supabaseProblems(`${name}.datastores[${index}]`, store, { name, egress }) : [],
    ),
  ];
}

function supabaseProblems(
  at: string,
  { lockedOut, wideBlocks }: SupabaseProject,
  { name, egress }: { readonly name: string; readonly egress: Environment["egress"] },
): readonly Problem[] {
  if (lockedOut !== undefined) return [];
  if (egress === undefined) {
    const change = `give ${name} egress addresses, or say why by Datastore.supabase(project, { lockedOut: reason })`;
    return [{ at, got: "a database that would admit nobody", allowed: "egress addresses, or a reason", change }];
  }
  const blocks = AddressSet.of("egress", egress.addresses).blocks;
  const wide = blocks.filter(({ family, prefixLength }) => prefixLength < WIDEST[family]);
  if (wide.length === 0 || wideBlocks !== undefined) return [];
  return [
    {
      at: `${name}.egress.addresses`,
      got: `${wide.length} of ${blocks.length} blocks wider than /${WIDEST[4]} (IPv4) or /${WIDEST[6]} (IPv6)`,
      allowed: "narrower blocks",
      change: "narrow them, or say why by Datastore.supabase(project, { wideBlocks: reason })",
    },
  ];
}
