import { parseCidr } from "../cidr";

/** A file of a public repository, at one commit, that prefixes were read from. */
export interface FeedSnapshot {
  /** The GitHub repository, as `owner/name`. */
  readonly repository: string;
  /** The file's path in it. */
  readonly path: string;
  /** The commit that was read: 40 hexadecimal digits. */
  readonly commit: string;
  /**
   * The last day on which the feed saw the system announce prefixes, as `YYYY-MM-DD`.
   *
   * @default - the snapshot doesn't say
   */
  readonly lastAnnounced?: string;
}

/** The answer of a service that was asked for prefixes. */
export interface FeedAnswer {
  /** The service that was asked: `https://...`, or `whois://host:port`. */
  readonly url: string;
  /**
   * The query that it was asked.
   *
   * @default - the URL says it all
   */
  readonly query?: string;
  /** When it answered, as `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly retrieved: string;
  /** How many prefixes it answered, as they came. */
  readonly count: number;
  /** `fingerprintOf` the fewest blocks that hold the addresses that it answered. */
  readonly sha256: string;
  /**
   * The fewest blocks that hold the addresses that it has and another source of the feed lacks, IPv4 before IPv6. They enter the
   * feed only when the other one has them too; those that are in the feed stay until no source has them.
   */
  readonly unconfirmed: readonly string[];
}

/** Where the addresses of a feed come from. */
export type FeedSource = FeedSnapshot | FeedAnswer;

/** The forms of a source, in words. */
export const SOURCE_FORMS =
  "at least one source: a snapshot with its repository, path and commit (40 hexadecimal digits), or an answer with its " +
  "url, retrieved (YYYY-MM-DDTHH:MM:SSZ), count, sha256 and unconfirmed";

type SourceFields = Readonly<Partial<Record<keyof FeedSnapshot | keyof FeedAnswer, unknown>>>;

export function isSource(value: unknown): value is FeedSource {
  const fields = Object(value) as SourceFields;
  return isSnapshot(fields) || isAnswer(fields);
}

/** Whether a value is a day that exists, as `YYYY-MM-DD`. */
export function isDay(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && exists(`${value}T00:00:00Z`);
}

/** Whether a value is text that is not blank. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isSnapshot({ repository, path, commit, lastAnnounced }: SourceFields): boolean {
  return (
    isText(repository) &&
    isText(path) &&
    isHexadecimal(commit, 40) &&
    (lastAnnounced === undefined || isDay(lastAnnounced))
  );
}

function isAnswer({ url, query, retrieved, count, sha256, unconfirmed }: SourceFields): boolean {
  return (
    isText(url) &&
    (query === undefined || isText(query)) &&
    isInstant(retrieved) &&
    Number.isInteger(count) &&
    isHexadecimal(sha256, 64) &&
    Array.isArray(unconfirmed) &&
    unconfirmed.every((prefix) => typeof prefix === "string" && parseCidr(prefix) !== undefined)
  );
}

function isInstant(value: unknown): boolean {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && exists(value);
}

/** JavaScript rolls a day like 30 February over into March. */
function exists(instant: string): boolean {
  const time = new Date(instant);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(instant.slice(0, -1));
}

function isHexadecimal(value: unknown, digits: number): boolean {
  return typeof value === "string" && value.length === digits && /^[\da-f]+$/.test(value);
}
