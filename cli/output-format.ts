import { InvalidArgumentError, Option } from "commander";
import { nearest } from "../errors/nearest";

/** The option by which a command is told how to print its answer, as text unless it is told otherwise. */
export function formatOption(what: string, formats: readonly string[] = ["text", "json"]): Option {
  return choiceOption("--format <format>", what, formats).default("text");
}

/** An option with a list of values. A misspelt value is refused with the nearest one. */
export function choiceOption(flags: string, what: string, values: readonly string[]): Option {
  return new Option(flags, what).choices(values).argParser((value) => {
    if (values.includes(value)) return value;
    const near = nearest(value, values);
    const listed = `Allowed choices are ${values.join(", ")}.`;
    throw new InvalidArgumentError(near === undefined ? listed : `${listed} Did you mean ${near}?`);
  });
}
