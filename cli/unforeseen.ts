import { inspect } from "node:util";

/** The line about an unforeseen error, without a stack trace. */
export function unforeseen(error: unknown): string {
  const got = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
  return `no answer: got ${got}; this is a fault of the program: tell its maintainers the command and this line`;
}
