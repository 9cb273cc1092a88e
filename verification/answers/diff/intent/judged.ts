import { InvalidInput, type Problem } from "../../../../errors/invalid-input";
import type { NamedAddresses } from "../../../diagram/values";
import { scenesOf } from "../../../statements/scene";
import { type App, both, type Pair } from "../app";
import { requestsBeside } from "../compare";
import { Area, type Difference, Direction, type Subject } from "../difference";
import { namesIn } from "../names";
import { type EdgePair, edgePairs } from "../requests/edges";
import { addressesOf, addressProblems } from "./addresses";
import { type Meant, without } from "./mask";
import type { IntendedRequests, IntendedThing, Intent, IntentEntry } from "./schema";
import { shareOf } from "./share";

/** A difference as an intent has it. */
export interface Judged {
  /** What nobody meant. Of requests, what is left without those that are meant. */
  readonly unintended: readonly Difference[];
  /** What is meant, in whole or in part. */
  readonly intended: readonly Difference[];
  /** The places in the intent of what nothing needed, from 0 on. */
  readonly unused: readonly number[];
}

interface Context {
  readonly names: readonly NamedAddresses[];
  readonly edges: readonly EdgePair[];
}

/** The kinds of what becomes of requests. */
const KINDS = [Direction.OPENED, Direction.CLOSED, Direction.CHANGED] as const;

/** The kinds of what becomes of other things. */
const KINDS_OF_THINGS = [...KINDS, Direction.WEAKENED, Direction.STRENGTHENED] as const;

/**
 * Tells what a change does beside what it means to do. That is shown for all requests: the meant ones are taken out on both
 * sides, and what is left is compared again.
 *
 * @throws {InvalidInput} where the intent names what isn't there
 */
export function judged(apps: Pair<App>, items: readonly Difference[], { intends }: Intent): Judged {
  const names = namesIn(apps);
  InvalidInput.throwIfAny(
    "the intent",
    intends.flatMap((entry, index) => problemsOf(entry, index, apps, names)),
  );
  const scenes = both(apps, ({ model, policies }) => scenesOf(model, policies));
  const context: Context = { names, edges: edgePairs(apps, scenes) };
  const requests = items.filter(({ area }) => area === Area.REQUESTS);
  const others = items.filter(({ area }) => area !== Area.REQUESTS);
  const covers = (entry: IntentEntry, item: Difference): boolean => isMeant(entry, item, apps, names);
  const open = (item: Difference): boolean => !intends.some((entry) => covers(entry, item));
  const left = requestsLeft(context, intends, requests).filter(open);
  const unintended = [...others.filter(open), ...left];
  const keys = new Set(left.map(keyOf));
  return {
    unintended,
    intended: [...others.filter((item) => !open(item)), ...requests.filter((item) => !keys.has(keyOf(item)))],
    unused: [...intends.keys()].filter((index) => {
      const entry = intends[index] as IntentEntry;
      return !items.some((item) => covers(entry, item)) && !takesOut(context, entry, requests);
    }),
  };
}

const keyOf = ({ direction, environments, what, before, after }: Difference): string =>
  JSON.stringify([direction, environments, what, before, after]);

/** What is left of the requests that end otherwise, without those that are meant to. */
function requestsLeft(
  { names, edges }: Context,
  intends: readonly IntentEntry[],
  requests: readonly Difference[],
): readonly Difference[] {
  if (requests.length === 0) return [];
  return [
    ...KINDS.flatMap((kind) => {
      const meant = intends.flatMap((entry) => meantIn(entry, kind, edges));
      const beside = meant.length === 0 ? requests : requestsBeside(edges, names, without(meant, names));
      return beside.filter((item) => item.direction === kind);
    }),
    ...requests.filter(({ direction }) => direction === Direction.UNDECIDED),
  ];
}

/** Whether something would be left otherwise without an entry. */
function takesOut({ names, edges }: Context, entry: IntentEntry, requests: readonly Difference[]): boolean {
  if (requests.length === 0) return false;
  return KINDS.some((kind) => {
    const meant = meantIn(entry, kind, edges);
    if (meant.length === 0) return false;
    const all = (some: readonly Difference[]): string =>
      some
        .filter((item) => item.direction === kind)
        .map(keyOf)
        .sort()
        .join("\n");
    return all(requestsBeside(edges, names, without(meant, names))) !== all(requests);
  });
}

type Traffic = IntendedRequests | IntendedThing;

function meantIn(entry: IntentEntry, kind: (typeof KINDS)[number], edges: readonly EdgePair[]): readonly Meant[] {
  const traffic: Traffic | undefined = entry[kind];
  if (traffic === undefined || "of" in traffic) return [];
  const { environment } = traffic;
  return [{ requests: traffic, share: environment === undefined ? undefined : shareOf(environment, edges) }];
}

/** Whether an entry means an item, where that is said by what the item is about. What nobody understands is never meant. */
function isMeant(entry: IntentEntry, item: Difference, apps: Pair<App>, names: readonly NamedAddresses[]): boolean {
  if (item.direction === Direction.UNDECIDED) return false;
  const { policy, lowered, added, dropped } = entry;
  if (policy !== undefined) return item.area === Area.POLICY && isWithin(item.subject.of, policy);
  if (lowered !== undefined) {
    const { statement, environment } = lowered;
    const place = `${environment}.accept[${statement}]`;
    const isOwn = item.statement === statement && item.environments.every((each) => each === environment);
    return item.area === Area.POLICY ? isWithin(item.subject.of, place) : isOwn;
  }
  if (added !== undefined) return isOnlyOf(item, added.environment) && !has(apps.before, added.environment);
  if (dropped !== undefined) return isOnlyOf(item, dropped.environment) && !has(apps.after, dropped.environment);
  const [meant] = KINDS_OF_THINGS.flatMap((kind) => (kind === item.direction ? (entry[kind] ?? []) : []));
  return meant !== undefined && "of" in meant && !NAMED_OTHERWISE.has(item.area) && isOf(item, meant, names);
}

/** What an entry of another form means. */
const NAMED_OTHERWISE: ReadonlySet<Area> = new Set([Area.REQUESTS, Area.POLICY, Area.STATEMENT]);

function isWithin(place: string, meant: string): boolean {
  return place === meant || place.startsWith(`${meant}.`) || place.startsWith(`${meant}[`);
}

const isOnlyOf = ({ environments }: Difference, environment: string): boolean =>
  environments.length > 0 && environments.every((each) => each === environment);

const has = ({ policies }: App, environment: string): boolean => policies.some(({ name }) => name === environment);

function isOf(
  { subject, addresses }: Difference,
  { of, part, from }: IntendedThing,
  names: readonly NamedAddresses[],
): boolean {
  const meant = addressesOf(from, names);
  const parts = part === undefined ? undefined : [part].flat();
  return (
    subject.of === of &&
    (parts === undefined || isPartOf(subject, parts)) &&
    (meant === undefined || addresses?.isSubsetOf(meant) === true)
  );
}

/** What has no parts is no part of anything. */
function isPartOf({ parts }: Subject, meant: readonly string[]): boolean {
  return parts.length > 0 && parts.every((each) => meant.includes(each));
}

function problemsOf(
  entry: IntentEntry,
  index: number,
  { before, after }: Pair<App>,
  names: readonly NamedAddresses[],
): readonly Problem[] {
  const environments = new Set([...before.policies, ...after.policies].map(({ name }) => name));
  const at = (rest: string): string => `intends[${index}].${rest}`;
  const known = (place: string, name: string | undefined): readonly Problem[] =>
    name === undefined || environments.has(name)
      ? []
      : [{ at: at(place), got: JSON.stringify(name), allowed: [...environments].join(", ") }];
  return [
    ...KINDS_OF_THINGS.flatMap((kind) => {
      const traffic: Traffic | undefined = entry[kind];
      if (traffic === undefined) return [];
      const { from, notFrom, environment } = { notFrom: undefined, environment: undefined, ...traffic };
      return [
        ...addressProblems(at(`${kind}.from`), from, names),
        ...addressProblems(at(`${kind}.notFrom`), notFrom, names),
        ...known(`${kind}.environment`, environment),
      ];
    }),
    ...known("lowered.environment", entry.lowered?.environment),
    ...known("added.environment", entry.added?.environment),
    ...known("dropped.environment", entry.dropped?.environment),
  ];
}
