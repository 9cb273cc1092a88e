import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { kinds } from "../../appliers/manifest.json";
import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { PROGRAMS, runApplier, runNode } from "../support/run-applier";
import { KINDS } from "./kinds";

const APPLIERS = dirname(PROGRAMS);

interface Row {
  readonly kind: string;
  readonly hash: string;
  readonly files: readonly string[];
  readonly released: readonly { readonly version: string; readonly hash: string; readonly files: readonly string[] }[];
}

/** Runs the manifest's tool on a copy of the whole folder that `change` has altered. */
async function onACopy(
  args: readonly string[],
  change: (folder: string) => void = () => undefined,
): Promise<{ readonly code: number | null; readonly stderr: string; readonly rows: readonly Row[] }> {
  const folder = mkdtempSync(join(tmpdir(), "appliers-"));
  try {
    cpSync(APPLIERS, folder, { recursive: true });
    change(folder);
    const { code, stderr } = await runNode([join(folder, "manifest.mjs"), ...args]);
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
      readonly kinds: readonly Row[];
    };
    return { code, stderr, rows: manifest.kinds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hashes = (rows: readonly Row[]): readonly string[] => rows.map(({ hash }) => hash);
const edited = (folder: string, file: string): void => appendFileSync(join(folder, "programs", file), "\n");

describe("the manifest", () => {
  test("has every program of the folder, and no other", () => {
    const programs = readdirSync(PROGRAMS).filter((name) => name.endsWith(".mjs"));
    expect(kinds.map(({ program }) => program).sort()).toEqual(programs.sort());
    expect(KINDS.map(({ kind }) => kind)).toEqual(kinds.map(({ kind }) => kind));
  });

  test.each(kinds)("has the hash of $kind as sha256sum would give it for its files", ({ hash, files }) => {
    const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");
    const lines = files.map((file) => `${sha256(readFileSync(join(PROGRAMS, file)))}  ${file}\n`);
    expect(hash).toBe(sha256(lines.join("")));
  });

  test.each(kinds)("has the schema of $kind that the program reads", ({ kind, desiredState }) => {
    expect(JSON.parse(readFileSync(join(PROGRAMS, `schemas/${kind}.json`), "utf8"))).toEqual(desiredState);
  });

  test("names no file that no program loads", () => {
    const named = new Set(kinds.flatMap(({ files }) => files));
    const all = readdirSync(PROGRAMS, { recursive: true, encoding: "utf8" }).filter((name) =>
      /[.](mjs|json)$/.test(name),
    );
    expect([...named].sort()).toEqual(all.sort());
  });
});

describe("a program", () => {
  test.concurrent.each(KINDS.map((kind) => [kind.kind, kind] as const))(
    "%s runs with the files that its row names, and no others",
    (_, kind) =>
      RenderAndSupabase.during(async (platform) => {
        const folder = mkdtempSync(join(tmpdir(), "applier-"));
        for (const file of kinds.find((row) => row.kind === kind.kind)?.files ?? []) {
          mkdirSync(dirname(join(folder, file)), { recursive: true });
          cpSync(join(PROGRAMS, file), join(folder, file));
        }
        kind.inForce(platform);
        const { environment } = platform;
        const ended = await runApplier({ ...kind, environment, folder }).finally(() =>
          rmSync(folder, { recursive: true }),
        );
        expect(ended).toMatchObject({ code: 0, stderr: "" });
      }),
  );
});

describe("the manifest's tool", () => {
  test.concurrent("finds nothing to change here", async () => {
    expect(await onACopy(["--check"])).toMatchObject({ code: 0, stderr: "" });
  });

  test.concurrent("fails with --check when a program was changed", async () => {
    const { code, stderr } = await onACopy(["--check"], (folder) => edited(folder, "render-service-type.mjs"));
    expect(code).toBe(1);
    expect(stderr).toContain("run node appliers/manifest.mjs");
  });

  test.concurrent("gives a new hash to the kinds that load a changed file, and to no others", async () => {
    const { rows } = await onACopy([], (folder) => edited(folder, "platforms/render.mjs"));
    const changed = rows.filter(({ hash }, index) => hash !== kinds[index]?.hash).map(({ kind }) => kind);
    expect(changed).toEqual(kinds.map(({ kind }) => kind).filter((kind) => kind.startsWith("render-")));
  });

  test.concurrent("adds the present hashes to the released ones, and keeps those", async () => {
    const first = await onACopy(["--release", "1.2.3"]);
    const added = first.rows.map(({ released }) => released.at(-1));
    expect(added).toEqual(first.rows.map(({ hash, files }) => ({ version: "1.2.3", hash, files })));
    expect(hashes(first.rows)).toEqual(hashes(kinds));

    const second = await onACopy(["--release", "1.3.0"], (folder) => {
      writeFileSync(join(folder, "manifest.json"), JSON.stringify({ format: 1, kinds: first.rows }));
      edited(folder, "supabase-network-restrictions.mjs");
    });
    const versions = second.rows.map(({ released }) => released.slice(-2).map(({ version }) => version));
    const before = kinds[0]?.released.length ?? 0;
    expect(versions[0]).toEqual(["1.2.3", "1.3.0"]);
    expect(second.rows.slice(1).every(({ released }) => released.length === before + 1)).toBe(true);
  });

  test.concurrent.each([["--release"], ["--release", "soon"], ["--releases", "1.0.0"]])(
    "refuses %s %s",
    async (...args) => {
      const { code, stderr } = await onACopy(args);
      expect(code).toBe(1);
      expect(stderr).toContain("usage:");
    },
  );
});
