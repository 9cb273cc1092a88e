import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FieldInput } from "../../../verification/edge/evaluate/request";

/** One expression and request, with the verdict of Cloudflare's engine. */
export interface EngineCase {
  readonly expr: string;
  readonly request?: Readonly<Record<string, FieldInput>>;
  readonly matches?: boolean;
  readonly error?: { readonly line: number; readonly column: number };
  /** The answer of Cloudflare's documentation, where it differs from the engine's. */
  readonly documented?: boolean;
}

export interface EngineCases {
  /** The values of fields that a case does not give. */
  readonly defaults?: Readonly<Record<string, FieldInput>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly cases: readonly EngineCase[];
}

const FIXTURES = join(__dirname, "../../fixtures/rules-language");

/** The cases written by hand. */
export const ENGINE_CASES = read("engine-cases.json");
/** The generated ones. */
export const ENGINE_AGREED = read("engine-agreed.json");

function read(name: string): EngineCases {
  return JSON.parse(readFileSync(join(FIXTURES, name), "utf8")) as EngineCases;
}
