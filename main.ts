import { App } from "cdktf";
import { environments } from "./environments";
import { InvalidInput } from "./errors/invalid-input";
import { composeStacks } from "./stacks/compose-stacks";

try {
  const app = new App({ stackTraces: false });
  composeStacks(app, environments);
  app.synth();
} catch (error) {
  if (!(error instanceof InvalidInput)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
