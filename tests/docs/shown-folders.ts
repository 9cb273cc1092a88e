import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { synthesizedOnce } from "../../__tests__/support/synthesized-once";
import { environments } from "../../environments";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { Webhook } from "../../policy/webhook";
import {
  hashesIn,
  POLICY_FILE,
  policyDocument,
  PROOF_FILE,
  proofDocument,
} from "../../verification/terraform/documents";
import { inFolder } from "../../verification/terraform/folder";

/**
 * The folders that documents show commands on. `cdktf.out` and `before` are the shipped app; `after` has a change of
 * production; `broken` has a broken staging.
 */
const FOLDERS: Readonly<Record<string, readonly Environment[]>> = {
  "cdktf.out": environments,
  before: environments,
  broken: environments,
  after: environments.map((environment) =>
    environment.name === "production"
      ? { ...environment, webhooks: [...(environment.webhooks ?? []), Webhook.meta("/hooks/leads")] }
      : environment,
  ),
};

/** Makes the folders in one of their own, and removes it when the work in it is done. */
export async function inShownFolders<T>(work: () => Promise<T>): Promise<T> {
  const back = process.cwd();
  const place = mkdtempSync(join(tmpdir(), "shown-"));
  try {
    for (const [name, each] of Object.entries(FOLDERS)) write(join(place, name), each);
    prove(join(place, "cdktf.out"));
    breakStaging(join(place, "broken"));
    process.chdir(place);
    return await work();
  } finally {
    process.chdir(back);
    rmSync(place, { recursive: true });
  }
}

/** Writes that the files of a folder are those that were proven. */
function prove(folder: string): void {
  const source = inFolder(folder);
  const { hashes } = hashesIn(source, source.list().paths);
  writeFileSync(join(folder, PROOF_FILE), JSON.stringify(proofDocument([], hashes)));
}

/** As the README does by sed: the rules of staging that block only log. */
function breakStaging(folder: string): void {
  const path = join(folder, "stacks/staging/cdk.tf.json");
  writeFileSync(path, readFileSync(path, "utf8").replaceAll('"action": "block"', '"action": "log"'));
}

/** Writes the output of a synth without the proof: the commands that documents show judge by themselves. */
function write(folder: string, shown: readonly Environment[]): void {
  const policy = JSON.stringify(policyDocument(Policy.across(shown)));
  for (const [path, text] of Object.entries({ ...synthesizedOnce(shown).files, [POLICY_FILE]: policy })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
