import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** An output folder with the stack `dev`. */
export function outputFolder(stack: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "output-"));
  folders.push(folder);
  mkdirSync(join(folder, "stacks/dev"), { recursive: true });
  const text = typeof stack === "string" ? stack : JSON.stringify(stack);
  writeFileSync(join(folder, "stacks/dev/cdk.tf.json"), text);
  return folder;
}

/** A resource that runs an applier, as the JSON of a stack has it. */
export function applied(program: string, desiredState: string): unknown {
  const environment = { APPLIER: program, DESIRED_STATE: desiredState };
  return { triggers: {}, provisioner: [{ "local-exec": { command: 'node "$APPLIER"', environment } }] };
}
