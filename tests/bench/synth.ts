import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import * as constructs from "../../constructs";
import { environments as shipped } from "../../environments";
import type { Environment } from "../../policy/environment";
import { EXAMPLE_IDS } from "../../policy/example-ids";
import { gate } from "../../gate/gate";
import { composeStacks } from "../../stacks/compose-stacks";

/**
 * One run of the app in a process of its own: `floor` (everything loaded, nothing done), `shipped` (the environments of
 * this repository, gated), `ungated` (the same without a proof), or a number of environments, gated, each in a zone of its
 * own.
 */
const [load = "floor"] = process.argv.slice(2);

// Constructs are loaded when they are first used: the floor has them too.
Object.values(constructs);

/** That many environments like staging, each with ids, hosts and a zone of its own. */
function many(count: number): readonly Environment[] {
  const { staging } = EXAMPLE_IDS;
  const like = JSON.stringify(shipped.find(({ name }) => name === "staging"));
  return Array.from({ length: count }, (_, index) => {
    const digits = String(index).padStart(4, "0");
    const letters = digits.replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
    const own = Object.values(staging).reduce(
      (text, id) => text.replaceAll(id, `${id.slice(0, -4)}${/^[a-z]{20}$/.test(id) ? letters : digits}`),
      like.replaceAll("example.net", `e${digits}.example.net`),
    );
    return { ...(JSON.parse(own) as Environment), name: `e${digits}` };
  });
}

if (load !== "floor") {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const app = new App({ stackTraces: false, outdir });
  const policies = composeStacks(app, load === "shipped" || load === "ungated" ? shipped : many(Number(load)));
  if (load === "ungated") app.synth();
  else gate(app, policies);
  rmSync(outdir, { recursive: true });
}
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e3, mebibytes: maxRSS / 1024 }));
