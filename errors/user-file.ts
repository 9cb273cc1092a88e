import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import type { Problem } from "./invalid-input";

export type FileProblem = Omit<Problem, "at">;

/** The bytes of a file, or why they can't be had. */
export type Content = { readonly bytes: Uint8Array } | { readonly problem: FileProblem };

/** How much is read of a file, and where. */
export interface Bounds {
  /** The most bytes that are read: a longer file is a problem. */
  readonly most: number;
  /**
   * Whether a symbolic link is a problem.
   *
   * @default false - it is followed
   */
  readonly withoutLinks?: boolean;
}

/** The most bytes that a file of a user may have, unless its reader allows others: 64 MiB. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** The bytes that are read at once: as many as the file says to have, within these. */
const PIECE = 256 * 1024;
const SMALL_PIECE = 4 * 1024;

/**
 * Reads a file that anybody may have laid there, to its end.
 *
 * @returns undefined where there is no file
 */
export function contentOf(path: string, bounds: Bounds = { most: MOST_BYTES }): Content | undefined {
  const pieces: Uint8Array[] = [];
  const problem = readPieces(path, bounds, (piece) => pieces.push(Buffer.from(piece)));
  if (problem === undefined) return { bytes: Buffer.concat(pieces) };
  return problem.got === ABSENT ? undefined : { problem };
}

/** A byte order mark stays: whoever reads the text has to know of it. */
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of bytes in UTF-8. */
export const decoded = (bytes: Uint8Array): string => UTF8.decode(bytes);

/**
 * Reads a text of a user.
 *
 * @returns undefined where there is no file
 */
export function textOfFile(path: string, bounds?: Bounds): { text: string } | { problem: FileProblem } | undefined {
  const content = contentOf(path, bounds);
  return content !== undefined && "bytes" in content ? { text: decoded(content.bytes) } : content;
}

/**
 * Reads a file piece by piece. It reads only a regular file, since a pipe or a device may never end. It reads no more
 * bytes than allowed, even if the file claims fewer: it may grow meanwhile.
 *
 * @param take is given each piece, which is overwritten afterwards
 * @returns why the file isn't read to its end, or undefined
 */
function readPieces(
  path: string,
  { most, withoutLinks = false }: Bounds,
  take: (piece: Uint8Array) => void,
): FileProblem | undefined {
  let file: number | undefined;
  try {
    // Before it is opened: that alone rewinds a tape, or waits for the other end of a pipe.
    const strange = strangeness(withoutLinks ? lstatSync(path) : statSync(path));
    if (strange !== undefined) return notRegular(strange);
    // Nor is an entry waited for that takes its place meanwhile. Windows has neither flag.
    const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants as Partial<typeof constants> & typeof constants;
    file = openSync(path, O_RDONLY | O_NONBLOCK | (withoutLinks ? O_NOFOLLOW : 0));
    const opened = fstatSync(file);
    const changed = strangeness(opened);
    if (changed !== undefined) return notRegular(changed);
    return opened.size > most ? tooLong(`${opened.size} bytes`, most) : readOn(file, opened.size, most, take);
  } catch (error) {
    return { got: reasonOf(error), allowed: "a file that can be read" };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The SHA-256 of a file in lower-case hexadecimal digits and how long the file is, or why it can't be read to its end. */
export function hashOfFile(
  path: string,
  bounds: Bounds,
): { readonly sha256: string; readonly bytes: number } | { readonly problem: FileProblem } {
  const hash = createHash("sha256");
  let bytes = 0;
  const problem = readPieces(path, bounds, (piece) => {
    hash.update(piece);
    bytes += piece.length;
  });
  return problem === undefined ? { sha256: hash.digest("hex"), bytes } : { problem };
}

function readOn(file: number, size: number, most: number, take: (piece: Uint8Array) => void): FileProblem | undefined {
  const buffer = Buffer.alloc(Math.min(PIECE, Math.max(SMALL_PIECE, size)));
  for (let length = 0; ;) {
    const count = readSync(file, buffer, 0, Math.min(buffer.length, most + 1 - length), null);
    length += count;
    if (length > most) return tooLong(`more than ${most} bytes`, most);
    if (count === 0) return undefined;
    take(buffer.subarray(0, count));
  }
}

const tooLong = (got: string, most: number): FileProblem => ({ got, allowed: `at most ${most} bytes` });

const notRegular = (got: string): FileProblem => ({ got, allowed: "a regular file" });

/** Any entry of a folder, or its status. */
type Kind = Pick<
  Stats,
  "isFile" | "isDirectory" | "isSymbolicLink" | "isFIFO" | "isSocket" | "isBlockDevice" | "isCharacterDevice"
>;

/** The kind of an entry, in words, where it is no regular file. */
export function strangeness(entry: Kind): string | undefined {
  if (entry.isFile()) return undefined;
  if (entry.isDirectory()) return "a folder";
  if (entry.isSymbolicLink()) return "a symbolic link";
  if (entry.isFIFO()) return "a pipe";
  if (entry.isSocket()) return "a socket";
  return entry.isBlockDevice() || entry.isCharacterDevice() ? "a device" : "no regular file";
}

const ABSENT = "no such file";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: ABSENT,
  EACCES: "no permission to read it (EACCES)",
  EPERM: "no permission to read it (EPERM)",
  ENOTDIR: "no folder on the way to it (ENOTDIR)",
  ELOOP: "symbolic links that lead in a circle (ELOOP)",
};

/** The system's reason for a refusal. */
export function reasonOf(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === "string" ? (REASONS[code] ?? code) : String(error);
}
