import { isIpv4Mapped, parseAddress } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { SpecialAddresses } from "../../network/special-addresses";
import { askDatastore, askHandshake, askHttp } from "./conversation";
import type { Dialler } from "./dialler";
import type { Answer, Answers, Limits, Question, Reply } from "./question";
import type { Socket } from "node:net";

/**
 * Asks one question: over one connection, or over one to an address of each family that the name has. A connection is over
 * when the answer is there or the time is up.
 */
export async function ask(question: Question, dialler: Dialler, limits: Limits): Promise<Answers> {
  const { host, everyFamily = false } = question.at;
  try {
    const [first, ...others] = await within(deadlineOf(limits), dialler.resolve(host));
    if (first === undefined) return [unclear(`the name ${host} leads nowhere: no address`)];
    const second = everyFamily ? others.find((address) => familyOf(address) !== familyOf(first)) : undefined;
    const answer = await askAt(first, question, dialler, limits);
    return second === undefined ? [answer] : [answer, await askAt(second, question, dialler, limits)];
  } catch (error) {
    return [unclear(`the name ${host} leads nowhere: ${reasonOf(error)}`)];
  }
}

const familyOf = (address: string) => parseAddress(address)?.family;

async function askAt(address: string, question: Question, dialler: Dialler, limits: Limits): Promise<Answer> {
  const { host, port } = question.at;
  const deadline = deadlineOf(limits);
  if (parseAddress(address) === undefined) return unclear(`the name ${host} leads nowhere: ${address}`);
  if (!isOutside(address)) return unclear(`the name ${host} leads to ${address}, which isn't outside`);
  const socket = dialler.connect(address, port);
  const known = () => ({ from: address, ...(socket.localAddress === undefined ? {} : { local: socket.localAddress }) });
  try {
    const refused = await within(deadline, connected(socket));
    const local = known();
    return { ...(refused ?? (await within(deadline, converse(socket, question, dialler, limits)))), ...local };
  } catch (error) {
    const isSilent = error instanceof OutOfTime && socket.connecting;
    return { ...(isSilent ? { kind: "silent" } : { kind: "unclear", reason: reasonOf(error) }), ...known() };
  } finally {
    socket.on("error", () => undefined).destroy();
  }
}

/** Waits for a connection; what it returns otherwise is the answer. */
function connected(socket: Socket): Promise<Reply | undefined> {
  return new Promise((resolve, reject) => {
    socket.once("connect", () => {
      resolve(undefined);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") resolve({ kind: "closed" });
      else reject(error);
    });
  });
}

function converse(socket: Socket, question: Question, { authorities }: Dialler, limits: Limits): Promise<Reply> {
  switch (question.kind) {
    case "http":
      return askHttp(socket, question, limits, authorities);
    case "handshake":
      return askHandshake(socket, question, authorities);
    case "postgres":
    case "redis":
      return askDatastore(socket, question, question.at.host);
  }
}

/** Lets work go on until the time that is left from now on is up. */
type Deadline = Limits["clock"] & { readonly end: number };

const deadlineOf = ({ clock, milliseconds }: Limits): Deadline => ({ ...clock, end: clock.now() + milliseconds });

async function within<T>({ now, after, end }: Deadline, work: Promise<T>): Promise<T> {
  let callOff: (() => void) | undefined;
  const over = new Promise<never>((_, reject) => {
    callOff = after(Math.max(0, end - now()), () => {
      reject(new OutOfTime());
    });
  });
  try {
    return await Promise.race([work, over]);
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
