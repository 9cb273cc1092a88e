import type { Problem } from "../../errors/invalid-input";
import { createHash } from "node:crypto";

/** What is wrong with a file. */
export type FileProblem = Omit<Problem, "at">;

/** The bytes of a file, or why they can't be had. */
export type Content = { readonly bytes: Uint8Array } | { readonly problem: FileProblem };

/** The files of a synthesized app, whatever holds them. Paths have `/` between their parts. */
export interface Source {
  /** How messages name it, such as "the output folder cdktf.out". */
  readonly name: string;
  /** The paths of all files, in order. */
  readonly paths: () => readonly string[];
  /**
   * The content of a file; undefined where there is none.
   *
   * @param most the most bytes that are read: a larger file is a problem
   */
  readonly read: (path: string, most?: number) => Content | undefined;
}

/** Files that a program holds in memory: their contents by their paths. */
export function inMemory(name: string, files: Readonly<Record<string, string | Uint8Array>>): Source {
  return {
    name,
    paths: () => Object.keys(files).sort(),
    read: (path, most) => {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      return content === undefined ? undefined : upTo(most, Buffer.byteLength(content), () => Buffer.from(content));
    },
  };
}

/** The bytes of a file, unless they are too many. */
export function upTo(most = Infinity, size: number, bytes: () => Uint8Array): Content {
  if (size <= most) return { bytes: bytes() };
  return { problem: { got: `${size} bytes`, allowed: `at most ${most}`, change: "synthesize again" } };
}

/** The problem of what is there and can't be read. */
export function unreadable(got: string): Content {
  return { problem: { got, allowed: "a file of a gated synth", change: "npx cdktf synth" } };
}

/** The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The same files, each read once, and listed once. */
export function readOnce(source: Source): Source {
  const contents = new Map<string, Content | undefined>();
  let listed: readonly string[] | undefined;
  return {
    name: source.name,
    paths: () => (listed ??= source.paths()),
    read: (path, most) => {
      const key = `${most ?? ""} ${path}`;
      if (!contents.has(key)) contents.set(key, source.read(path, most));
      return contents.get(key);
    },
  };
}
