import { parseAddress } from "../../network/address";
import { SpecialAddresses } from "../../network/special-addresses";
import { type Clock, SYSTEM_CLOCK } from "../waiting";
import { once } from "node:events";
import { type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import type { Socket } from "node:net";

/** How much patience a client has. */
export interface Timing {
  /** For one answer, from the look-up of the name to the last byte, in milliseconds. */
  readonly request: number;
  /** How often a request is sent at most. */
  readonly attempts: number;
  /** Before the second attempt, in milliseconds; twice as long before each further one. */
  readonly backoff: number;
  /** The longest time that a platform may ask to wait, in milliseconds. */
  readonly longestWait: number;
  /** How long a platform may give no answer at all, whatever it is asked, in milliseconds. */
  readonly silence: number;
  /** The longest answer, in bytes. */
  readonly longestBody: number;
  readonly clock: Clock;
}

/** Supabase's window is a minute (https://supabase.com/docs/reference/api/introduction): no platform's is much longer. */
export const TIMING: Timing = {
  request: 15_000,
  attempts: 4,
  backoff: 500,
  longestWait: 65_000,
  silence: 30_000,
  longestBody: 8 * 1024 * 1024,
  clock: SYSTEM_CLOCK,
};

/**
 * How long a platform asks to wait, in milliseconds: `Retry-After` (RFC 9110 section 10.2.3), or the seconds until the window of
 * a rate limit begins anew, which Supabase sends as `x-ratelimit-reset` and Render as `ratelimit-reset`.
 *
 * GitHub sends a moment in seconds since 1970 under the first of these names: no other platform asks for a year.
 *
 * @param now the present, in milliseconds since 1970
 */
export function retryAfter(status: number, headers: IncomingHttpHeaders, now: number): number | undefined {
  const asked = headers["retry-after"];
  if (asked !== undefined) return seconds(asked) ?? untilDate(asked, now);
  const reset = headers["x-ratelimit-reset"] ?? headers["ratelimit-reset"];
  const wait = (status === 429 || status === 403) && reset !== undefined ? seconds(String(reset)) : undefined;
  return wait === undefined || wait < YEAR ? wait : Math.max(0, wait - now);
}

const YEAR = 365 * 86_400_000;

function seconds(text: string): number | undefined {
  return /^\d{1,10}$/.test(text.trim()) ? Number(text) * 1_000 : undefined;
}

function untilDate(text: string, now: number): number | undefined {
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** No whole answer came. The message is a code: those of the system may quote what was sent. */
export class Unheard extends Error {
  public override readonly name = "Unheard";
}

/** The time and the size that one answer may take. */
export type Patience = Pick<Timing, "request" | "longestBody" | "clock">;

/**
 * One GET and its whole answer. A redirect isn't followed: it would lead to an address that nobody checked.
 *
 * @throws {Unheard} when the other side can't be reached, breaks off, takes too long or answers too much
 */
export async function exchange(
  url: string,
  headers: Readonly<Record<string, string>>,
  patience: Patience,
): Promise<Answer> {
  const send = url.startsWith("https:") ? overHttps : overHttp;
  const request = send(url, { method: "GET", headers, agent: false });
  return hearOut(request, patience, async () => {
    const [response] = (await once(request.end(), "response")) as [IncomingMessage];
    const body = await gathered(response, patience);
    return { status: response.statusCode ?? 0, headers: response.headers, text: body.toString("utf8") };
  });
}

/**
 * Hears an answer out, and ends what it came over.
 *
 * @throws {Unheard} when it fails, or the time is up
 */
export async function hearOut<T>(
  line: ClientRequest | Socket,
  { request, clock }: Patience,
  hear: () => Promise<T>,
): Promise<T> {
  let isLate = false;
  const callOff = clock.after(request, () => {
    isLate = true;
    line.destroy();
  });
  // Errors after the answer, or after the time is up, are of no account.
  line.on("error", () => undefined);
  try {
    return await hear();
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException;
    throw new Unheard(isLate ? "timed out" : error instanceof Unheard ? message : (code ?? name));
  } finally {
    callOff();
    line.destroy();
  }
}

/** Everything that comes over a stream until its end. */
export async function gathered(stream: AsyncIterable<Buffer>, { longestBody }: Patience): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestBody) throw new Unheard(`longer than ${String(longestBody)} bytes`);
  }
  return Buffer.concat(chunks);
}

/** Whether nobody on the way can change what is sent, or read it: over https, or to this machine itself. */
export function isProtected({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && isLoopback(hostname));
}

/** A name such as `localhost` can point elsewhere. */
function isLoopback(hostname: string): boolean {
  const address = parseAddress(hostname.replace(/^\[|\]$/g, ""));
  return address !== undefined && SpecialAddresses.LOOPBACK.contains(address);
}

/**
 * The variable by which a process believes any certificate, so that https protects nothing.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/cli.html#node_tls_reject_unauthorizedvalue
 */
export const CERTIFICATE_CHECKS = "NODE_TLS_REJECT_UNAUTHORIZED";

/** Whether a process with these variables checks certificates. */
export function checksCertificates(variables: Readonly<Record<string, string | undefined>>): boolean {
  return variables[CERTIFICATE_CHECKS] !== "0";
}
