import "./gate/cleared-output";
import { join } from "node:path";
import { App } from "cdktf";
import { loadedFrom } from "./errors/user-code";
import { synthesize } from "./gate/synthesize";
import { ageWarnings } from "./network/feeds/age";
import { META } from "./network/feeds/meta";
import { composeStacks } from "./stacks/compose-stacks";

synthesize(async () => {
  // Loaded in here, so that problems of an environment are printed alone.
  const { environments } = await loadedFrom(join(__dirname, "environments"), () => import("./environments"));
  const app = new App({ stackTraces: false });
  return { app, policies: composeStacks(app, environments), warnings: ageWarnings([META], new Date()) };
});
