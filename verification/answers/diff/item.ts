import type { AddressSet } from "../../../network/address-set";
import type { StatementId } from "../../../policy/statements";
import type { Control } from "../../result";

/** What a difference means, the most urgent first. */
export enum Kind {
  /** Less is promised, held or checked: of the policy, a statement, a setting, a scan. */
  WEAKENED = "weakened",
  /** Something gets further than before. */
  OPENED = "opened",
  /** Nobody here can say what it means. */
  UNDECIDED = "undecided",
  /** Something gets less far than before. */
  CLOSED = "closed",
  /** It ends in the same place in another way. */
  CHANGED = "changed",
  /** More is promised, held or checked. */
  STRENGTHENED = "strengthened",
}

const KINDS: readonly Kind[] = Object.values(Kind);

/** What a difference is a difference of. */
export enum Area {
  /** What the environments promise. */
  POLICY = "policy",
  /** What is proven of a statement. */
  STATEMENT = "statement",
  /** Where HTTP requests end. */
  REQUESTS = "requests",
  /** Which names lead to the edge, or past it. */
  RECORDS = "records",
  /** How a zone is set. */
  SETTINGS = "settings",
  /** Who may connect to a Postgres. */
  DATABASE = "database",
  /** Who may connect to a Redis. */
  KEY_VALUE = "key-value",
  /** Who may connect to a web service past the edge. */
  WEB_SERVICE = "web-service",
  /** What may connect to a worker. */
  WORKER = "worker",
  /** Where workers may connect to. */
  EGRESS = "egress",
  /** What is scanned, and what a merge needs. */
  SCANS = "scans",
  /** The penetration test. */
  PENTEST = "pentest",
  /** What an apply demands before it changes anything. */
  DEMANDS = "demands",
  /** What isn't understood, wherever it stands. */
  UNKNOWN = "unknown",
}

/** What an item is about, as an intent names it. */
export interface Subject {
  /** An id: of a zone, a datastore, a service, a repository. */
  readonly of: string;
  /** Which parts of it. */
  readonly parts: readonly string[];
}

/** More requests or connections that an item is about. */
export type Also = Pick<Item, "what" | "witnesses" | "notes" | "addresses">;

/** One difference between two apps. */
export interface Item {
  readonly kind: Kind;
  readonly area: Area;
  /** The environments that it is about, in their order. */
  readonly environments: readonly string[];
  /** What differs, in words: `anyone but meta → /webhooks/meta on 443`. */
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
  /** One example of each family of addresses, as a command or as a connection. */
  readonly witnesses: readonly string[];
  /** What decided it before and decides it now; undefined where nothing does. */
  readonly by: { readonly before?: Control; readonly after?: Control };
  /** What else a reader should know. */
  readonly notes: readonly string[];
  readonly subject: Subject;
  /** The addresses that it is about, where it is about some. */
  readonly addresses?: AddressSet;
  /** Of what else the same is true, by the same cause. */
  readonly also?: readonly Also[];
  /** Whether somebody else still needs what is dropped, as the notes say. @default false */
  readonly isKept?: boolean;
  /** The id of a thing of which this says only that it is new: it is left out where what becomes of the thing is told. */
  readonly announces?: string;
  /** The statement that it is about, where it is about one. */
  readonly statement?: StatementId;
}

/** An item without what is usually empty. */
export type Draft = Pick<Item, "kind" | "area" | "environments" | "what" | "subject"> & Partial<Item>;

export function itemOf(draft: Draft): Item {
  return { witnesses: [], by: {}, notes: [], ...draft };
}

/** The items in the order in which a reader wants them. */
export function ranked(items: readonly Item[]): readonly Item[] {
  const rank = (item: Item): number => urgencyOf(item) * 100 + AREAS.indexOf(item.area);
  return [...items].sort((one, other) => rank(one) - rank(other));
}

/** Who gets further says more than what is held less, and that says more than which statement no longer holds. */
function urgencyOf({ kind, area }: Item): number {
  const place = KINDS.indexOf(kind);
  if (kind !== Kind.WEAKENED || area === Area.POLICY) return place;
  return KINDS.indexOf(Kind.OPENED) + (area === Area.STATEMENT ? 0.75 : 0.5);
}

const AREAS: readonly Area[] = Object.values(Area);
