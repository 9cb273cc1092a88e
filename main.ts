import "./gate/cleared-output";
import { App } from "cdktf";
import { synthesize } from "./gate/synthesize";
import { ageWarnings } from "./network/feeds/age";
import { META } from "./network/feeds/meta";
import { composeStacks } from "./stacks/compose-stacks";

synthesize(async () => {
  // Loaded in here, so that problems of an environment are printed alone.
  const { environments } = await import("./environments");
  const app = new App({ stackTraces: false });
  return { app, policies: composeStacks(app, environments), warnings: ageWarnings([META], new Date()) };
});
