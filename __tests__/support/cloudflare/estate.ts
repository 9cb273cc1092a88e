import { ApiRefusal, type Json } from "./api";
import { type Around, nothingAround } from "./around";

/** What a test says about a zone. */
export interface ZoneFacts {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The domain, for example `example.com`. */
  readonly name: string;
  /** The account that owns it: 32 hexadecimal digits. */
  readonly account: string;
}

/** A zone with what the API has been told about it. */
export interface Zone extends ZoneFacts {
  readonly rulesets: Map<string, Json>;
  readonly settings: Map<string, Json>;
  readonly records: Map<string, Json>;
  normalization: Json;
  readonly around: Around;
}

/** A list of an account. */
export interface AddressList {
  readonly facts: Json;
  items: readonly Json[];
}

/** An account with its lists, the bulk operations that are under way, and its Gateway. */
export interface Account {
  readonly lists: Map<string, AddressList>;
  readonly operations: Map<string, { polls: number; readonly complete: () => void }>;
  readonly gateway: Readonly<Record<"rules" | "proxy_endpoints", Map<string, Json>>>;
}

/** The part of Cloudflare that one token reaches: some zones and the accounts that own them. */
export class Estate {
  private readonly zones: ReadonlyMap<string, Zone>;
  private readonly accounts: ReadonlyMap<string, Account>;
  /** What the platform says of the token. */
  public tokenStatus = "active";
  /** Whether the token may read tokens, its own included. */
  public tokenReadsTokens = false;
  private issued = 0;

  public constructor(zones: readonly ZoneFacts[]) {
    this.zones = new Map(zones.map((facts) => [facts.id, emptyZone(facts)]));
    this.accounts = new Map(zones.map(({ account }) => [account, emptyAccount()]));
  }

  /** An id of the platform's form that no other object of this estate has. */
  public newId(): string {
    this.issued += 1;
    return this.issued.toString(16).padStart(32, "f0");
  }

  public zone(id: string): Zone {
    return found(this.zones.get(id), `/zones/${id}`);
  }

  public account(id: string): Account {
    return found(this.accounts.get(id), `/accounts/${id}`);
  }

  public get allZones(): readonly Zone[] {
    return [...this.zones.values()];
  }

  /** The zones of one account. */
  public zonesOf(account: string): readonly Zone[] {
    return [...this.zones.values()].filter((zone) => zone.account === account);
  }
}

/** The time that every object carries: a fixed one, since no verdict may depend on the clock. */
export const STAMP = "2026-01-01T00:00:00Z";

/** An object by its id, or the platform's 404. */
export function existing<T>(objects: ReadonlyMap<string, T>, id: string, kind: string): T {
  const object = objects.get(id);
  if (object === undefined) throw new ApiRefusal(404, 10001, `could not find ${kind} ${id}`);
  return object;
}

function found<T>(object: T | undefined, path: string): T {
  if (object === undefined) {
    throw new ApiRefusal(404, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`);
  }
  return object;
}

function emptyAccount(): Account {
  return { lists: new Map(), operations: new Map(), gateway: { rules: new Map(), proxy_endpoints: new Map() } };
}

function emptyZone(facts: ZoneFacts): Zone {
  const normalization = { scope: "incoming", type: "cloudflare" };
  const around = nothingAround();
  return { ...facts, rulesets: new Map(), settings: new Map(), records: new Map(), normalization, around };
}
