/** The time of a connection is up. */
export class OutOfTime extends Error {
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
export function reasonOf(error: unknown): string {
  if (error instanceof OutOfTime) return error.message;
  const { code, name } = error as NodeJS.ErrnoException;
  return code === undefined ? name : (IN_WORDS[code] ?? code);
}
