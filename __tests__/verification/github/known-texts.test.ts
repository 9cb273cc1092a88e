import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RUNNER_IMAGE, TOOL_VERSIONS } from "../../../constructs/scan-schedule/files/pins";
import { scanFiles } from "../../../constructs/scan-schedule/files/scan-files";
import type { ScanFilesInput } from "../../../constructs/scan-schedule/files/scan-files-input";
import { ScannedManifest } from "../../../policy/scanned-manifest";
import { Severity } from "../../../policy/snyk-options";
import { cadenceWorkflowIn, pentestScopeIn, promisedScope } from "../../../verification/github/pentest";
import { dependabotConfigIn } from "../../../verification/github/dependabot";
import known from "../../../verification/github/known-programs.json";
import { filesOfProgram, unknownFileOf, isKnownVersion, pinOf } from "../../../verification/github/known-programs";
import { snykWorkflowIn } from "../../../verification/github/snyk-workflow";
import { isUnknown } from "../../../verification/github/known-text";
import { sha256 } from "../../../verification/terraform/source";
import { INPUT, textOf } from "../../constructs/scan-schedule/files/support/input";
import { runs } from "../../support/sample";

/*
 * When one of these fails, ScanSchedule writes a text or a program that the proof doesn't know. Read the change. Then
 * change verification/github/texts, or the hash in known-programs.json, if you vouch for it.
 */

const PROGRAMS = join(__dirname, "../../../constructs/scan-schedule/files/programs");
const SNYK = ".github/workflows/snyk.yml";
const CADENCE = ".github/workflows/pentest-cadence.yml";
const DEPENDABOT = ".github/dependabot.yml";
const SCOPE = ".github/security/pentest-scope.md";

const READERS = {
  [SNYK]: snykWorkflowIn,
  [CADENCE]: cadenceWorkflowIn,
  [DEPENDABOT]: dependabotConfigIn,
  [SCOPE]: pentestScopeIn,
} as const satisfies Readonly<Record<string, (text: string) => object>>;

const PATHS = Object.keys(READERS) as readonly (keyof typeof READERS)[];

const segment = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/);
const folder = fc.array(segment, { maxLength: 2 }).map((names) => names.map((name) => `${name}/`).join(""));
const python = fc.constantFrom({}, { pythonVersion: "3.9" }, { pythonVersion: "3.14", passUnscannable: true });

/** A repository as ScanSchedule takes it. */
const input: fc.Arbitrary<ScanFilesInput> = fc
  .record({
    repository: fc.tuple(segment, segment).map((names) => names.join("/")),
    defaultBranch: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,10}$/),
    severity: fc.constantFrom(...Object.values(Severity)),
    blockWhenUnavailable: fc.boolean(),
    dependabotSecret: fc.boolean(),
    monitor: fc.boolean(),
    codeScanning: fc.boolean(),
    organization: fc.option(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,10}$/)),
    tokenSecret: fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,10}$/),
    manifests: fc.uniqueArray(
      fc.oneof(
        fc.tuple(folder, python).map(([at, more]) => ScannedManifest.pip(`${at}requirements.txt`, more)),
        fc.tuple(folder, python).map(([at, more]) => ScannedManifest.uv(`${at}uv.lock`, more)),
        folder.map((at) => ScannedManifest.npm(`${at}package-lock.json`)),
      ),
      { minLength: 1, maxLength: 4, selector: ({ path }) => path },
    ),
    isTested: fc.boolean(),
  })
  .map(({ organization, isTested, ...rest }) => {
    const { pentest, ...others } = INPUT;
    return {
      ...{ ...others, ...rest },
      ...(organization === null ? {} : { organization }),
      ...(isTested && pentest !== undefined ? { pentest } : {}),
    };
  });

describe("the texts that ScanSchedule writes", () => {
  test("are known, and say what they are told", () => {
    fc.assert(
      fc.property(input, (told) => {
        const files = scanFiles(told);
        const written = (path: string): string => files.find((file) => file.path === path)?.text ?? "";
        const { manifests, defaultBranch: branch, organization = "", ...rest } = told;
        const { severity, blockWhenUnavailable, dependabotSecret, monitor, codeScanning, tokenSecret } = rest;
        expect(snykWorkflowIn(written(SNYK))).toEqual({
          ...{ branch, organization, severity, blockWhenUnavailable, dependabotSecret },
          ...{ monitor, codeScanning, tokenSecret, runner: RUNNER_IMAGE },
          ...{ snykVersion: TOOL_VERSIONS.snyk, uvVersion: TOOL_VERSIONS.uv },
          legs: manifests.map(({ packageManager, path, pythonVersion, passUnscannable = false }) => ({
            manager: packageManager,
            manifest: path,
            python: ["pip", "uv"].includes(packageManager) ? (pythonVersion ?? TOOL_VERSIONS.python) : "",
            unscannable: passUnscannable ? "pass" : "",
          })),
        });
        expect(dependabotConfigIn(written(DEPENDABOT))).toMatchObject({
          managedWorkflows: told.pentest === undefined ? [SNYK] : [SNYK, CADENCE],
        });
        if (told.pentest !== undefined) expect(cadenceWorkflowIn(written(CADENCE))).toEqual({ branch });
      }),
      { numRuns: runs(30, 1_000) },
    );
  });

  test("tell the firm what the policy says", () => {
    const { pentest } = INPUT;
    if (pentest === undefined) throw new Error("there is a test");
    const more = {
      ...pentest,
      accreditations: ["CREST", "CREST STAR"],
      cadenceDays: 180,
      publicApi: ["https://a.example.com/v1", "https://b.example.com:8443"],
    };
    expect(pentestScopeIn(textOf(SCOPE, { pentest: more }))).toEqual(promisedScope(more));
  });

  test.each(PATHS)("are others after any change of a line: %s", (path) => {
    const text = textOf(path);
    const lines = text.split("\n");
    const same = (changed: readonly string[]): boolean => {
      const found = READERS[path](changed.join("\n"));
      return !isUnknown(found) && JSON.stringify(found) === JSON.stringify(READERS[path](text));
    };
    expect(same(lines)).toBe(true);
    const unnoticed = lines.flatMap((line, index) => {
      const [before, after] = [lines.slice(0, index), lines.slice(index + 1)];
      const changes = [[], [line, line], [`${line} `], [` ${line}`], [`${line}#`], [line, "# x"]];
      return changes.filter((each) => same([...before, ...each, ...after])).map(() => line);
    });
    expect(unnoticed).toEqual([]);
  });

  test.each(PATHS)("are unknown with a character in a value that a reader may take for more: %s", (path) => {
    const text = textOf(path);
    const places = fc.integer({ min: 0, max: text.length });
    const evil = fc.constantFrom(
      '"',
      "'",
      "$",
      "{",
      "}",
      "#",
      "`",
      "\t",
      "\r",
      "\u0085",
      "\u2028",
      "\u00e9",
      "\u0430",
      "<",
    );
    fc.assert(
      fc.property(places, evil, (at, character) => {
        expect(isUnknown(READERS[path](text.slice(0, at) + character + text.slice(at)))).toBe(true);
      }),
      { numRuns: runs(200, 5_000) },
    );
  });

  test("take no time of the day or the week for another", () => {
    const at = (cron: string) => snykWorkflowIn(textOf(SNYK).replace(/cron: ".*"/, `cron: "${cron}"`));
    expect(["0 0 * * 0", "59 23 * * 6"].map((cron) => isUnknown(at(cron)))).toEqual([false, false]);
    const others = [
      "07 0 * * 0",
      "0 00 * * 0",
      "60 0 * * 0",
      "0 24 * * 0",
      "0 0 * * 7",
      "000 0 * * 0",
      "0 0 1 * 0",
      "0 0 * 1 0",
      "0 0 * * *",
      "0 0 * * 1-2",
    ];
    expect(others.filter((cron) => !isUnknown(at(cron)))).toEqual([]);
  });
});

describe("the programs that are known by their hashes", () => {
  test("are those that ScanSchedule writes, and no other", () => {
    const shipped = readdirSync(PROGRAMS).filter((name) => name.endsWith(".cjs"));
    const hashes = shipped.map((name) => [name, sha256(readFileSync(join(PROGRAMS, name), "utf8"))]);
    const files = Object.values(known.programs).map((program) => program.files);
    expect(Object.assign({}, ...files)).toEqual(Object.fromEntries(hashes));
  });

  test("are known in one version, not in a mixture", () => {
    const texts = new Map(
      filesOfProgram("snyk-scan").map((name) => [name, readFileSync(join(PROGRAMS, name), "utf8")]),
    );
    expect(unknownFileOf("snyk-scan", texts)).toBeUndefined();
    expect(unknownFileOf("snyk-scan", new Map([...texts, ["snyk-verdict.cjs", ""]]))).toBe("snyk-verdict.cjs");
  });
});

describe("what a workflow installs", () => {
  test("is known within its range, in its own form", () => {
    expect(["v1.1306.0", "v1.1306.4"].every((version) => isKnownVersion("snyk", version))).toBe(true);
    const others = [
      "v1.1305.9",
      "v1.1306.5",
      "v1.1307.0",
      "1.1306.4",
      "v1.1306",
      "v1.1306.4-rc",
      "v1.1306.04",
      "latest",
      "",
    ];
    expect(others.filter((version) => isKnownVersion("snyk", version))).toEqual([]);
    expect(["3.8", "3.15", "3.1", "3", "2.7", "3.12.1"].filter((version) => isKnownVersion("python", version))).toEqual(
      [],
    );
    expect(["3.9", "3.10", "3.14"].every((version) => isKnownVersion("python", version))).toBe(true);
  });

  test("is an action by a commit that is in the table for it", () => {
    const checkout = "3d3c42e5aac5ba805825da76410c181273ba90b1";
    expect(pinOf("checkout", checkout)).toBe(`${checkout} # v7.0.1`);
    expect([pinOf("setup-python", checkout), pinOf("checkout", "0".repeat(40)), pinOf("checkout", "v7")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(pinOf("checkout", "constructor")).toBeUndefined();
  });
});
