import type * as nodeFs from "node:fs";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidInput } from "../../errors/invalid-input";
import { contentOf, hashOfFile, textOfFile } from "../../errors/user-file";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "user-file-"));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Buffer = "x"): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function link(name: string, to: string): string {
  symlinkSync(to, join(folder, name));
  return join(folder, name);
}

const problemOf = (path: string, most = 100, withoutLinks = false): unknown => {
  const content = contentOf(path, { most, withoutLinks });
  return content !== undefined && "problem" in content ? content.problem.got : content;
};

describe("a file of a user", () => {
  test("is read whole, up to as many bytes as allowed", () => {
    const long = Buffer.alloc(600_000, "é");
    expect(contentOf(file("long", long), { most: 600_000 })).toEqual({ bytes: long });
    expect(textOfFile(file("text", "\uFEFFé"))).toEqual({ text: "\uFEFFé" });
    expect(contentOf(file("empty", ""), { most: 0 })).toEqual({ bytes: Buffer.from("") });
    expect(problemOf(file("longer", "12345"), 4)).toBe("5 bytes");
    expect(contentOf(join(folder, "absent"))).toBeUndefined();
  });

  test("is never read beyond that, whatever size it says to have", () => {
    const path = file("growing", "x".repeat(1_000));
    const fs = jest.requireActual<typeof nodeFs>("node:fs");
    const { fstatSync, readSync } = fs;
    jest
      .spyOn(fs, "fstatSync")
      .mockImplementation(((opened: number) => Object.assign(fstatSync(opened), { size: 0 })) as typeof fstatSync);
    let read = 0;
    jest.spyOn(fs, "readSync").mockImplementation(((...args: Parameters<typeof readSync>) => {
      // It grows as fast as it is read.
      const count = readSync(...(args.slice(0, 4).concat([0]) as Parameters<typeof readSync>));
      read += count;
      return count;
    }) as typeof readSync);
    expect(problemOf(path, 5_000)).toBe("more than 5000 bytes");
    expect(read).toBe(5_001);
  });

  test.each<[string, () => string, string]>([
    ["a folder", () => folder, "a folder"],
    ["a device that never ends", () => "/dev/zero", "a device"],
    ["a link to one", () => link("zero", "/dev/zero"), "a device"],
    ["a link to itself", () => link("circle", "circle"), "symbolic links that lead in a circle (ELOOP)"],
    ["within a file", () => join(file("file"), "inner"), "no folder on the way to it (ENOTDIR)"],
    ["a path that no system takes", () => "a\0b", "ERR_INVALID_ARG_VALUE"],
  ])("isn't read where it is %s", (_what, make, got) => {
    expect(problemOf(make())).toBe(got);
  });

  test("may be reached by a link, unless its reader takes none", () => {
    const path = link("link", file("file"));
    expect(contentOf(path)).toEqual({ bytes: Buffer.from("x") });
    expect(problemOf(path, 100, true)).toBe("a symbolic link");
  });

  test("isn't read where another thing takes its place after it was looked at", () => {
    mkdirSync(join(folder, "other"));
    const path = file("file");
    const fs = jest.requireActual<typeof nodeFs>("node:fs");
    const { openSync } = fs;
    jest.spyOn(fs, "openSync").mockImplementation((_path, flags) => openSync(join(folder, "other"), flags));
    const closed = jest.spyOn(fs, "closeSync");
    expect(hashOfFile(path, { most: 1 })).toMatchObject({ problem: { got: "a folder" } });
    expect(closed).toHaveBeenCalledTimes(1);
  });
});

describe("an error for bad input", () => {
  test("has one line for each problem, whatever a name or a value holds", () => {
    const { message } = new InvalidInput("a\nfolder", [
      { at: "x\n  - all is well\u001b[2K", got: "\u202E", allowed: "b", change: "c" },
    ]);
    expect(message.split("\n")).toEqual([
      "a\\u{a}folder has 1 problem:",
      "  - x\\u{a}  - all is well\\u{1b}[2K: got \\u{202e}; allowed: b; change: c",
    ]);
  });

  test("names the first of very many problems, and how many more there are", () => {
    const problems = Array.from({ length: 1_500 }, (_, index) => ({ at: String(index), got: "a", allowed: "b" }));
    const lines = new InvalidInput("all", problems).message.split("\n");
    expect([lines.length, lines.at(-1)]).toEqual([1_002, "  - and 500 problems more"]);
  });
});
