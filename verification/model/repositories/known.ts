import { sha256 } from "../sha256";
import document from "./known-hashes.json";
import { NotUnderstood } from "./not-understood";

/*
 * What the verifier knows the meaning of without reading it: programs, scripts, documents and actions that somebody has
 * read. Each is known by its hash, and an action by its commit, in its present form and in every released one.
 */

interface Known {
  readonly programs: readonly (Version & { readonly program: string; readonly released: readonly Version[] })[];
  readonly scripts: readonly Row[];
  readonly documents: readonly Row[];
  readonly actions: readonly { readonly action: string; readonly commits: readonly string[] }[];
}

interface Version {
  /** The hash of each file, by its name. */
  readonly files: Readonly<Record<string, string>>;
}

interface Row {
  readonly name: string;
  readonly hash: string;
  readonly released: readonly { readonly hash: string }[];
}

const known: Known = document;

/** What is known of a program that lies in a folder. */
export type Standing =
  | { readonly kind: "known" }
  /** A file that is not there, or whose text is none that is known. */
  | { readonly kind: "missing" | "unknown"; readonly file: string };

/** @param textOf the text of a file beside the program; undefined where there is none */
export function standingOf(program: string, textOf: (file: string) => string | undefined): Standing {
  const row = known.programs.find((each) => each.program === program);
  if (row === undefined) return { kind: "unknown", file: `${program}.cjs` };
  const versions: readonly Version[] = [row, ...row.released];
  const open = versions.map(({ files }) =>
    Object.entries(files).filter(([file, hash]) => hash !== hashIn(file, textOf)),
  );
  if (open.some((files) => files.length === 0)) return { kind: "known" };
  const [file = `${program}.cjs`] = open[0]?.[0] ?? [];
  return { kind: textOf(file) === undefined ? "missing" : "unknown", file };
}

function hashIn(file: string, textOf: (file: string) => string | undefined): string | undefined {
  const text = textOf(file);
  return text === undefined ? undefined : sha256(text);
}

/** The files of a program that lie beside it, itself included. */
export function filesOf(program: string): readonly string[] {
  return Object.keys(known.programs.find((each) => each.program === program)?.files ?? {});
}

/** The name of a shell script that stands in a workflow; undefined for one that nobody has read. */
export function scriptOf(text: string): string | undefined {
  return nameIn(known.scripts, text.trim());
}

/** The name of a document, with what varies in it taken out; undefined for one that nobody has read. */
export function documentOf(text: string): string | undefined {
  return nameIn(known.documents, text);
}

function nameIn(rows: readonly Row[], text: string): string | undefined {
  const hash = sha256(text);
  return rows.find((row) => [row, ...row.released].some((each) => each.hash === hash))?.name;
}

/** An action as a workflow names it. */
export interface UsedAction {
  readonly name: string;
  /** Whether it is named by a commit, which nobody can move. */
  readonly isPinned: boolean;
  /** Whether somebody has read what it does at that commit. */
  readonly isKnown: boolean;
}

/**
 * Reads what a step uses.
 *
 * A commit counts for what is known only where it is in the list: one of a fork answers to the name of the repository too
 * (https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions).
 *
 * @throws {NotUnderstood} for what is no action of a repository
 */
export function actionOf(uses: string): UsedAction {
  const [, name = "", reference = ""] = /^([\w.-]+\/[\w./-]+)@(.+)$/.exec(uses) ?? [];
  if (name === "") throw new NotUnderstood("", `"${uses}" is no action of a repository`);
  const commits = known.actions.find(({ action }) => action === name.toLowerCase())?.commits ?? [];
  return { name: name.toLowerCase(), isPinned: /^[0-9a-f]{40}$/.test(reference), isKnown: commits.includes(reference) };
}
