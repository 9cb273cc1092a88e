import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { environments as shipped } from "../../environments";
import type { Environment } from "../../policy/environment";
import { Zone } from "../../policy/zone";
import { composeStacks } from "../../stacks/compose-stacks";

/**
 * One run of the app in a process of its own: `floor` (everything loaded, nothing done), `shipped` (the environments of
 * this repository), or a number of environments, each in a zone of its own.
 */
const [load = "floor"] = process.argv.slice(2);

/** That many environments like production. */
function many(count: number): readonly Environment[] {
  const [like] = shipped.filter(({ name }) => name === "production");
  if (like === undefined) throw new Error("there is no production to multiply");
  const { repositories: _owned, ...rest } = like;
  return Array.from({ length: count }, (_, index) => {
    const name = `e${index}.example.com`;
    const zone = Zone.of(name, {
      ...(like.zone as ReturnType<typeof Zone.of>),
      id: index.toString(16).padStart(32, "0"),
    });
    return { ...rest, name: `e${index}`, zone, hosts: { [name]: Object.values(like.hosts)[0] as never } };
  });
}

if (load !== "floor") {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  const app = new App({ stackTraces: false, outdir });
  composeStacks(app, load === "shipped" ? shipped : many(Number(load)));
  app.synth();
  rmSync(outdir, { recursive: true });
}
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
console.log(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e3, mebibytes: maxRSS / 1024 }));
