import { createHash } from "node:crypto";
import type { Problem } from "../../errors/invalid-input";
import type { Content, FileProblem } from "../../errors/user-file";

/** The contents of a folder. */
export interface Listing {
  /** The paths of all files, in order. */
  readonly paths: readonly string[];
  /** Everything else that isn't read, such as a link, a pipe, or a folder that can't be listed. */
  readonly problems: readonly Problem[];
}

/** The SHA-256 of a file in hexadecimal digits and its length in bytes, or why it can't be had. */
export type Hashed = { readonly sha256: string; readonly bytes: number } | { readonly problem: FileProblem };

/** The files of a synthesized app, in a folder or elsewhere. Paths have `/` between their parts. */
export interface Source {
  /** How messages name it, such as "the output folder cdktf.out". */
  readonly name: string;
  readonly list: () => Listing;
  /**
   * The content of a file; undefined where there is none.
   *
   * @param most the most bytes that are read: a larger file is a problem
   */
  readonly read: (path: string, most?: number) => Content | undefined;
  /**
   * The hash of a file. Only a piece of it is held at a time.
   *
   * @param most the most bytes that are read: a larger file is a problem
   */
  readonly hash: (path: string, most: number) => Hashed;
}

/** Files that a program holds in memory: their contents by their paths. */
export function inMemory(name: string, files: Readonly<Record<string, string | Uint8Array>>): Source {
  const read = (path: string, most = Infinity): Content | undefined => {
    if (!Object.hasOwn(files, path)) return undefined;
    const file = files[path] ?? "";
    const bytes = typeof file === "string" ? Buffer.from(file) : file;
    if (bytes.length <= most) return { bytes };
    return { problem: { got: `${bytes.length} bytes`, allowed: `at most ${most} bytes` } };
  };
  return {
    name,
    list: () => ({ paths: Object.keys(files).sort(), problems: [] }),
    read,
    hash: (path, most) => {
      const content = read(path, most) ?? unreadable("no such file");
      return "problem" in content ? content : { sha256: sha256(content.bytes), bytes: content.bytes.length };
    },
  };
}

/** The same files: each that was read stays as it was, and so does the list of them. */
export function readOnce(source: Source): Source {
  const contents: Record<string, Uint8Array> = {};
  const absent = new Set<string>();
  const held = inMemory(source.name, contents);
  const holderOf = (path: string): Source => (absent.has(path) || Object.hasOwn(contents, path) ? held : source);
  let listing: Listing | undefined;
  return {
    name: source.name,
    list: () => (listing ??= source.list()),
    read: (path, most) => {
      const content = holderOf(path).read(path, most);
      if (content === undefined) absent.add(path);
      else if ("bytes" in content) contents[path] = content.bytes;
      return content;
    },
    hash: (path, most) => holderOf(path).hash(path, most),
  };
}

/** The problem of a file that is there and can't be read. */
export function unreadable(got: string): { readonly problem: FileProblem } {
  return { problem: { got, allowed: "a file of a gated synth" } };
}

/** The SHA-256 of bytes, or of a text in UTF-8, in hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
