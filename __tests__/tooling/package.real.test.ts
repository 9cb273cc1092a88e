import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeUnless, whyNoRegistry } from "../support/describe-unless";
import { fromElsewhere, OtherRepository, pack, PACKAGE, unguarded } from "../support/other-repository";
import { ROOT } from "./seeded-project";

const [BIN = ""] = Object.keys(PACKAGE.bin);
const PROVIDERS = {
  "@cdktf/provider-cloudflare": PACKAGE.peerDependencies["@cdktf/provider-cloudflare"] ?? "",
  "@cdktf/provider-null": PACKAGE.peerDependencies["@cdktf/provider-null"] ?? "",
};

/** What the app may run on: under the name cdktf, either. */
const CORES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "cdktf 0.21": { cdktf: "0.21.0", constructs: "10.4.2", ...PROVIDERS },
  "cdktn 0.24": { cdktf: "npm:cdktn@0.24.0", constructs: "10.7.2", ...PROVIDERS },
};

/** As `cdktf init` writes it, and as Node.js resolves packages. */
const COMPILERS: Readonly<Record<string, object>> = {
  "tsconfig.json": { target: "ES2018", module: "CommonJS", moduleResolution: "node10", skipLibCheck: true },
  "tsconfig.node.json": { target: "ES2022", module: "node16", moduleResolution: "node16", esModuleInterop: true },
};

/** The only construct whose provider isn't installed there. */
const NEEDS_GITHUB = /scan-schedule$/;

const SHOP = fromElsewhere(readFileSync(join(ROOT, "examples/shop/main.ts"), "utf8"));

describeUnless([whyNoRegistry()], "the package", () => {
  const folder = mkdtempSync(join(tmpdir(), "package-"));
  const repositories = new Map(Object.keys(CORES).map((core) => [core, new OtherRepository()]));
  const on = (core: string): OtherRepository => repositories.get(core) as OtherRepository;
  let paths: readonly string[] = [];

  beforeAll(() => {
    const packed = pack(folder);
    paths = packed.paths;
    for (const [core, repository] of repositories) {
      repository.install(packed.tarball, CORES[core] ?? {});
      for (const [name, options] of Object.entries(COMPILERS)) {
        const compilerOptions = { ...options, strict: true, types: ["node"], outDir: "compiled" };
        repository.write(name, JSON.stringify({ compilerOptions, files: ["main.ts"] }));
      }
      repository.write("main.ts", SHOP);
    }
  });

  afterAll(() => {
    for (const repository of repositories.values()) repository.remove();
    rmSync(folder, { recursive: true });
  });

  describe("its files", () => {
    const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" }).split("\0").slice(0, -1);
    const roomsThatShip = () => new Set(paths.map((path) => /^build\/([^/]+)\//.exec(path)?.[1]));
    const shipped = (core: string, path: string) =>
      readFileSync(join(on(core).folder, "node_modules", PACKAGE.name, "build", path));

    test("are every file of its rooms that isn't TypeScript, byte by byte: whatever code reads by its path", () => {
      const data = tracked
        .filter((path) => roomsThatShip().has(path.split("/")[0]))
        .filter((path) => !/[.]ts$|(^|\/)(tsconfig[.]json|test_[^/]+)$/.test(path));
      expect(data.length).toBeGreaterThan(40);
      expect(data.filter((path) => !paths.includes(`build/${path}`))).toEqual([]);
      const differ = data.filter((path) => !shipped("cdktf 0.21", path).equals(readFileSync(join(ROOT, path))));
      expect(differ).toEqual([]);
    });

    test("have the appliers, the schemas, the feeds, the templates, the programs and the origin's half of WEB-1", () => {
      expect(paths).toEqual(
        expect.arrayContaining(
          [
            "appliers/manifest.json",
            "appliers/programs/supabase-network-restrictions.mjs",
            "appliers/programs/schemas/supabase-network-restrictions.json",
            "constructs/scan-schedule/files/programs/pentest-check.cjs",
            "constructs/scan-schedule/files/templates/snyk.yml",
            "network/feeds/as32934.json",
            "origin/edge_secret.py",
            "policy/policy.schema.json",
            "verification/explain/explain.schema.json",
            "verification/github/known-programs.json",
            "verification/github/texts/snyk.yml",
          ].map((path) => `build/${path}`),
        ),
      );
    });

    test("hold no environment of this repository, no test and no source", () => {
      expect(
        paths.filter((path) => /^build\/(environments|examples|stacks|__tests__|tests)\/|\/test_/.test(path)),
      ).toEqual([]);
      expect(paths.filter((path) => /(?<![.]d)[.]ts$/.test(path))).toEqual([]);
    });

    test("have each export and the types of each, for both ways of resolving them", () => {
      const filesOf = (face: unknown): readonly string[] =>
        typeof face === "string" ? [face] : Object.values(face as object).flatMap(filesOf);
      const faces = Object.values(PACKAGE.exports).flatMap(filesOf);
      const missing = [...faces, ...Object.values(PACKAGE.typesVersions["*"]).flat()]
        .map((path) => path.replace(/^[.]\//, ""))
        .filter((path) => !paths.includes(path));
      expect(missing).toEqual([]);
      const code = Object.entries(PACKAGE.exports).filter(([, face]) => typeof face !== "string");
      expect(Object.keys(PACKAGE.typesVersions["*"]).sort()).toEqual(code.map(([name]) => name.slice(2)).sort());
    });

    test("have an export for each construct's folder", () => {
      const constructs = readdirSync(join(ROOT, "constructs")).filter((name) =>
        existsSync(join(ROOT, "constructs", name, `${name}.ts`)),
      );
      const shown = constructs.filter((name) => name !== "applied-state").map((name) => `./constructs/${name}`);
      expect(Object.keys(PACKAGE.exports)).toEqual(expect.arrayContaining(shown));
    });
  });

  describe.each(Object.keys(CORES))("on %s", (core) => {
    test.each(Object.keys(COMPILERS))("the ten-line app is type-checked with %s", (config) => {
      expect(on(core).runInstalled("tsc", "--noEmit", "-p", config)).toMatchObject({ code: 0, stdout: "" });
    });

    test("the ten-line app is synthesized and proven", () => {
      const { code, stderr } = synthesized(on(core), SHOP);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(on(core).runInstalled(BIN, "verify")).toMatchObject({ code: 0, stdout: expect.stringMatching(/HOOK-1/) });
    });

    test("an ES module imports each face by name, and the constructs as a whole or from their folders", () => {
      const faces = Object.keys(PACKAGE.exports)
        .filter((face) => !face.endsWith(".json") && face !== "./constructs" && !NEEDS_GITHUB.test(face))
        .map((face) => face.replace(".", PACKAGE.name));
      on(core).write(
        "faces.mjs",
        `import { createRequire } from "node:module";
         import constructs from "${PACKAGE.name}/constructs";
         const required = createRequire(import.meta.url);
         if (constructs.EdgeFirewall !== required("${PACKAGE.name}/constructs/edge-firewall").EdgeFirewall) console.log("constructs");
         for (const face of ${JSON.stringify(faces)}) {
           const imported = Object.keys(await import(face));
           const missing = Object.keys(required(face)).filter((name) => !imported.includes(name));
           if (missing.length > 0) console.log(face, missing);
         }`,
      );
      expect(on(core).run(process.execPath, "faces.mjs")).toMatchObject({ code: 0, stdout: "" });
    });

    test("an ES module that names a construct of the whole is refused by the compiler, as it would be by Node.js", () => {
      const named = SHOP.replace(/\/lib\/provider"/g, '/lib/provider/index.js"');
      on(core).write("named.mts", named);
      const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "ES2022", "--module", "node16"];
      const { code, stdout } = on(core).runInstalled("tsc", ...options, "named.mts");
      expect([code, stdout]).toEqual([2, expect.stringMatching(/has no exported member (?:named )?'EdgeFirewall'/)]);
      const folders = named.replace(
        /import \{ EdgeFirewall, WebServiceIngress \} from "(.+)";/,
        'import { EdgeFirewall } from "$1/edge-firewall";\nimport { WebServiceIngress } from "$1/web-service-ingress";',
      );
      on(core).write("folders.mts", folders);
      expect(on(core).runInstalled("tsc", ...options, "folders.mts")).toMatchObject({ code: 0, stdout: "" });
    });

    test("the gate refuses an unsafe change, says how to see it, and leaves nothing to deploy", () => {
      expect(synthesized(on(core), SHOP).code).toBe(0);
      const { code, stderr } = synthesized(on(core), unguarded(SHOP));
      expect(code).toBe(1);
      expect(stderr).toMatch(/HOOK-1[^]*curl/);
      expect(existsSync(join(on(core).folder, "cdktf.out/manifest.json"))).toBe(false);
      expect(existsSync(join(on(core).folder, "cdktf.out/stacks/shop/cdk.tf.json"))).toBe(false);
      expect(on(core).runInstalled(BIN, "verify").code).toBe(2);
    });

    test("an input that is no policy is refused with the names of its problems", () => {
      const { code, stderr } = synthesized(on(core), SHOP.replace('"/hooks/meta"', '"/Hooks/Meta"'));
      expect(code).toBe(1);
      expect(stderr).toContain("shop.webhooks[0].path");
    });
  });

  test("both write the same JSON, but for their own version and the folder of the state", () => {
    const [one, other] = Object.keys(CORES).map((core) => {
      expect(synthesized(on(core), SHOP).code).toBe(0);
      return stackOf(on(core));
    });
    expect(one?.version).not.toEqual(other?.version);
    expect(one?.stack).toEqual(other?.stack);
    expect(one?.policy).toEqual(other?.policy);
  });

  describe("loads only what is imported", () => {
    const loadedBy = (name: string): readonly string[] => {
      const script = `require(${JSON.stringify(name)}); console.log(Object.keys(require.cache).join("\\n"))`;
      const { code, stdout, stderr } = on("cdktf 0.21").run(process.execPath, "-e", script);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return [...new Set(stdout.match(/(?<=node_modules\/)(?:@cdktf\/)?[^/\n]+/g))];
    };

    test.each([
      ["policy", [], ["cdktf", "@cdktf/provider-cloudflare", "@cdktf/provider-null"]],
      ["verification", [], ["cdktf"]],
      ["constructs", [], ["cdktf", "@cdktf/provider-cloudflare", "@cdktf/provider-null"]],
      ["constructs/edge-firewall", ["@cdktf/provider-cloudflare"], ["@cdktf/provider-null"]],
      ["constructs/web-service-ingress", ["@cdktf/provider-null"], ["@cdktf/provider-cloudflare"]],
      ["constructs/db-network-restriction", ["@cdktf/provider-null"], ["@cdktf/provider-cloudflare"]],
    ])("%s loads %j and not %j", (face, loads, leaves) => {
      const loaded = loadedBy(`${PACKAGE.name}/${face}`);
      expect(loaded).toEqual(expect.arrayContaining(loads));
      expect(loaded.filter((name) => leaves.includes(name))).toEqual([]);
    });

    test("and lets nobody past what it exports", () => {
      const { code, stderr } = on("cdktf 0.21").run(
        process.execPath,
        "-e",
        `require("${PACKAGE.name}/build/gate/gate.js")`,
      );
      expect(code).toBe(1);
      expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
    });
  });

  describe(`the command ${BIN}`, () => {
    const asked = (...args: readonly string[]) => on("cdktf 0.21").runInstalled(BIN, ...args);

    beforeAll(() => {
      expect(synthesized(on("cdktf 0.21"), SHOP).code).toBe(0);
    });

    test("calls itself by its name, in its examples too", () => {
      const { code, stdout } = asked("probe", "--help");
      expect(code).toBe(0);
      expect(stdout).toContain(`${BIN} probe production --format json`);
      expect(stdout).not.toContain("npm run");
    });

    test.each([
      [["statements"], 0, /^/],
      [["explain", "https://shop.example.com/hooks/meta", "--from", "9.9.9.9"], 0, /HOOK-1/],
      [["addresses", "check", "--today", "2026-11-24"], 0, /meta/],
      [["deployment", "order"], 0, /"environment":"shop"/],
    ])("%j answers from what was synthesized, and from what lies in the package", (args, code, text) => {
      expect(asked(...args)).toMatchObject({ code, stdout: expect.stringMatching(text) });
    });

    test.each([
      [["probe", "shop"], "shop.zone.name: got example.com"],
      [["probe", "production"], 'environment: got "production"; allowed: shop'],
      [["pentest", "status", "--environment", "shop"], "shop"],
      [["inventory", "--folder", "nowhere"], "policy.json: got no such file"],
      [["addresses", "refresh"], "got the feeds of the package"],
    ])("%j is about the environments of the folder, and of no other", (args, text) => {
      expect(asked(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(text) });
    });

    test("starts in less than 150 ms over bare Node.js", () => {
      const program = join(on("cdktf 0.21").folder, "node_modules", PACKAGE.name, PACKAGE.bin[BIN] ?? "");
      const [bare, help] = fastest(
        15,
        [
          ["-e", "0"],
          [program, "--help"],
        ],
        on("cdktf 0.21"),
      ) as [number, number];
      process.stderr.write(
        `${BIN} --help: ${help.toFixed(0)} ms, bare Node.js: ${bare.toFixed(0)} ms, ${(help / bare).toFixed(1)} times\n`,
      );
      expect(help - bare).toBeLessThan(150);
    });
  });
});

/** Compiles an app in another repository and runs it there, as `cdktf synth` does. */
function synthesized(repository: OtherRepository, main: string) {
  repository.write("main.ts", main);
  const { code, stdout } = repository.runInstalled("tsc", "-p", "tsconfig.json");
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  return repository.run(process.execPath, "compiled/main.js");
}

interface Written {
  readonly version: unknown;
  readonly stack: unknown;
  readonly policy: unknown;
}

/** What was synthesized, with the version of what wrote it apart, and without the folder that it was written in. */
function stackOf({ folder }: OtherRepository): Written {
  const read = (path: string): unknown =>
    JSON.parse(readFileSync(join(folder, "cdktf.out", path), "utf8").replaceAll(folder, "."));
  const { "//": comment, ...stack } = read("stacks/shop/cdk.tf.json") as {
    readonly "//": { readonly metadata: { readonly version: string } };
  };
  const { version, ...metadata } = comment.metadata;
  return { version, stack: { ...stack, metadata }, policy: read("policy.json") };
}

/** The fastest of several runs of each program, by turns, in milliseconds: what a loaded machine adds is in none of them. */
function fastest(
  times: number,
  programs: readonly (readonly string[])[],
  repository: OtherRepository,
): readonly number[] {
  const taken = programs.map((): number[] => []);
  for (let turn = 0; turn < times; turn++) {
    programs.forEach((args, place) => {
      const started = process.hrtime.bigint();
      repository.run(process.execPath, ...args);
      taken[place]?.push(Number(process.hrtime.bigint() - started) / 1e6);
    });
  }
  return taken.map((each) => Math.min(...each));
}
