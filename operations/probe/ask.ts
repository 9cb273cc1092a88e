import { type Family, isIpv4Mapped, parseAddress } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { SpecialAddresses } from "../../network/special-addresses";
import { type Clock, SYSTEM_CLOCK } from "../waiting";
import { converse } from "./conversation";
import { type Answer, type Answers, type Question, type Reply, secureRequest } from "./question";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

/**
 * Asks one question: over one connection, or over one to an address of each family that the name has. A connection is over
 * when the answer is there or the time is up.
 */
export async function ask(question: Question, dialler: Dialler): Promise<Answers> {
  const { host, everyFamily = false } = question.at;
  try {
    const [first, ...others] = await inTime(dialler, () => dialler.resolve(host));
    if (first === undefined) return [unclear(`the name ${host} leads nowhere: no address`)];
    const second = everyFamily ? others.find((address) => familyOf(address) !== familyOf(first)) : undefined;
    const answer = await askAt(first, question, dialler);
    return second === undefined ? [answer] : [answer, await askAt(second, question, dialler)];
  } catch (error) {
    return [unclear(`the name ${host} leads nowhere: ${reasonOf(error)}`)];
  }
}

const familyOf = (address: string) => parseAddress(address)?.family;

async function askAt(address: string, question: Question, dialler: Dialler): Promise<Answer> {
  const { host, port } = question.at;
  if (parseAddress(address) === undefined) return unclear(`the name ${host} leads nowhere: ${address}`);
  if (!isOutside(address)) return unclear(`the name ${host} leads to ${address}, which isn't outside`);
  const socket = dialler.connect(address, port).on("error", () => undefined);
  let local: string | undefined;
  try {
    const reply = await inTime(dialler, async () => {
      await once(socket, "connect");
      local = socket.localAddress;
      return converse(socket, question, dialler.authorities);
    });
    return { ...reply, from: address, local };
  } catch (error) {
    return { ...failureOf(error, socket), from: address, local };
  } finally {
    socket.destroy();
  }
}

/** The failure of a connection as an answer. */
function failureOf(error: unknown, { connecting }: Socket): Reply {
  if (error instanceof OutOfTime && connecting) return { kind: "silent" };
  return (error as NodeJS.ErrnoException).code === "ECONNREFUSED"
    ? { kind: "closed" }
    : { kind: "unclear", reason: reasonOf(error) };
}

/** The most milliseconds that the look-up of a name takes, or a connection until the last byte that matters. */
export const MOST_MILLISECONDS = 10_000;

/** Lets work go on until its time is up. */
async function inTime<T>({ clock = SYSTEM_CLOCK }: Dialler, work: () => Promise<T>): Promise<T> {
  let callOff: (() => void) | undefined;
  const over = new Promise<never>((_, reject) => {
    callOff = clock.after(MOST_MILLISECONDS, () => {
      reject(new OutOfTime());
    });
  });
  try {
    return await Promise.race([work(), over]);
  } finally {
    callOff?.();
  }
}

function unclear(reason: string): Answer {
  return { kind: "unclear", reason };
}

/** The time of a connection is up. */
class OutOfTime extends Error {
  public override readonly name = "OutOfTime";

  public constructor() {
    super("no complete answer in time");
  }
}

const IN_WORDS: Readonly<Record<string, string>> = {
  EADDRNOTAVAIL: "this machine has no address of that family",
  ECONNRESET: "the connection was reset",
  EHOSTUNREACH: "no route leads there from here",
  ENETUNREACH: "no route leads there from here",
  ENODATA: "it has no address",
  ENOTFOUND: "there is no such name",
  EPIPE: "the connection was closed",
  HPE_HEADER_OVERFLOW: "the headers are longer than is read",
};

/** Why there is no answer: in words or by the system's code, since its messages quote addresses. */
function reasonOf(error: unknown): string {
  if (error instanceof OutOfTime) return error.message;
  const { code, name } = error as NodeJS.ErrnoException;
  return code === undefined ? name : (IN_WORDS[code] ?? code);
}

/** Whether an address can be somebody's on the Internet: not private, special, or an IPv4 address in IPv6's clothes. */
export function isOutside(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined || isIpv4Mapped(address)) return false;
  return !AddressSet.of(text, [text]).overlaps(SpecialAddresses.NOT_PUBLIC);
}

/** How the probe gets out: names and connections. Tests have one that leads to loopback. */
export interface Dialler {
  /**
   * The addresses that a name has, IPv4 first.
   *
   * @throws {Error} with the resolver's code where the name has none, or no server answers
   */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Opens one TCP connection. */
  readonly connect: (address: string, port: number) => Socket;
  /**
   * The certificates that vouch for others, in PEM.
   *
   * @default - those that Node comes with
   */
  readonly authorities?: string;
  /** @default - the machine's own */
  readonly clock?: Clock;
}

const NO_SUCH_RECORD = "ENODATA";

/**
 * The machine's own network. Names are asked of the name servers, so that a hosts file doesn't answer for the outside,
 * and connections are made directly, whatever proxy the machine has.
 */
export function systemDialler(): Dialler {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return {
    resolve: async (host) => {
      const families = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
      const addresses = families.flatMap((family) => (family.status === "fulfilled" ? family.value : []));
      if (addresses.length > 0) return addresses;
      const reasons = families.flatMap((family) => (family.status === "rejected" ? [family.reason as Error] : []));
      throw reasons.find(({ code }: NodeJS.ErrnoException) => code !== NO_SUCH_RECORD) ?? reasons[0] ?? new Error(host);
    },
    connect: (host, port) => connect({ host, port }),
  };
}

/** From where the probe looks: the public address of this machine, as far as it is known. */
export type Vantage = Readonly<Partial<Record<Family, string>>>;

/**
 * Asks the environment's own edge from which address it is asked.
 *
 * @see https://developers.cloudflare.com/fundamentals/reference/cdn-cgi-endpoint/
 */
export function trace(host: string): Question {
  return secureRequest(host, "/cdn-cgi/trace", { wantsBody: true });
}

/** Reads the edge's answer, lines of `key=value`. */
export function vantageOf(answer: Answer): Vantage {
  const [, text = ""] = (answer.kind === "response" && /^ip=(\S+)$/m.exec(answer.body)) || [];
  const address = parseAddress(text);
  return address === undefined ? {} : { [address.family]: text };
}

/** The public address that a connection came from, if it is known. */
export function sourceOf({ from, local }: Answer, vantage: Vantage): string | undefined {
  const family = from === undefined ? undefined : parseAddress(from)?.family;
  if (family === undefined) return undefined;
  return vantage[family] ?? (local !== undefined && isOutside(local) ? local : undefined);
}
