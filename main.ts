import { clearOutput } from "./gate/clear-output";

// First of all, so that whatever fails below leaves nothing of an earlier synth.
clearOutput(process.env["CDKTF_OUTDIR"] ?? "cdktf.out");

void synthesize();

async function synthesize(): Promise<void> {
  const { App } = await import("cdktf");
  const { environments } = await import("./environments");
  const { InvalidInput } = await import("./errors/invalid-input");
  const { gate } = await import("./gate/gate");
  const { NotProven } = await import("./gate/not-proven");
  const { composeStacks } = await import("./stacks/compose-stacks");
  const { ageWarnings } = await import("./network/feeds/age");
  const { META } = await import("./network/feeds/meta");
  for (const warning of ageWarnings([META], new Date())) console.error(warning);
  try {
    const app = new App({ stackTraces: false });
    gate(app, composeStacks(app, environments));
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof NotProven)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof NotProven ? error.exitCode : 2;
  }
}
