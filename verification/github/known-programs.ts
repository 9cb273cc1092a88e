import { sha256 } from "../terraform/sha256";
import document from "./known-programs.json";

/** A program of a repository that somebody has read. It is known by the hash of each of its files, in every released form. */
export type Program = "snyk-scan" | "pentest-check" | "one-issue";

/** The hash of each file, by its name. */
type Version = Readonly<Record<string, string>>;

const known: Readonly<Record<Program, { readonly files: Version; readonly released: readonly Version[] }>> =
  document.programs;

/** The files of a program that lie beside it, itself included. */
export function filesOfProgram(program: Program): readonly string[] {
  return Object.keys(known[program].files);
}

/** The file of a program that nobody has read beside the others; undefined where the program is known. */
export function standingOf(program: Program, texts: ReadonlyMap<string, string>): string | undefined {
  const { files, released } = known[program];
  const open = [files, ...released].map((version) =>
    Object.entries(version).filter(([name, hash]) => hash !== sha256(texts.get(name) ?? "")),
  );
  return open.some((each) => each.length === 0) ? undefined : open[0]?.[0]?.[0];
}
