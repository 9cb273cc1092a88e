import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "cdktf";
import { InvalidInput } from "../errors/invalid-input";
import type { Policy } from "../policy/policy";
import { policyDocument, POLICY_FILE, proofDocument, PROOF_FILE } from "../verification/output/documents";
import { hashesOf } from "../verification/output/hashes";
import { readOutputFolder } from "../verification/output/read-folder";
import { exitCodeOf, type Report, reportOf } from "../verification/report/report";
import { resultsOf } from "../verification/statements/result";
import { clearOutput } from "./clear-output";
import { NotProven } from "./not-proven";
import { publish } from "./publish";
import { resolvedPolicies } from "./resolved-policies";

/**
 * Synthesizes an app if the policies hold, in place of `app.synth()`.
 *
 * All or nothing: the app is synthesized aside and proven there, for all requests and not for samples. Only what is proven
 * comes into the output folder, with `policy.json` and `proof.json`, by which the folder can be judged again, alone and
 * elsewhere. Anything else, an exception or a kill included, leaves no stack that could be deployed.
 *
 * @returns what was proven
 * @throws {NotProven} with the report, where a statement is violated or undecided
 * @throws {InvalidInput} where the app can't be judged: it has errors, or is to be written as HCL
 */
export function gate(app: App, policies: readonly Policy[]): Report {
  const { outdir } = app;
  clearOutput(outdir);
  const aside = mkdtempSync(join(tmpdir(), "unproven-"));
  try {
    synthesize(app, aside);
    write(aside, POLICY_FILE, policyDocument(resolvedPolicies(app, policies)));
    const { model, policies: promised } = readOutputFolder(aside);
    const report = reportOf(model, resultsOf(model, promised));
    if (exitCodeOf(report) !== 0) throw new NotProven(report);
    write(aside, PROOF_FILE, proofDocument(report.results, hashesOf(aside)));
    publish(aside, outdir);
    return report;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function synthesize(app: App, folder: string): void {
  if (app.hclOutput) {
    const got = "an app that writes HCL";
    throw new InvalidInput("the synth", [{ at: "hclOutput", got, allowed: "JSON, which is what is proven" }]);
  }
  // cdktf names the folder twice, in fields that are only meant not to change; the app may already have written to neither.
  Object.assign(app, { outdir: folder });
  Object.assign(app.manifest, { outdir: folder });
  mkdirSync(join(folder, "stacks"));
  app.synth();
  throwIfAnnotated(folder);
}

/** The CLI lets an app with errors be written, since it would print them itself: but only once the stacks are there. */
function throwIfAnnotated(folder: string): void {
  const { stacks } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
  const errors = Object.values(stacks).flatMap(({ annotations }) =>
    annotations.filter(({ level }) => level === "@cdktf/error"),
  );
  const allowed = "constructs without an error";
  InvalidInput.throwIfAny(
    "the synth",
    errors.map(({ constructPath, message }) => ({ at: constructPath, got: message, allowed })),
  );
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly annotations: readonly Annotation[] }>>;
}

interface Annotation {
  readonly constructPath: string;
  readonly level: string;
  readonly message: string;
}

function write(folder: string, name: string, document: object): void {
  writeFileSync(join(folder, name), `${JSON.stringify(document, null, 2)}\n`);
}
