import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { manyEnvironments } from "../../__tests__/support/many-environments";
import * as constructs from "../../constructs";
import { environments as shipped } from "../../environments";
import { gate } from "../../gate/gate";
import { whileProving } from "../../policy/synth";
import { composeStacks } from "../../stacks/compose-stacks";

/**
 * One run of the app in a process of its own. `floor` loads everything and does nothing. `shipped` gates the
 * environments of this repository. `ungated` synthesizes them as the gate does, without a proof. A number gates so many
 * environments, each in a zone of its own.
 */
const [load = "floor"] = process.argv.slice(2);

// Constructs are loaded when they are first asked for a member: the floor has them too.
for (const construct of Object.values(constructs)) void construct.prototype;

/** Standard output is for the figures. */
const SILENT = { write: () => undefined, tell: () => undefined };

const outdir = mkdtempSync(join(tmpdir(), "bench-"));
if (load !== "floor") {
  const app = new App({ stackTraces: false, outdir });
  const policies = composeStacks(
    app,
    load === "shipped" || load === "ungated" ? shipped : manyEnvironments(Number(load)),
  );
  if (load === "ungated") {
    whileProving(app, () => {
      app.synth();
    });
  } else gate(app, policies, { terminal: SILENT });
}
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e3, mebibytes: maxRSS / 1024 }));
rmSync(outdir, { recursive: true });
