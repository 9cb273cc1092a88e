import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeUnless, whyNoRegistry } from "../support/describe-unless";
import { MODULE_SYSTEMS } from "../support/module-systems";
import { fromElsewhere, inProject, OtherRepository, pack, PACKAGE, unguarded } from "../support/other-repository";
import { ROOT } from "./seeded-project";

const [BIN = ""] = Object.keys(PACKAGE.bin);
const PROVIDERS = {
  "@cdktf/provider-cloudflare": PACKAGE.peerDependencies["@cdktf/provider-cloudflare"] ?? "",
  "@cdktf/provider-null": PACKAGE.peerDependencies["@cdktf/provider-null"] ?? "",
};

/** The packages that the app may run on. Either is installed under the name cdktf. */
const CORES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "cdktf 0.21": { cdktf: "0.21.0", constructs: "10.4.2", ...PROVIDERS },
  "cdktn 0.24": { cdktf: "npm:cdktn@0.24.0", constructs: "10.7.2", ...PROVIDERS },
};

/** The faces that code imports, as another repository calls them. */
const FACES = Object.keys(PACKAGE.exports)
  .filter((face) => !face.endsWith(".json"))
  .map((face) => face.replace(".", PACKAGE.name));

/** The only construct whose provider isn't installed there. */
const NEEDS_GITHUB = /scan-schedule$/;

const AS_CDKTF_INIT = "CommonJS, as cdktf init writes it";

const SHOP = fromElsewhere(readFileSync(join(ROOT, "examples/shop/main.ts"), "utf8"));

/** The files that git takes for new ones. */
const untracked = (): string => inProject("git", "ls-files", "--others", "--exclude-standard");

describeUnless([whyNoRegistry()], "the package", () => {
  const repositories = new Map(Object.keys(CORES).map((core) => [core, new OtherRepository()]));
  const withoutProviders = new OtherRepository();
  const on = (core: string): OtherRepository => repositories.get(core) as OtherRepository;
  const before = untracked();
  let packed: ReturnType<typeof pack>;
  let paths: readonly string[] = [];

  beforeAll(() => {
    mkdirSync(join(ROOT, "build"), { recursive: true });
    writeFileSync(join(ROOT, "build/stale.js"), "");
    packed = pack();
    paths = packed.paths;
    for (const [core, repository] of repositories) {
      repository.install(packed.tarball, CORES[core] ?? {});
      const { compilerOptions } = MODULE_SYSTEMS[AS_CDKTF_INIT] ?? {};
      repository.write("tsconfig.json", configOf(compilerOptions, "main.ts"));
    }
    withoutProviders.install(packed.tarball, {});
  });

  afterAll(() => {
    for (const repository of [...repositories.values(), withoutProviders]) repository.remove();
    rmSync(packed.tarball);
  });

  test("is built by npm pack alone, whatever lies in the build, and leaves no file that git would take", () => {
    expect(paths).toContain("build/cli/main.js");
    expect(paths).not.toContain("build/stale.js");
    expect(untracked()).toBe(before);
  });

  describe("its files", () => {
    const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" }).split("\0").slice(0, -1);
    const roomsThatShip = () => new Set(paths.map((path) => /^build\/([^/]+)\//.exec(path)?.[1]));
    const shipped = (core: string, path: string) =>
      readFileSync(join(on(core).folder, "node_modules", PACKAGE.name, "build", path));

    test("are every file of its rooms that isn't TypeScript, byte by byte: whatever code reads by its path", () => {
      expect([...roomsThatShip()]).not.toContain("rehearsal");
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
            "verification/render/explain.schema.json",
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
      const shown = readdirSync(join(ROOT, "constructs"))
        .filter((name) => existsSync(join(ROOT, "constructs", name, `${name}.ts`)))
        .map((name) => `./constructs/${name}`);
      expect(Object.keys(PACKAGE.exports)).toEqual(expect.arrayContaining(shown));
    });
  });

  describe.each(Object.keys(CORES))("on %s", (core) => {
    test("the ten-line app is synthesized and proven", () => {
      const { code, stdout, stderr } = synthesized(on(core), SHOP);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(
        /^4 statements proven \(3 enforced, 1 asserted\)\. See what they rest on: npx livestreamsell-policy verify\. proof sha256 [0-9a-f]{64}\n$/,
      );
      expect(on(core).runInstalled(BIN, "verify")).toMatchObject({ code: 0, stdout: expect.stringMatching(/HOOK-1/) });
    });

    test.each(Object.keys(MODULE_SYSTEMS))("the ten-line app is type-checked, synthesized and proven as %s", (name) => {
      const { file, runs, compilerOptions, written } = MODULE_SYSTEMS[name] as (typeof MODULE_SYSTEMS)[string];
      on(core).write(file, written(compilerOptions === undefined ? SHOP : `${SHOP}\n${OF_TYPES}`));
      if (compilerOptions !== undefined) {
        on(core).write("tsconfig.module.json", configOf(compilerOptions, file));
        expect(on(core).runInstalled("tsc", "-p", "tsconfig.module.json")).toMatchObject({ code: 0, stdout: "" });
      }
      rmSync(join(on(core).folder, "cdktf.out"), { recursive: true, force: true });
      expect(on(core).run(process.execPath, runs)).toMatchObject({ code: 0, stderr: "" });
      expect(on(core).runInstalled(BIN, "verify")).toMatchObject({ code: 0, stdout: expect.stringMatching(/HOOK-1/) });
    });

    test("an ES module imports every name of every face, as CommonJS does", () => {
      const faces = FACES.filter((face) => !NEEDS_GITHUB.test(face));
      expect(on(core).asked(NAMES_THAT_DIFFER, ...faces)).toEqual([]);
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

    test("an app that goes past the gate warns that nothing was proven, and names its constructs", () => {
      const { code, stderr } = synthesized(
        on(core),
        SHOP.replace("return { app", "app.synth();\n  process.exit();\n  return { app"),
      );
      expect(code).toBe(0);
      expect(stderr).toMatch(
        /^WARN .*nothing was proven of shop: EdgeFirewall shop\/Edge, WebServiceIngress shop\/Ingress; .*\n$/,
      );
    });

    test("an input that is no policy is refused with the names of its problems", () => {
      const { code, stderr } = synthesized(on(core), SHOP.replace('"/hooks/meta"', '"/Hooks/Meta"'));
      expect(code).toBe(2);
      expect(stderr).toMatch(/^the policy has 1 problem:\n {2}- shop[.]webhooks\[0\][.]path: .*\n$/);
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

  describe("without any provider", () => {
    const wholes = FACES.filter((face) => !/[/]constructs[/]/.test(face));
    const parts = FACES.filter((face) => !wholes.includes(face));

    test("an ES module imports every name of every face but a construct's own, as CommonJS does", () => {
      expect(wholes.length).toBeGreaterThan(4);
      expect(withoutProviders.asked(NAMES_THAT_DIFFER, ...wholes)).toEqual([]);
    });

    test.each([
      ["an ES module", "const face = await import(process.argv[2]);"],
      ["CommonJS", "const face = required(process.argv[2]);"],
    ])("%s that uses a construct is told which package it needs", (_, line) => {
      const program = `${line} return Object.keys(face).filter((name) => /^[A-Z]/.test(name)).map((name) => {
        try { new face[name](); } catch (error) { return error.message; }
      });`;
      const answers = withoutProviders.asked(program, `${PACKAGE.name}/constructs`) as readonly string[];
      expect(answers).toHaveLength(parts.length);
      for (const answer of answers)
        expect(answer).toMatch(/^\w+ needs the package @cdktf[/]provider-[a-z]+, which isn't/);
    });

    test("a construct's own path says which package it needs", () => {
      const program = `return process.argv.slice(2).map((face) => {
        try { required(face); } catch (error) { return error.message; }
      });`;
      const answers = withoutProviders.asked(program, ...parts) as readonly string[];
      expect(answers.map((answer) => /^Cannot find module '@cdktf[/]provider-/.test(answer))).toEqual(
        parts.map(() => true),
      );
    });

    test("the command answers", () => {
      expect(withoutProviders.runInstalled(BIN, "statements")).toMatchObject({ code: 0, stderr: "" });
    });
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

    test("prints the version of the package", () => {
      expect(asked("--version")).toEqual({ code: 0, stdout: `${PACKAGE.version}\n`, stderr: "" });
    });

    test("is called by npx in this repository too, and leaves nothing there", () => {
      const cache = mkdtempSync(join(tmpdir(), "npx-"));
      expect(inProject("npx", `--cache=${cache}`, BIN, "--version")).toBe(`${PACKAGE.version}\n`);
      expect(untracked()).toBe(before);
      rmSync(cache, { recursive: true });
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
      [["probe", "production"], '<environment>: got "production"; allowed: shop'],
      [["pentest", "status", "--environment", "shop"], "shop"],
      [["inventory", "--folder", "nowhere"], "nowhere: got no such folder"],
      [["addresses", "refresh"], "got the feeds of the package"],
    ])("%j is about the environments of the folder, and of no other", (args, text) => {
      expect(asked(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(text) });
    });

    test("loads nothing of its work to show its help", () => {
      const program = `process.argv = ["node", "program", "--help"];
        process.stdout.write = () => true;
        process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));
        require(${JSON.stringify(join(on("cdktf 0.21").folder, "node_modules", PACKAGE.name, "build/cli/main.js"))});`;
      const { code, stderr } = on("cdktf 0.21").run(process.execPath, "-e", program);
      const loaded = stderr.split("\n").map((path) => path.replace(/^.*[/](?:build|node_modules)[/]/, ""));
      expect(code).toBe(0);
      expect(loaded).toEqual(expect.arrayContaining(["cli/run.js", "commander/index.js"]));
      expect(loaded.filter((path) => !/^(?:cli|commander|errors)[/]/.test(path)).sort()).toEqual([
        "verification/render/commands.js",
        "verification/render/escape.js",
      ]);
    });
  });
});

/** Types of the faces by their names, as an app with props of its own imports them. */
const OF_TYPES = `import type { EdgeFirewallProps, ScanScheduleProps } from "${PACKAGE.name}/constructs";
import type { Environment } from "${PACKAGE.name}/policy";
export type Written = EdgeFirewallProps | ScanScheduleProps | Environment;
`;

/** A program that names the exports of its arguments that CommonJS finds and an ES module can't import. */
const NAMES_THAT_DIFFER = `const differ = [];
for (const face of process.argv.slice(2)) {
  const imported = await import(face);
  const both = required(face);
  for (const name of Object.keys(both)) if (imported[name] !== both[name]) differ.push(face + " " + name);
  if (Object.keys(both).length === 0) differ.push(face);
}
return differ;`;

/** The configuration of a compiler that reads one file. */
function configOf(compilerOptions: Readonly<Record<string, unknown>> | undefined, file: string): string {
  const options = { ...compilerOptions, strict: true, types: ["node"], skipLibCheck: true, outDir: "compiled" };
  return JSON.stringify({ compilerOptions: options, files: [file] });
}

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

/** The synthesized stack, without the folder that it was written in; the version of the writer stands apart. */
function stackOf({ folder }: OtherRepository): Written {
  const read = (path: string): unknown =>
    JSON.parse(readFileSync(join(folder, "cdktf.out", path), "utf8").replaceAll(folder, "."));
  const { "//": comment, ...stack } = read("stacks/shop/cdk.tf.json") as {
    readonly "//": { readonly metadata: { readonly version: string } };
  };
  const { version, ...metadata } = comment.metadata;
  return { version, stack: { ...stack, metadata }, policy: read("policy.json") };
}
