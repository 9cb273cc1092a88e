import type { CloudflarePlan } from "../../policy/cloudflare-plan";
import type { Asked, Json } from "../server";

/** A zone as it is found: what an environment says of it. */
export interface ZoneFacts {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The domain, for example `example.com`. */
  readonly name: string;
  /** The account that owns it: 32 hexadecimal digits. */
  readonly account: string;
  /** @default - no limit */
  readonly plan?: CloudflarePlan;
}

/** A zone with everything that the API keeps of it. */
export interface Zone extends ZoneFacts {
  readonly rulesets: Map<string, Json>;
  readonly settings: Map<string, Json>;
  readonly records: Map<string, Json>;
  normalization: Json;
  readonly around: Around;
}

/** The things of a zone beside its rules, settings and records. */
interface Around {
  /** The zone as the API describes it, as far as it differs from an active one on the Pro plan. */
  facts: Json;
  readonly accessRules: Json[];
  readonly pageRules: Json[];
  readonly workersRoutes: Json[];
  readonly spectrum: Json[];
  bots: Json;
}

/** A list of an account. */
export interface AddressList {
  readonly facts: Json;
  items: readonly Json[];
}

/** An account with its lists, the bulk operations that are under way, and its Gateway. */
export interface Account {
  readonly id: string;
  readonly lists: Map<string, AddressList>;
  readonly operations: Map<string, { polls: number; readonly complete: () => void }>;
  readonly policies: Map<string, Json>;
  readonly endpoints: Map<string, Json>;
}

/** Everything that the API keeps. */
export interface Estate {
  readonly zones: ReadonlyMap<string, Zone>;
  readonly account: (id: string) => Account;
  /** An id of the platform's form, 32 hexadecimal digits, that no other object has. */
  readonly newId: () => string;
}

export interface AskedEstate extends Asked {
  readonly estate: Estate;
}

/** A question about a zone. */
export interface AskedZone extends AskedEstate {
  readonly zone: Zone;
}

/** A question about an account. */
export interface AskedAccount extends AskedEstate {
  readonly account: Account;
}

/** The time that every object carries: a fixed one, since no verdict may depend on the clock. */
export const STAMP = "2026-01-01T00:00:00Z";

/** The normalization of URLs that a zone has from the beginning. */
export const NORMALIZATION: Json = { scope: "incoming", type: "cloudflare" };

export const emptyAccount = (id: string): Account => ({
  id,
  lists: new Map(),
  operations: new Map(),
  policies: new Map(),
  endpoints: new Map(),
});

export function emptyZone(facts: ZoneFacts): Zone {
  const bots = { fight_mode: false, enable_js: true, using_latest_model: true };
  const around = { facts: {}, accessRules: [], pageRules: [], workersRoutes: [], spectrum: [], bots };
  const nothing = { rulesets: new Map(), settings: new Map(), records: new Map() };
  return { ...facts, ...nothing, normalization: NORMALIZATION, around };
}

/** The zones of an account. */
export function zonesOf({ zones }: Estate, { id }: Account): readonly Zone[] {
  return [...zones.values()].filter(({ account }) => account === id);
}
