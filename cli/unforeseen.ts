import { inspect } from "node:util";

/** The line about an error that nobody foresaw, without a stack trace. */
export function unforeseen(error: unknown): string {
  const got = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
  return `no answer: got ${got}; this is a fault of the program: tell its maintainers the command and this line`;
}
