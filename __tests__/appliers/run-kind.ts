import type { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { runTimedApplier } from "../support/run-applier";
import type { Ended, Run } from "../support/run-program";
import type { Kind } from "./kinds";

export interface Options {
  readonly check?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly desired?: unknown;
}

/** Runs a kind's program against the platform, and fails if a credential of the platform's is printed. */
export async function runKind(kind: Kind, platform: RenderAndSupabase, options: Options = {}): Promise<Ended> {
  return (await runTimedKind(kind, platform, options)).ended;
}

/** Runs it as {@link runKind} does, and says how long it waited between its requests. */
export async function runTimedKind(
  { kind, desired }: Kind,
  platform: RenderAndSupabase,
  { check = false, environment = {}, desired: other = desired }: Options = {},
): Promise<Run> {
  const run = await runTimedApplier({
    kind,
    desired: other,
    environment: { ...platform.environment, ...environment },
    args: check ? ["--check"] : [],
  });
  const said = run.ended.stdout + run.ended.stderr;
  for (const secret of [platform.token, platform.key]) {
    if (said.includes(secret) || said.includes(secret.slice(4, 20))) throw new Error("a credential was printed");
  }
  return run;
}

/** One line that names the kind and the target and says what to do after a semicolon. */
export const oneLine = ({ kind, target }: Kind): RegExp => new RegExp(`^${kind} ${target}: [^\\n]+; [^\\n]+\\n$`);
