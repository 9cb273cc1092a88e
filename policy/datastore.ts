import { z } from "zod";
import type { Problem } from "../errors/invalid-input";
import { AddressSet } from "../network/address-set";
import { type EgressAddresses, egressProblems } from "./egress-addresses";
import { members } from "./members";
import { id, object, reason } from "./shapes";

/** A Supabase project: its Postgres, direct (5432) and through the pooler (5432, 6543). */
export interface SupabaseProject {
  readonly kind: "supabase";
  /** The project's reference: 20 lower-case letters. */
  readonly project: string;
  /**
   * Why blocks wider than /24 (IPv4) or /64 (IPv6) may reach the database.
   *
   * @default - such blocks are refused
   */
  readonly wideBlocks?: string;
  /**
   * Why the database admits no address at all, not even the environment's egress addresses.
   *
   * @default - the environment's egress addresses are admitted
   */
  readonly lockedOut?: string;
}

/** A Key Value instance (Redis) on Render: reached through the private network only. */
export interface RenderKeyValue {
  readonly kind: "render-key-value";
  /** The instance's id, `red-...`. */
  readonly instance: string;
}

/** A store of the environment's data. */
export type Datastore = SupabaseProject | RenderKeyValue;

export const datastoreSchema = z.discriminatedUnion(
  "kind",
  [
    object({
      kind: z.literal("supabase"),
      project: id(/^[a-z]{20}$/, "the reference of a Supabase project, 20 lower-case letters"),
      wideBlocks: reason.optional(),
      lockedOut: reason.optional(),
    }),
    object({
      kind: z.literal("render-key-value"),
      instance: id(/^red-[a-z0-9]{1,60}$/, "the id of a Render Key Value instance, red-..."),
    }),
  ],
  { error: "a datastore made by Datastore.supabase(project) or Datastore.renderKeyValue(instance)" },
);

/** The id by which its platform knows a datastore. */
export function nameOf(datastore: Datastore): string {
  return datastore.kind === "supabase" ? datastore.project : datastore.instance;
}

export const Datastore = members("Datastore", {
  /**
   * A Supabase project, which admits exactly the environment's egress addresses.
   *
   * Its HTTPS APIs (PostgREST, Auth, Storage) are not covered by network restrictions.
   *
   * @see https://supabase.com/docs/guides/platform/network-restrictions
   */
  supabase(project: string, exceptions: Pick<SupabaseProject, "wideBlocks" | "lockedOut"> = {}): SupabaseProject {
    return { kind: "supabase", project, ...exceptions };
  },
  /**
   * A Key Value instance on Render, which admits no public address.
   *
   * @see https://render.com/docs/key-value
   */
  renderKeyValue(instance: string): RenderKeyValue {
    return { kind: "render-key-value", instance };
  },
});

/** The datastores of an environment and the addresses that they admit. */
interface DatabaseAccess {
  readonly name: string;
  readonly egress?: EgressAddresses;
  readonly datastores?: readonly Datastore[];
}

/** The widest blocks that a database admits without a reason, by family. */
const WIDEST = { 4: 24, 6: 64 } as const;

/** A database admits egress addresses or is locked out with a reason. It admits a wide block only with a reason. */
export function databasesProblems(access: DatabaseAccess): readonly Problem[] {
  const { name, egress, datastores = [] } = access;
  return [
    ...(egress === undefined ? [] : egressProblems(`${name}.egress`, egress)),
    ...datastores.flatMap((store, index) =>
      store.kind === "supabase" ? supabaseProblems(`${name}.datastores[${index}]`, store, access) : [],
    ),
  ];
}

function supabaseProblems(
  at: string,
  { lockedOut, wideBlocks }: SupabaseProject,
  { name, egress }: DatabaseAccess,
): readonly Problem[] {
  if (lockedOut !== undefined) return [];
  if (egress === undefined) {
    const change = `give ${name} egress addresses, or say why by Datastore.supabase(project, { lockedOut: reason })`;
    return [{ at, got: "a database that would admit no address", allowed: "egress addresses, or a reason", change }];
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
