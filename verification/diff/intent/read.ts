import { readFileSync } from "node:fs";
import { InvalidInput, shown } from "../../../errors/invalid-input";
import { NotUnderstood } from "../../model/repositories/not-understood";
import { yamlOf } from "../../model/repositories/yaml";
import { problemsOf } from "../../../policy/schema/problems-of";
import { type Intent, intentSchema } from "./schema";

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
  const allowed = "JSON or YAML of the form of verification/diff/intent/intent.schema.json";
  try {
    return yamlOf(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof NotUnderstood) {
      throw new InvalidInput(`the intent ${path}`, [{ at: "the file", got: shown(error.message), allowed }]);
    }
    const { code = "an error" } = error as NodeJS.ErrnoException;
    const got = code === "ENOENT" ? "no such file" : code;
    throw new InvalidInput(`the intent ${path}`, [{ at: "the file", got, allowed }]);
  }
}
