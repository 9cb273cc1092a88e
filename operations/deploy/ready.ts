import { join } from "node:path";
import { InvalidInput, shown } from "../../errors/invalid-input";
import { hashOfFile, MOST_BYTES } from "../../errors/user-file";
import { isLocalState } from "../../policy/state-backend";
import type { StackFolder } from "./stack";

/** What is known of an output folder before it is deployed. */
export interface Candidate {
  readonly folder: string;
  readonly stack: StackFolder;
  /** The files that differ from those that were proven; undefined where the folder has no proof. */
  readonly changed: readonly string[] | undefined;
  /** The files that Terraform would take as its own, such as a provider that is installed: no proof names their hashes. */
  readonly unproven: readonly string[];
  /** The SHA-256 of the proof that was approved, in hexadecimal digits. */
  readonly approvedProof?: string;
}

/** Why a folder may not be deployed from CI. Empty where it may. */
export function reasonsAgainst({ folder, stack, changed, unproven, approvedProof }: Candidate): readonly string[] {
  return [
    ...changedSince(folder, changed),
    ...unproven.map(installed),
    ...strangeProof(folder, changed, approvedProof),
    ...localState(stack).map((what) => `${what}; ${REMOTE_BACKEND}`),
  ];
}

/** Why the files of a folder aren't those that were proven. */
export function changedSince(folder: string, changed: Candidate["changed"]): readonly string[] {
  return (
    changed?.map((path) => `${path} isn't the file that was proven`) ?? [
      `${folder} has no proof.json: nothing in it was proven`,
    ]
  );
}

function installed(path: string): string {
  return (
    `${path} isn't from a synth: Terraform would take it for its own, such as a provider that it runs or a state. ` +
    "Remove it; where Terraform has worked in this folder since it was checked, say so by --used"
  );
}

/** The SHA-256 of the proof of an output folder. It stands for every file of the folder, since the proof names their hashes. */
function proofHash(folder: string): string {
  const path = join(folder, "proof.json");
  const read = hashOfFile(path, { most: MOST_BYTES });
  if ("sha256" in read) return read.sha256;
  throw new InvalidInput("the proof", [{ at: path, ...read.problem }]);
}

function strangeProof(folder: string, changed: unknown, approved: string | undefined): readonly string[] {
  if (changed === undefined || approved === undefined) return [];
  const hash = proofHash(folder);
  return hash === approved ? [] : [`proof.json is ${hash}, and ${shown(approved)} is what was approved`];
}

/** What a local state asks for. */
export const REMOTE_BACKEND = "give its stack a remote backend (docs/credentials.md, State)";

/** Why the state of a stack would be lost. */
export function localState({ environment, backend }: Pick<StackFolder, "environment" | "backend">): readonly string[] {
  if (!isLocalState(backend)) return [];
  const lost = "is in a local file, which is lost with the machine: the next deploy would create everything again";
  return [`the state of ${environment} ${lost}`];
}
