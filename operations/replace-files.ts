import { renameSync, rmSync, writeFileSync } from "node:fs";

/** A file, and all that is to stand in it. */
export interface WholeFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes files so that none is ever half of one, and that none is changed unless all of them could be written: each content goes to
 * a new file on the disk first, which then takes the old one's name.
 *
 * @throws Error of the system's where one can't be written; nothing is left over
 */
export function replaceFiles(files: readonly WholeFile[]): void {
  const moves = files.map((file) => ({ ...file, unfinished: `${file.path}.${String(process.pid)}.new` }));
  try {
    for (const { unfinished, content } of moves) writeFileSync(unfinished, content, { flag: "wx", flush: true });
    for (const { unfinished, path } of moves) renameSync(unfinished, path);
  } finally {
    for (const { unfinished } of moves) rmSync(unfinished, { force: true });
  }
}
