import { InvalidInput, shown } from "../../../../errors/invalid-input";
import { problemsOf } from "../../../../policy/problems";
import { yamlOf } from "../../../github/yaml";
import { type Intent, intentSchema } from "./schema";
import { readFileSync } from "node:fs";

/**
 * Reads an intent, which is JSON or YAML.
 *
 * @throws {InvalidInput} naming every problem
 */
export function readIntent(path: string): Intent {
  const value = valueOf(path);
  InvalidInput.throwIfAny(`the intent ${path}`, problemsOf(intentSchema, value));
  return value as Intent;
}

function valueOf(path: string): unknown {
  const allowed = "JSON or YAML of the form of verification/answers/diff/intent/intent.schema.json";
  const refuse = (got: string): never => {
    throw new InvalidInput(`the intent ${path}`, [{ at: "the file", got, allowed }]);
  };
  const { value, problem } = yamlOf(textOf(path, refuse));
  return problem === undefined ? value : refuse(shown(problem));
}

function textOf(path: string, refuse: (got: string) => never): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code = "an error" } = error as NodeJS.ErrnoException;
    return refuse(code === "ENOENT" ? "no such file" : code);
  }
}
