import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the programs that apply state through a platform's API can do, one program each. */
export enum ApplierKind {
  /** A Supabase project's Postgres and pooler admit exactly these blocks. */
  SUPABASE_NETWORK_RESTRICTIONS = "supabase-network-restrictions",
  /** A Render Key Value instance admits exactly these public blocks. */
  RENDER_KEY_VALUE_ALLOW_LIST = "render-key-value-allow-list",
  /** A Render web service has no onrender.com name, and exactly these custom domains. */
  RENDER_WEB_SERVICE_SUBDOMAIN = "render-web-service-subdomain",
  /** A Render web service admits exactly these public blocks. */
  RENDER_WEB_SERVICE_ALLOW_LIST = "render-web-service-allow-list",
  /** A Render service is of this type. Nothing is written. */
  RENDER_SERVICE_TYPE = "render-service-type",
  /** A set of dedicated outbound addresses on Render is running and has exactly these. Nothing is written. */
  RENDER_DEDICATED_ADDRESSES = "render-dedicated-addresses",
}

/** The folder of the programs, which ships as a whole. */
export const PROGRAMS = join(__dirname, "..", "..", "appliers", "programs");

/** A program as the manifest lists it. */
export interface Applier {
  /** Its file in the folder of the programs. */
  readonly program: string;
  /** The hash of everything that it loads. */
  readonly hash: string;
}

interface Manifest {
  readonly kinds: readonly (Applier & { readonly kind: string })[];
}

let manifest: Manifest | undefined;

/** The program of a kind. */
export function applierOf(kind: ApplierKind): Applier {
  // Read when the first state is applied: whoever applies none needs no manifest.
  manifest ??= JSON.parse(readFileSync(join(PROGRAMS, "..", "manifest.json"), "utf8")) as Manifest;
  const row = manifest.kinds.find((each) => each.kind === kind);
  if (row === undefined) throw new Error(`the manifest of the appliers has no ${kind}`);
  return row;
}
