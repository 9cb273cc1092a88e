import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { policyDocument } from "../../verification/terraform/documents";
import { synthesizedOnce } from "./synthesized-once";

/** Writes an output folder of environments, as a synth leaves it but for the proof. */
export function writeOutput(folder: string, environments: readonly Environment[]): void {
  const documents = { "policy.json": JSON.stringify(policyDocument(Policy.across(environments))) };
  for (const [path, text] of Object.entries({ ...synthesizedOnce(environments).files, ...documents })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
