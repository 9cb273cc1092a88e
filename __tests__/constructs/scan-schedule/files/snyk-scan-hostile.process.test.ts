import { CLEAN, FOUND, NEW, OLD, scan, type Trees } from "./support/run-scan";

/** Files that a pull request brings to be run, or to pass for the repository's own. */
const HOSTILE: Trees = {
  ...Object.fromEntries(
    ["venv.py", "pip.py", "sitecustomize.py", "usercustomize.py", "setup.py", "evil.pth"].map((name) => [
      `head/${name}`,
      "open('ran', 'w')\n",
    ]),
  ),
  "head/pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  "head/.snyk": "ignore: SNYK-NEW\n",
  "head/web/.snyk": "ignore: SNYK-NEW\n",
  "head/.npmrc": "node-options=--require ./ran.cjs\n",
  "head/web/.npmrc": "node-options=--require ./ran.cjs\n",
  "head/web/package.json": '{"scripts":{"preinstall":"touch ran"}}\n',
  "head/.venv/bin/python": "#!/bin/sh\ntouch ran\n",
  "head/uv.toml": 'index-url = "https://packages.example.com"\n',
};

const MANAGERS = [
  ["pip", "requirements.txt"],
  ["uv", "uv.lock"],
  ["npm", "web/package-lock.json"],
  ["pnpm", "web/pnpm-lock.yaml"],
  ["yarn", "web/yarn.lock"],
  ["poetry", "poetry.lock"],
] as const;

const environment = ([PACKAGE_MANAGER, MANIFEST]: readonly [string, string]) => ({
  ...{ PACKAGE_MANAGER, MANIFEST, UV_VERSION: "0.13.9" },
});

describe.each(MANAGERS)("a pull request to a manifest of %s", (...manifest) => {
  const judged = (trees: Trees) => scan({ exits: [1], report: [OLD, NEW] }, FOUND, environment(manifest), [], trees);

  test("has nothing of its own run, and no tool starts in its tree", () => {
    expect(judged(HOSTILE).calls.filter((call) => call.startsWith("ran "))).toEqual([]);
  });

  test("can't tell Snyk what to ignore", () => {
    expect(judged(HOSTILE).calls.filter((call) => call.startsWith("ignored "))).toEqual([]);
  });

  test("is judged by what the base tells Snyk to ignore", () => {
    const { calls } = judged({ ...HOSTILE, "base/.snyk": "ignore: SNYK-OLD" });
    expect(calls.filter((call) => call.startsWith("ignored "))).toEqual([
      "ignored ignore: SNYK-OLD",
      "ignored ignore: SNYK-OLD",
    ]);
  });

  test("fails with a new vulnerability all the same", () => {
    const { code } = scan({ exits: [1], report: [NEW] }, CLEAN, environment(manifest), [], HOSTILE);
    expect(code).toBe(1);
  });
});

test("a push is judged by what its own branch tells Snyk to ignore", () => {
  const { calls } = scan(CLEAN, undefined, {}, [], { "head/.snyk": "ignore: SNYK-OLD" });
  expect(calls.filter((call) => call.startsWith("ignored "))).toEqual(["ignored ignore: SNYK-OLD"]);
});

describe("a manifest that is not scannable without running code of the tree", () => {
  const pip = environment(["pip", "requirements.txt"]);

  test.each([
    "./local",
    "-e .",
    "--editable=.",
    "local @ file:///local",
    "https://packages.example.com/local.tar.gz",
    "git+https://github.com/example/local.git",
    "--index-url https://packages.example.com/simple",
    "--extra-index-url=https://packages.example.com/simple",
    "--find-links .",
    "-r missing.txt",
    "-r ../../outside.txt",
    "local==1.0 --config-settings=x=y",
    "local==${VERSION}",
    "local==1 --hash=sha256:0.5",
    "# a comment \\\n./local",
    "# a comment\u2028./local",
    "# coding: utf-7\n# a comment+AAo-./local",
    "# a comment\u2028# coding: utf-7\n# a comment+AAo-./local",
    "local\u00a0",
  ])("fails, and nothing is started: %j", (line) => {
    const { code, output, calls } = scan(CLEAN, CLEAN, pip, [], { "head/requirements.txt": `${line}\nflask==3.0.0\n` });
    expect([code, calls]).toEqual([1, []]);
    expect(output).toContain("::error::requirements.txt: ");
  });

  test("fails where a package has no wheel", () => {
    expect(scan({ ...CLEAN, pip: 1 }, CLEAN, pip).code).toBe(1);
  });

  test("passes with a warning where the environment names it, on a push too", () => {
    const named = { ...pip, UNSCANNABLE: "pass" };
    for (const base of [CLEAN, undefined]) {
      const { code, output } = scan({ ...CLEAN, pip: 1 }, base, named);
      expect([code, output]).toEqual([0, expect.stringContaining("::warning::requirements.txt: not scanned")]);
    }
  });

  test("fails with a vulnerability, and where Snyk fails, although the environment names it", () => {
    const named = { ...pip, UNSCANNABLE: "pass" };
    expect(scan(FOUND, CLEAN, named).code).toBe(1);
    expect(scan({ exits: [3] }, CLEAN, named).code).toBe(1);
  });
});

test.each([
  "-r more/base.txt",
  "--requirement=more/base.txt",
  "-c more/base.txt",
  "requests[socks] >=2, <3 ; python_version > '3.8'  # a comment",
  "requests==2.0 \\\n  --hash=sha256:00 \\\n  --hash=sha256:11",
  "--require-hashes",
  "# -*- coding: utf-8 -*-",
])("a requirements file may say %j", (line) => {
  const trees = { "head/requirements.txt": `flask==3.0.0\n${line}\n`, "head/more/base.txt": "six==1.0\n" };
  expect(scan(CLEAN, CLEAN, environment(["pip", "requirements.txt"]), [], trees).code).toBe(0);
});

describe("a failure of Snyk on a pull request", () => {
  const failing = (probe: { readonly exit: number; readonly says?: string }, exits = [2, 2]) =>
    scan({ exits, probe }, CLEAN);

  test.each(["SNYK-CLI-0017", "SNYK-CLI-0022", "SNYK-0009", "SNYK-9999"])(
    "passes with a warning in an outage: %s",
    (says) => {
      expect(failing({ exit: 2, says })).toMatchObject({
        code: 0,
        output: expect.stringContaining("::warning::") as string,
      });
    },
  );

  test("passes with a warning in an outage that the CLI has an exit code for", () => {
    expect(failing({ exit: 75, says: "SNYK-0099" }, [75, 75]).code).toBe(0);
  });

  test.each([
    ["the token isn't taken", { exit: 2, says: "Authentication error (SNYK-0005)" }],
    ["the token isn't set up", { exit: 2, says: "(SNYK-CLI-0006)" }],
    ["Snyk doesn't say why", { exit: 2, says: "" }],
    ["Snyk answers of another manifest", { exit: 0, says: "" }],
    ["Snyk answers of another manifest, and says that it is down", { exit: 1, says: "SNYK-9999" }],
  ])("fails where %s", (_, probe) => expect(failing(probe).code).toBe(1));

  test("fails without a token, but on Dependabot's own where the environment says that it has none", () => {
    const without = (more: Readonly<Record<string, string>>) => scan(CLEAN, CLEAN, { SNYK_TOKEN: "", ...more }).code;
    const dependabot = { GITHUB_ACTOR: "dependabot[bot]" };
    expect([
      without({}),
      without(dependabot),
      without({ DEPENDABOT_SECRET: "false" }),
      without({ DEPENDABOT_SECRET: "false", ...dependabot }),
    ]).toEqual([1, 1, 1, 0]);
  });
});
