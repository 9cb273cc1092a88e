import { Option } from "commander";

/** The option by which a command is told how to print its answer, as text unless it is told otherwise. */
export function formatOption(what: string, formats: readonly string[] = ["text", "json"]): Option {
  return new Option("--format <format>", what).choices(formats).default("text");
}
