import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { environments } from "../../environments";
import { gate } from "../../gate/gate";
import type { Environment } from "../../policy/environment";
import { Webhook } from "../../policy/webhook";
import { composeStacks } from "../../stacks/compose-stacks";

/** What documents show commands on: the shipped app as `cdktf.out` and `before`, and as `after` with a change of production. */
const FOLDERS: Readonly<Record<string, readonly Environment[]>> = {
  "cdktf.out": environments,
  before: environments,
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
    for (const [name, each] of Object.entries(FOLDERS)) {
      const outdir = join(place, name);
      mkdirSync(outdir);
      const app = new App({ stackTraces: false, outdir });
      gate(app, composeStacks(app, each));
    }
    process.chdir(place);
    return await work();
  } finally {
    process.chdir(back);
    rmSync(place, { recursive: true });
  }
}
