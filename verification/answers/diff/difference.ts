import type { AddressSet } from "../../../network/address-set";
import type { StatementId } from "../../../policy/statements";
import { groupedBy } from "../../collections";
import { canonicalJson } from "../../terraform/json";
import { idOf } from "../../statements/id";
import type { Control } from "../../result";
import { createHash } from "node:crypto";

/** The meaning of a difference, the most urgent first. */
export enum Direction {
  /** Less is promised, held or checked: of the policy, a statement, a setting, a scan. */
  WEAKENED = "weakened",
  /** Something gets further than before. */
  OPENED = "opened",
  /** It is unknown what it means. */
  UNDECIDED = "undecided",
  /** The JSON has it no more, and nothing takes it away: it stays live as it was. */
  LEFT_STANDING = "left-standing",
  /** Something gets less far than before. */
  CLOSED = "closed",
  /** It ends in the same place in another way. */
  CHANGED = "changed",
  /** More is promised, held or checked. */
  STRENGTHENED = "strengthened",
}

/** Whether it is unknown what a difference means, or what it is about stays live: an intent can mean neither. */
export function isOpen({ direction }: Pick<Difference, "direction">): boolean {
  return direction === Direction.UNDECIDED || direction === Direction.LEFT_STANDING;
}

const DIRECTIONS: readonly Direction[] = Object.values(Direction);

/** The kind of thing that differs. */
export enum Area {
  /** The decisions of environments to accept something by name, beside statements that they lower. */
  ACCEPTANCE = "acceptance",
  /** The promises of the environments. */
  POLICY = "policy",
  /** The proof of a statement. */
  STATEMENT = "statement",
  /** Where HTTP requests end. */
  REQUESTS = "requests",
  /** Which names lead to the edge, or past it. */
  RECORDS = "records",
  /** How a zone is set. */
  SETTINGS = "settings",
  /** The access to a Postgres. */
  DATABASE = "database",
  /** The access to a Redis. */
  KEY_VALUE = "key-value",
  /** The access to a web service past the edge. */
  WEB_SERVICE = "web-service",
  /** The access to a worker. */
  WORKER = "worker",
  /** Where workers may connect to. */
  EGRESS = "egress",
  /** The scans, and the demands on a merge. */
  SCANS = "scans",
  /** The penetration test. */
  PENTEST = "pentest",
  /** The demands of an apply before it changes anything. */
  DEMANDS = "demands",
  /** Things that aren't understood, wherever they stand. */
  UNKNOWN = "unknown",
}

export interface Subject {
  /** A zone, a datastore, a service, an account, a repository; of the policy, the place in it. */
  readonly of: string;
  /** Which parts of it. */
  readonly parts: readonly string[];
}

/** More requests or connections that a difference is about. */
export type Also = Pick<Difference, "what" | "examples" | "notes" | "addresses" | "reach">;

export interface Difference {
  /**
   * `difference:<environments>:<area>:<direction>:<subject>:<digest>`: other differences don't change it. The
   * digest covers all that it means: a difference that opens more, or something else, has another id.
   */
  readonly id: string;
  readonly direction: Direction;
  readonly area: Area;
  /** The environments that it is about, in their order. */
  readonly environments: readonly string[];
  /** The difference in one sentence: `/webhooks/meta is blocked on 443 for anyone but meta`. */
  readonly sentence: string;
  /** The exact subject of the difference: `anyone but meta → /webhooks/meta on 443`. */
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
  /** One example of each family of addresses, as a command or as a connection. */
  readonly examples: readonly string[];
  /** The controls that decided it before and decide it now; undefined where nothing does. */
  readonly by: { readonly before?: Control | undefined; readonly after?: Control | undefined };
  readonly notes: readonly string[];
  readonly subject: Subject;
  /** Who reaches what otherwise, where it is about that. */
  readonly reach?: { readonly from: string; readonly to: string } | undefined;
  readonly addresses?: AddressSet | undefined;
  /** Of what else the same is true, by the same cause. */
  readonly also?: readonly Also[] | undefined;
  /** Whether somebody else still needs what is dropped, as the notes say. @default false */
  readonly isKept?: boolean;
  /** The id of a thing that this only says is new. It is left out where the thing's effects are told. */
  readonly announces?: string;
  readonly statement?: StatementId;
  /** Why it is meant, where an intent says so. */
  readonly reason?: string | undefined;
}

/** Whether a difference stands in the policy alone, and not in a stack. */
export const isOfPolicy = ({ area, statement }: Difference): boolean =>
  area === Area.POLICY || (area === Area.ACCEPTANCE && statement === undefined);

/** A difference without what is usually empty; a sentence where its subject, before and after, are none. */
export type Draft = Pick<Difference, "direction" | "area" | "environments" | "what" | "subject"> &
  Partial<Omit<Difference, "id">> & {
    /**
     * All that it means. Words won't do where they are cut, name a set, or leave something out.
     *
     * @default - what differs, before and after, in words
     */
    readonly exactly?: unknown;
  };

export function differenceOf({ exactly, ...draft }: Draft): Difference {
  const { what, before, after } = draft;
  const id = idFor(draft, exactly ?? [what, before ?? null, after ?? null]);
  return { id, sentence: changeOf(draft), examples: [], by: {}, notes: [], ...draft };
}

/** A thing that isn't understood. @default - it is of no known area, and its own subject */
interface Unclear extends Pick<Difference, "by" | "notes">, Partial<Pick<Difference, "area">>, Partial<Subject> {
  readonly stack: string;
}

/** The difference of a thing that isn't understood. */
export function notUnderstood(thing: string, unclear: Unclear): Difference {
  const { stack, area = Area.UNKNOWN, of = thing, parts = [], ...more } = unclear;
  return differenceOf({
    ...{ direction: Direction.UNDECIDED, area, environments: [stack], what: `${thing}: not understood, and differs` },
    ...{ ...more, subject: { of, parts } },
  });
}

/** A difference by its subject, before and after. */
export function changeOf({ what, before, after }: Pick<Draft, "what" | "before" | "after">): string {
  return before === undefined && after === undefined ? what : `${what}: ${before ?? "nothing"} → ${after ?? "nothing"}`;
}

type Subjected = Pick<Difference, "environments" | "area" | "direction" | "subject">;

function idFor({ environments, area, direction, subject: { of, parts } }: Subjected, exactly: unknown): string {
  const digest = createHash("sha256").update(canonicalJson(exactly)).digest("hex").slice(0, DIGITS);
  return idOf("difference", environments.join(","), area, direction, of, ...parts, digest);
}

/** Enough to tell apart what differs of one subject. */
const DIGITS = 12;

/** One difference for each cause, with all that it reaches: an intent means all of it. */
export function byCause(differences: readonly Difference[]): readonly Difference[] {
  return [...groupedBy(ranked(differences), causeOf).values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    const id = idFor(first, [first, ...others].map((each) => each.id).sort());
    return { ...first, id, also: others.map(alsoOf) };
  });
}

/** The areas in which a difference covers a share of the requests or connections: one cause may need several. */
const SHARES: ReadonlySet<Area> = new Set([Area.REQUESTS, Area.EGRESS]);

/** Equal causes, one difference; what is no share is its own cause. */
function causeOf(difference: Difference): string | Difference {
  const { direction, area, environments, before, after, by, subject, addresses } = difference;
  if (!SHARES.has(area) || addresses === undefined) return difference;
  return JSON.stringify([direction, area, environments, before, after, by, subject]);
}

const alsoOf = ({ what, examples, notes, reach, addresses }: Difference): Also => ({
  ...{ what, examples, notes, reach, addresses },
});

/** Differences that differ by their environment alone, taken together: people read once what several environments do alike. */
export function acrossEnvironments(differences: readonly Difference[]): readonly Difference[] {
  return [...groupedBy(differences, saying).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : others.reduce(together, first),
  );
}

function saying({ direction, area, sentence, what, before, after, statement, also = [], reason }: Difference): string {
  const others = also.map((each) => each.what);
  return JSON.stringify([direction, area, sentence, what, before, after, statement, others, reason]);
}

function together(first: Difference, { environments, examples, notes, also = [] }: Difference): Difference {
  const union = (own: readonly string[], others: readonly string[] = []) => [...new Set([...own, ...others])];
  return {
    ...first,
    environments: union(first.environments, environments),
    examples: union(first.examples, examples),
    notes: union(first.notes, notes),
    also: first.also?.map((each, at) => ({ ...each, examples: union(each.examples, also[at]?.examples) })),
  };
}

/** In the order in which a reader wants them. */
function ranked(differences: readonly Difference[]): readonly Difference[] {
  const rank = (difference: Difference): number => urgencyOf(difference) * 100 + AREAS.indexOf(difference.area);
  return [...differences].sort((one, other) => rank(one) - rank(other));
}

/** Acceptances come first, then a weaker policy, then more access, then things that are held less, then statements. */
function urgencyOf({ direction, area }: Difference): number {
  if (area === Area.ACCEPTANCE && direction !== Direction.STRENGTHENED) return -1;
  const place = DIRECTIONS.indexOf(direction);
  if (direction !== Direction.WEAKENED || area === Area.POLICY) return place;
  return DIRECTIONS.indexOf(Direction.OPENED) + (area === Area.STATEMENT ? 0.75 : 0.5);
}

const AREAS: readonly Area[] = Object.values(Area);
