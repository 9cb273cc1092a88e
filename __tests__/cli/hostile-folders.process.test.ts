import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { inFolder } from "../../verification/terraform/folder";
import { ShopFolder } from "../support/output-folder";
import { ask } from "./ask";

let folder: ShopFolder;
const servers: Server[] = [];

beforeEach(() => {
  folder = new ShopFolder();
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  folder.remove();
});

const STACK = "stacks/shop/cdk.tf.json";
const at = (path: string): string => join(folder.path, path);
const emptied = (path: string): string => {
  mkdirSync(join(at(path), ".."), { recursive: true });
  rmSync(at(path), { recursive: true, force: true });
  return at(path);
};
const pipe = (path: string): unknown => execFileSync("mkfifo", [emptied(path)]);
const link = (path: string, to: string): void => symlinkSync(to, emptied(path));
const socket = (path: string): Promise<unknown> => {
  const server = createServer();
  servers.push(server);
  return new Promise((resolve) => server.listen(emptied(path), () => resolve(undefined)));
};

/** A command's answer to bad input: 2, and one line for each problem. */
async function problemsOf(...args: readonly string[]): Promise<readonly string[]> {
  const { code, written, told } = await ask(...args);
  expect({ code, written }).toEqual({ code: 2, written: "" });
  expect(told).not.toMatch(/fault of the program/);
  const [first = "", ...lines] = told.trimEnd().split("\n");
  expect(first).toMatch(/ has \d+ problems?:$/);
  expect(lines.length).toBeLessThan(1_002);
  return lines;
}

/** Without the manifest, no stack is looked for. */
const READABLE = ["policy.json", STACK, "proof.json"];
const REGULAR = "allowed: regular files and folders";

describe("verify refuses an output folder, with 2 and what is wrong,", () => {
  test.each<[string, () => unknown, readonly string[]]>([
    [
      "where its files are pipes",
      () => READABLE.forEach(pipe),
      READABLE.map((path) => `${path}: got a pipe; ${REGULAR}`),
    ],
    [
      "where an asset is a pipe",
      () => pipe("stacks/shop/assets/a.mjs"),
      [`stacks/shop/assets/a.mjs: got a pipe; ${REGULAR}`],
    ],
    ["where there is a socket", () => socket(STACK), [`${STACK}: got a socket; ${REGULAR}`]],
    [
      "where a link leads to a device",
      () => link("policy.json", "/dev/zero"),
      [`policy.json: got a symbolic link; ${REGULAR}`],
    ],
    ["where a link leads to itself", () => link(STACK, "cdk.tf.json"), [`${STACK}: got a symbolic link; ${REGULAR}`]],
    ["where a link leads out of it", () => link("notes", "/etc/hostname"), [`notes: got a symbolic link; ${REGULAR}`]],
    ["where a stack is a link", () => link("stacks/more", "/etc"), [`stacks/more: got a symbolic link; ${REGULAR}`]],
    [
      "where names hold what a terminal obeys",
      () => folder.write("stacks/shop/a\n  - b\u001b[2K.tf", "{}").write("stacks/other\u202E/x", ""),
      ["stacks/other\\u{202e}: got a folder", "stacks/shop/a\\u{a}  - b\\u{1b}[2K.tf: got a file that Terraform reads"],
    ],
    [
      "where JSON nests without end",
      () => READABLE.map((path) => folder.write(path, '["'.repeat(8_000)) && folder.write(path, "[".repeat(4_000_000))),
      READABLE.map((path) => `${path}: got JSON that nests without end; allowed: at most 100 levels`),
    ],
    [
      "where JSON holds four million objects",
      () => READABLE.map((path) => folder.write(path, `[${"{},".repeat(4_000_000)}{}]`)),
      READABLE.map((path) => `${path}: got more than `),
    ],
    [
      "where files are longer than what is read of all of them",
      () => truncateSync(at(STACK), 2 ** 40),
      [`${STACK}: got ${2 ** 40} bytes; allowed: at most `],
    ],
    [
      "where a file beside its stacks is longer than what is hashed",
      () =>
        folder.write("stacks/shop/assets/a.mjs", "") &&
        folder.prove() &&
        truncateSync(at("stacks/shop/assets/a.mjs"), 2 ** 40),
      [`stacks/shop/assets/a.mjs: got ${2 ** 40} bytes; allowed: at most `],
    ],
  ])("%s", async (_what, make, expected) => {
    await make();
    const lines = await problemsOf("verify", folder.path);
    const wanted = expected.map((each) => expect.stringContaining(`  - ${each}`) as string);
    expect(lines).toHaveLength(wanted.length);
    expect(lines).toEqual(expect.arrayContaining(wanted));
  });

  test("where it is a device, a pipe or a file", async () => {
    pipe("pipe");
    writeFileSync(at("file"), "");
    for (const path of ["/dev/zero", at("pipe"), at("file")]) {
      expect((await problemsOf("verify", path)).length).toBeGreaterThan(0);
    }
  });

  test("where a manifest has more stacks than anybody names", async () => {
    const stacks = Array.from({ length: 20_000 }, (_, index) => [`s${index}`, { synthesizedStackPath: "x" }] as const);
    folder.write("manifest.json", { stacks: Object.fromEntries(stacks) });
    expect((await problemsOf("verify", folder.path)).at(-1)).toMatch(/^ {2}- and \d+ problems more$/);
  });

  // Permissions don't bind the administrator, as whom containers run.
  const withPermissions = process.getuid?.() === 0 ? test.skip : test;
  withPermissions("where a folder or a file may not be read", async () => {
    folder.write("stacks/shop/assets/a", "");
    for (const [path, mode] of [
      ["stacks/shop/assets", 0],
      [STACK, 0],
    ] as const)
      chmodSync(at(path), mode);
    const lines = await problemsOf("verify", folder.path);
    for (const path of ["stacks/shop/assets", STACK]) chmodSync(at(path), 0o700);
    expect(lines).toEqual([
      expect.stringContaining("stacks/shop/assets: got no permission to read it (EACCES)"),
      expect.stringContaining(`${STACK}: got no permission to read it (EACCES)`),
    ]);
  });

  test("where it has more files than are listed", () => {
    const { paths, problems } = inFolder(folder.path, "", 3).list();
    expect(paths.length).toBeLessThan(3);
    expect(problems).toEqual([{ at: folder.path, got: "3 files and folders or more", allowed: "fewer than 3" }]);
  });
});

describe("every other command refuses a file that never ends, with 2", () => {
  test.each<[string, (path: string) => readonly string[]]>([
    ["diff, the intent", (path) => ["diff", folder.path, folder.path, "--intent", path]],
    ["pentest, the policy", (path) => ["pentest", "status", "--policy", path]],
    ["pentest, the register", (path) => ["pentest", "status", path, "--environment", "production"]],
  ])("of %s", async (_what, args) => {
    pipe("pipe");
    for (const path of ["/dev/zero", at("pipe")]) {
      expect(await problemsOf(...args(path))).toEqual([expect.stringMatching(/ got a (?:device|pipe); /)]);
    }
  });

  test.each(["matrix", "lint", "report", "explain"])("%s, of an output folder", async (verb) => {
    pipe(STACK);
    const args = verb === "explain" ? ["--to", "redis", "--folder", folder.path] : [folder.path];
    expect(await problemsOf(verb, ...args)).toEqual([`  - ${STACK}: got a pipe; ${REGULAR}`]);
  });

  test("deployment, of a stack", async () => {
    pipe(STACK);
    expect(await problemsOf("deployment", "ready", "shop", folder.path)).toHaveLength(1);
    expect(existsSync(at(STACK))).toBe(true);
  });
});
