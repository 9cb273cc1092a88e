import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { App } from "cdktf";
import type { Policy } from "../policy/policy";
import { isRunByCli } from "../policy/synth";
import { exitCodeOf, type Report, reportOf } from "../verification/answers/verify";
import { refusalText } from "../verification/render/report";
import { resultsOf } from "../verification/statements/results";
import { hashesOf, POLICY_FILE, policyDocument, PROOF_FILE, proofDocument } from "../verification/terraform/documents";
import { inFolder } from "../verification/terraform/folder";
import { readOutput } from "../verification/terraform/output";
import { readOnce, sha256 } from "../verification/terraform/source";
import { annotationsIn, resolvedPolicies, synthesizeInto, writeTo } from "./app";
import { closingLine, remarksOf } from "./closing-words";
import { clearOutput, publish, removeWritten } from "./output-folder";
import { unprovenDocument } from "../verification/terraform/unproven";
import { PROCESS, type Terminal } from "./terminal";

/**
 * A synth whose policy isn't proven. Its message names the violated and the undecided statements; the whole report is
 * beside it.
 */
export class NotProven extends Error {
  public override readonly name = "NotProven";

  public constructor(public readonly report: Report) {
    super(refusalText(report));
  }

  /** 1 where a statement is violated, 2 where one is undecided. */
  public get exitCode(): 1 | 2 {
    return exitCodeOf(this.report) === 1 ? 1 : 2;
  }
}

export interface GateOptions {
  /**
   * Warnings of the app's own, a line each. They are printed with those of the constructs.
   *
   * @default - none
   */
  readonly warnings?: readonly string[];
  /**
   * The terminal that a proven synth writes to.
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
 * All or nothing: the app is synthesized aside and proven there, for all requests and not for samples. Only a proven
 * app comes into the output folder. `policy.json` and `proof.json` come with it, so the folder can be judged again,
 * alone and elsewhere. Any other end, an exception or a kill included, leaves no stack that could be deployed.
 *
 * A proven synth prints one line: how many statements hold, which are accepted, and the hash of `proof.json`.
 *
 * @returns the report
 * @throws {NotProven} with the report, where a statement is violated or undecided
 * @throws {InvalidInput} where the app has errors, is to be written as HCL, or has no stack of a policy's name. Also
 * where Terraform would read files in the output folder that no synth wrote; then the folder stays as it was
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
    synthesizeInto(app, aside);
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
