import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type App, TerraformStack } from "cdktf";
import { InvalidInput } from "../errors/invalid-input";
import type { Policy } from "../policy/policy";
import { isRunByCli, whileProving } from "../policy/synth";
import { readOnce, sha256 } from "../verification/terraform/source";
import { policyDocument, POLICY_FILE, proofDocument, PROOF_FILE, hashesOf } from "../verification/terraform/documents";
import { inFolder } from "../verification/terraform/folder";
import { readOutput } from "../verification/terraform/output";
import { unprovenDocument } from "../verification/terraform/unproven";
import { exitCodeOf, type Report, reportOf } from "../verification/answers/verify";
import { resultsOf } from "../verification/statements/results";
import { type Annotation, annotationsIn, remarksOf } from "./annotations";
import { clearOutput, removeWritten } from "./clear-output";
import { closingLine } from "./closing-line";
import { NotProven } from "./not-proven";
import { publish } from "./publish";
import { resolvedPolicies } from "./resolved-policies";
import { PROCESS, type Terminal } from "./terminal";

export interface GateOptions {
  /**
   * Warnings of the app's own, a line each. They are printed with those of the constructs.
   *
   * @default - none
   */
  readonly warnings?: readonly string[];
  /**
   * Where a proven synth says what it found.
   *
   * @default - standard output, and warnings to standard error; cdktf's CLI prints those of the constructs itself
   */
  readonly terminal?: Terminal;
  /**
   * A file that keeps an app that isn't proven. It can be read and compared, and not be deployed.
   *
   * @default - `POLICY_UNPROVEN`, else none: nothing is left of it
   */
  readonly unproven?: string | undefined;
}

/**
 * Synthesizes an app if the policies hold, in place of `app.synth()`.
 *
 * All or nothing: the app is synthesized aside and proven there, for all requests and not for samples. Only what is proven
 * comes into the output folder, with `policy.json` and `proof.json`, by which the folder can be judged again, alone and
 * elsewhere. Anything else, an exception or a kill included, leaves no stack that could be deployed.
 *
 * A proven synth prints one line: how many statements hold, what is accepted, and the hash of `proof.json`.
 *
 * @returns what was proven
 * @throws {NotProven} with the report, where a statement is violated or undecided
 * @throws {InvalidInput} where the app can't be judged: it has errors, is to be written as HCL, or has no stack of a
 * policy's name; or where Terraform would read files in the output folder that no synth wrote, which stays as it was
 */
export function gate(
  app: App,
  policies: readonly Policy[],
  { warnings = [], terminal = PROCESS, unproven = process.env["POLICY_UNPROVEN"] }: GateOptions = {},
): Report {
  const { report, remarks, hash } = publishProven(app, policies, unproven);
  warn([...warnings, ...(isRunByCli() ? [] : remarks)], terminal);
  terminal.write(closingLine({ report, hash, folder: app.outdir }));
  return report;
}

interface Published {
  readonly report: Report;
  /** The remarks of the constructs, a line each. */
  readonly remarks: readonly string[];
  /** The SHA-256 of `proof.json`. */
  readonly hash: string;
}

function publishProven(app: App, policies: readonly Policy[], unproven: string | undefined): Published {
  const { outdir } = app;
  clearOutput(outdir);
  if (unproven !== undefined) rmSync(unproven, { force: true });
  const aside = mkdtempSync(join(tmpdir(), "unproven-"));
  try {
    synthesize(app, aside);
    write(aside, POLICY_FILE, policyDocument(resolvedPolicies(app, policies)));
    const files = readOnce(inFolder(aside));
    const { model, policies: promised } = readOutput(files);
    const report = reportOf(model, resultsOf(model, promised));
    if (exitCodeOf(report) !== 0) {
      if (unproven !== undefined) keep(unproven, unprovenDocument(files));
      throw new NotProven(report);
    }
    write(aside, PROOF_FILE, proofDocument(report.results, hashesOf(files)));
    const hash = sha256(readFileSync(join(aside, PROOF_FILE)));
    const remarks = remarksOf(annotationsIn(aside));
    publish(aside, outdir);
    return { report, remarks, hash };
  } catch (error) {
    // A move that breaks off half-way leaves nothing either.
    removeWritten(outdir);
    throw error;
  } finally {
    writeTo(app, outdir);
    rmSync(aside, { recursive: true, force: true });
  }
}

function synthesize(app: App, folder: string): void {
  if (app.hclOutput) {
    const got = "an app that writes HCL";
    throw new InvalidInput("the synth", [{ at: "hclOutput", got, allowed: "JSON, which is what is proven" }]);
  }
  writeTo(app, folder);
  mkdirSync(join(folder, "stacks"));
  for (const stack of app.node.findAll().filter((each) => TerraformStack.isStack(each))) {
    // They are read from the manifest, all of them, once it is written.
    Object.assign(stack.synthesizer, { continueOnErrorAnnotations: true });
  }
  validated(() => {
    whileProving(app, () => {
      app.synth();
    });
  });
  throwIfAnnotated(annotationsIn(folder));
}

/** cdktf names the folder twice, in fields that are only meant not to change; the app may already have written to neither. */
function writeTo(app: App, outdir: string): void {
  Object.assign(app, { outdir });
  Object.assign(app.manifest, { outdir });
}

/** Reports the findings of the constructs' own validation as bad input, and not as a fault of this program. */
function validated(action: () => void): void {
  try {
    action();
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    if (!/alidation failed with the following errors:\n/.test(message)) throw error;
    const allowed = "constructs that are valid";
    const found = [...message.matchAll(/^ {2}(?:\[(.*?)\] )?(.+)$/gm)];
    throw new InvalidInput(
      "the synth",
      found.map(([, at = "the app", got = ""]) => ({ at, got, allowed })),
    );
  }
}

/** An error that a construct was annotated with stops the synth, also where the CLI would print it itself. */
function throwIfAnnotated(annotations: readonly Annotation[]): void {
  const errors = annotations.filter(({ level }) => level === "@cdktf/error");
  const allowed = "constructs without an error";
  InvalidInput.throwIfAny(
    "the synth",
    errors.map(({ constructPath, message }) => ({ at: constructPath, got: message, allowed })),
  );
}

/** The CLI would label a warning on standard error as an error. */
function warn(lines: readonly string[], { write, tell }: Terminal): void {
  for (const line of lines) (isRunByCli() ? write : tell)(line);
}

function keep(path: string, document: object): void {
  mkdirSync(dirname(path), { recursive: true });
  write(dirname(path), basename(path), document);
}

function write(folder: string, name: string, document: object): void {
  writeFileSync(join(folder, name), `${JSON.stringify(document, null, 2)}\n`);
}
