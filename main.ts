import { synthesize } from "./gate/synthesize";

synthesize(async () => {
  const { App } = await import("cdktf");
  const { environments } = await import("./environments");
  const { ageWarnings } = await import("./network/feeds/age");
  const { META } = await import("./network/feeds/meta");
  const { composeStacks } = await import("./stacks/compose-stacks");
  const app = new App({ stackTraces: false });
  return { app, policies: composeStacks(app, environments), warnings: ageWarnings([META], new Date()) };
});
