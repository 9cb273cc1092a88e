import { InvalidArgumentError } from "commander";

/** How a command prints its answer. */
export type OutputFormat = "text" | "json";

/** Reads the option `--format`. */
export function outputFormat(text: string): OutputFormat {
  if (text !== "text" && text !== "json") throw new InvalidArgumentError("It is text or json.");
  return text;
}

/** A value as JSON, as commands print it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
