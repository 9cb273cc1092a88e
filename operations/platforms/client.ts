import type { z } from "zod";
import { printable } from "../../errors/one-line";
import {
  type Access,
  accessTo,
  type Variables,
  type Platform,
  type Refusal,
  type Reading,
  read,
  type Unreadable,
  unreadable,
} from "./platform";
import { type Answer, exchange, Unheard, retryAfter, type Timing, TIMING } from "./exchange";
import { inTurns } from "../waiting";

/** Reads of one platform: bounded in time, repeated where repeating helps. The same path is asked once. */
export interface Client {
  readonly platform: Platform;
  /** Everything after the root of the API, with the query. */
  readonly ask: (path: string) => Promise<Reading<Answer>>;
}

/** How many requests are under way at the same time. */
const AT_ONCE = 4;

/** A client with the access that a process has. */
export function clientOf(platform: Platform, variables: Variables, timing: Timing = TIMING): Reading<Client> {
  const access = accessTo(platform, variables);
  if (access.kind === "unreadable") return access;
  const asked = new Map<string, Promise<Reading<Answer>>>();
  const inTurn = inTurns(AT_ONCE);
  const line = new Line(platform, access.value, timing);
  const ask = (path: string): Promise<Reading<Answer>> => {
    const answer = asked.get(path) ?? inTurn(() => line.ask(path));
    asked.set(path, answer);
    return answer;
  };
  return read({ platform, ask });
}

/** Reads JSON of a known form. Members that the form doesn't name are dropped, secrets first of all. */
export async function readJson<T>(client: Client, path: string, form: z.ZodType<T>): Promise<Reading<T>> {
  const answer = await client.ask(path);
  if (answer.kind === "unreadable") return answer;
  const { name, endpoint } = client.platform;
  const todo = `check that ${endpoint} leads to ${name}, or that ${name}'s API hasn't changed; then run this again`;
  const body = parsed(answer.value.text);
  if (body === undefined) return unreadable(`${name}'s answer isn't JSON, or not all of it`, todo);
  const result = form.safeParse(body);
  if (result.success) return read(result.data);
  // The values at fault aren't shown: they may be secret.
  const at = result.error.issues[0]?.path.map(String).join(".") ?? "";
  return unreadable(
    `GET ${path}: the answer is of a form that isn't known here, at ${printable(at || "its top")}`,
    todo,
  );
}

type Query = Readonly<Record<string, string>>;

/** A page of a list. */
export interface Page<T> {
  readonly entries: readonly T[];
  /** The query of the next page; undefined where this is the last one. */
  readonly next: Query | undefined;
}

const MOST_PAGES = 500;

/**
 * Every entry of a list. One that ends before its last page is unreadable: what is missing would go unseen.
 *
 * @param pageOf told also how many entries came before, and the number of the page
 */
export async function listed<F extends z.ZodType, T>(
  client: Client,
  path: string,
  first: Query,
  form: F,
  pageOf: (answer: z.output<F>, before: number, number: number) => Page<T>,
): Promise<Reading<readonly T[]>> {
  const { name, endpoint } = client.platform;
  const entries: T[] = [];
  let query = new URLSearchParams(first);
  for (let number = 1; number <= MOST_PAGES; number += 1) {
    const joint = path.includes("?") ? "&" : "?";
    const answer = await readJson(client, query.size === 0 ? path : `${path}${joint}${query.toString()}`, form);
    if (answer.kind === "unreadable") return answer;
    const page = pageOf(answer.value as z.output<F>, entries.length, number);
    entries.push(...page.entries);
    if (page.next === undefined) return read(entries);
    if (page.entries.length === 0) {
      const what = `GET ${path}: the list ends early: ${name} says that it has more than ${String(entries.length)}`;
      return unreadable(what, "run this again: the list was changed while it was read");
    }
    query = new URLSearchParams(page.next);
  }
  const what = `GET ${path}: the list doesn't end after ${String(MOST_PAGES)} pages`;
  return unreadable(what, `check that ${endpoint} leads to ${name}`);
}

/** The line to a platform, which is given up once nothing has come over it for as long as a platform may be silent. */
class Line {
  /** When something came over it last, or when it was used again after nobody had asked for a while. */
  private heard = 0;
  /** How many answers came over it. */
  private answers = 0;
  /** How many requests are on it. */
  private open = 0;
  /** Why a request failed that was sent as often as it may be, if nothing came since. */
  private dead: Failed | undefined;

  public constructor(
    private readonly platform: Platform,
    private readonly access: Access,
    private readonly timing: Timing,
  ) {}

  public async ask(path: string): Promise<Reading<Answer>> {
    if (this.open === 0 && this.dead === undefined) this.heard = this.timing.clock.now();
    this.open += 1;
    try {
      return await this.patiently(path);
    } finally {
      this.open -= 1;
    }
  }

  private async patiently(path: string): Promise<Reading<Answer>> {
    const { clock, attempts, backoff, longestWait } = this.timing;
    const answers = this.answers;
    let last = this.dead ?? SILENT;
    for (let attempt = 1; attempt <= attempts && this.patience > 0; attempt += 1) {
      const outcome = await this.once(path);
      if (!("what" in outcome)) return verdictOn(this.platform, this.access, outcome);
      last = outcome;
      const wait = outcome.wait ?? backoff * 2 ** (attempt - 1);
      if (wait > longestWait) {
        return this.refused(last, `it asks to wait ${String(Math.ceil(wait / 1_000))} seconds: run this again then`);
      }
      if (this.dead !== undefined || attempt === attempts) break;
      await clock.pause(outcome.status === undefined ? Math.min(wait, Math.max(0, this.patience)) : wait);
      if (outcome.status !== undefined) this.heard = clock.now();
    }
    if (this.answers === answers) this.dead ??= last;
    return this.refused(last, `run this again when ${this.platform.name} answers`);
  }

  /** How long the platform may go on being silent. */
  private get patience(): number {
    return this.heard + this.timing.silence - this.timing.clock.now();
  }

  private async once(path: string): Promise<Answer | Failed> {
    const { clock, request } = this.timing;
    const headers = {
      accept: "application/json",
      "user-agent": "livestreamsell-security-infrastructure",
      ...this.platform.headers,
      authorization: `Bearer ${this.access.credential}`,
    };
    try {
      const limits = { ...this.timing, request: Math.min(request, this.patience) };
      const answer = await exchange(`${this.access.root}${path}`, headers, limits);
      this.heard = clock.now();
      this.answers += 1;
      this.dead = undefined;
      const { status } = answer;
      if (!isPassing(answer)) return answer;
      return { what: `answered ${String(status)}`, wait: retryAfter(status, answer.headers, clock.now()), status };
    } catch (error) {
      if (!(error instanceof Unheard)) throw error;
      return { what: `gave no whole answer (${error.message})` };
    }
  }

  private refused({ what, status }: Failed, todo: string): Unreadable {
    return unreadable(`${this.platform.name} ${what}`, todo, { status });
  }
}

const SILENT: Failed = { what: "gave no whole answer (timed out)" };

/** An attempt after which another one may help. */
interface Failed {
  readonly what: string;
  /** How long the platform asks to wait, in milliseconds. */
  readonly wait?: number | undefined;
  readonly status?: number;
}

/**
 * Whether the same request may succeed later. GitHub answers 403 when a rate limit is used up.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function isPassing({ status, headers }: Answer): boolean {
  const isLimit = "retry-after" in headers || headers["x-ratelimit-remaining"] === "0";
  return status === 408 || status === 429 || status >= 500 || (status === 403 && isLimit);
}

function verdictOn(platform: Platform, { credential }: Access, answer: Answer): Reading<Answer> {
  const { status, text } = answer;
  if (status >= 200 && status < 300) return read(answer);
  const { code, message } = (platform.refusalIn ?? messageIn)(parsed(text));
  const said = message === undefined || shows(message, credential) ? undefined : printable(message);
  const words = said === undefined ? "" : ` "${said}"`;
  const what = `${platform.name} answered ${String(status)}${words}`;
  const refusal: Partial<Unreadable> = { status, code, said };
  return unreadable(what, (TODO[status] ?? READ_ITS_MESSAGE)(platform), refusal);
}

const READ_ITS_MESSAGE = ({ endpoint }: Platform): string =>
  `read the platform's message, check that ${endpoint} leads to it, then run this again`;

/** The thing to do about a refusal, by its status. */
const TODO: Readonly<Record<number, (platform: Platform) => string>> = {
  401: ({ credential }) => `put a valid credential into ${credential}`,
  402: () => "check the plan: the platform sells this with another one",
  403: ({ credential }) => `give ${credential} the right to read this`,
  404: ({ credential }) => `check the id, and that ${credential} belongs to the account that owns it`,
};

function messageIn(body: unknown): Refusal {
  const { message } = Object(body) as { readonly message?: unknown };
  return { message: typeof message === "string" ? message : undefined };
}

const SHOWN = 8;

/** Whether a text shows a part of a secret that is long enough to matter. */
function shows(text: string, secret: string): boolean {
  const length = Math.min(SHOWN, secret.length);
  return [...secret].some((_, at) => at + length <= secret.length && text.includes(secret.slice(at, at + length)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
