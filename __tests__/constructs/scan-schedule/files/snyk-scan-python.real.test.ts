import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describeUnless, whyNoProgram } from "../../../support/describe-unless";

/*
 * The scan with the real python3 and pip, without network: packages come from a folder. The stand-in for Snyk starts
 * the interpreter that it is given. Its script imports its neighbour and pip, and lists the installed packages, as
 * Snyk's own does.
 */

const PROGRAM = join(__dirname, "../../../../constructs/scan-schedule/files/programs/snyk-scan.cjs");
const root = mkdtempSync(join(tmpdir(), "snyk-python-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const RAN = join(root, "ran");
const LISTED = join(root, "listed");
const TOUCH = `open(${JSON.stringify(RAN)}, "a").write(__file__ if "__file__" in globals() else "pth")\n`;

/** A wheel whose every file would tell that it ran. */
const WHEEL = `
import sys, zipfile
name, requires, folder, touch = sys.argv[1:]
line = "import builtins; exec(" + repr(touch) + ")\\n"
files = {
    name + "/__init__.py": touch,
    name + ".pth": line,
    "sitecustomize.py": touch,
    name + "-1.0.data/purelib/other-9.9.dist-info/METADATA": "Metadata-Version: 2.1\\nName: other\\nVersion: 9.9\\n",
    name + "-1.0.dist-info/METADATA": "Metadata-Version: 2.1\\nName: " + name + "\\nVersion: 1.0\\n" + requires,
    name + "-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
files[name + "-1.0.dist-info/RECORD"] = "".join(file + ",,\\n" for file in files)
with zipfile.ZipFile(folder + "/" + name + "-1.0-py3-none-any.whl", "w") as wheel:
    for file, text in files.items():
        wheel.writestr(file, text)
`;

const SCRIPT = `
import sys
import neighbour
import pip
from importlib.metadata import distributions
with open(${JSON.stringify(LISTED)}, "w") as out:
    for each in distributions(path=[each for each in sys.path if each.endswith("installed")]):
        print(each.metadata["Name"], each.version, each.requires, file=out)
    print(open(sys.argv[1]).read(), file=out)
`;

const SNYK = `#!/bin/sh
for argument in "$@"; do
  case "$argument" in
    --json-file-output=*) echo '{"vulnerabilities":[]}' > "\${argument#*=}" ;;
    --command=*) python="\${argument#*=}" ;;
    --file=*) file="\${argument#*=}" ;;
  esac
done
"$python" --version && "$python" ${join(root, "plugin/pip_resolve.py")} "$file"
`;

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function scan(requirements: string) {
  for (const path of [RAN, LISTED]) rmSync(path, { force: true });
  write(join(root, "tree/requirements.txt"), requirements);
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM], {
    cwd: join(root, "tree"),
    encoding: "utf8",
    env: {
      PATH: `${join(root, "bin")}:${String(process.env["PATH"])}`,
      HOME: root,
      RUNNER_TEMP: join(root, "temp"),
      PIP_NO_INDEX: "1",
      PIP_FIND_LINKS: join(root, "wheels"),
      PACKAGE_MANAGER: "pip",
      MANIFEST: "requirements.txt",
      SEVERITY_THRESHOLD: "high",
      SNYK_TOKEN: "fake-token",
      PYTHONPATH: join(root, "tree"),
    },
  });
  return { status, output: stdout + stderr };
}

describeUnless([whyNoProgram("python3", "-I", "-m", "pip", "--version")], "a scan with the real Python", () => {
  beforeAll(() => {
    mkdirSync(join(root, "wheels"));
    for (const [name, requires] of [
      ["evil", "Requires-Dist: other\n"],
      ["other", ""],
    ] as const) {
      execFileSync("python3", ["-I", "-c", WHEEL, name, requires, join(root, "wheels"), TOUCH]);
    }
    write(join(root, "plugin/pip_resolve.py"), SCRIPT);
    write(join(root, "plugin/neighbour.py"), "");
    write(join(root, "bin/snyk"), SNYK);
    chmodSync(join(root, "bin/snyk"), 0o755);
    for (const name of ["venv", "pip", "sitecustomize", "usercustomize", "setup", "importlib", "runpy"]) {
      write(join(root, "tree", `${name}.py`), TOUCH);
    }
    write(join(root, "tree/evil.pth"), `import builtins; exec(${JSON.stringify(TOUCH)})\n`);
    mkdirSync(join(root, "temp"));
  });

  test("Snyk sees every package with what it requires, and nothing of the tree or of a package runs", () => {
    const { status, output } = scan("evil==1.0\n");
    expect([status, existsSync(RAN), output]).toEqual([0, false, expect.stringContaining("no vulnerability")]);
    const [first, second, ...rest] = readFileSync(LISTED, "utf8").trim().split("\n").sort();
    expect([first, second, rest]).toEqual(["evil 1.0 ['other']", "evil==1.0", ["other 1.0 None"]]);
  });

  test("a folder that is to be built is not scannable", () => {
    const { status, output } = scan("./\n");
    expect([status, existsSync(RAN), existsSync(LISTED)]).toEqual([1, false, false]);
    expect(output).toContain('requirements.txt says "./"');
  });

  test("a package without a wheel is not scannable", () => {
    execFileSync("tar", ["czf", join(root, "wheels/source-1.0.tar.gz"), "-C", join(root, "tree"), "setup.py"]);
    const { status, output } = scan("source==1.0\n");
    expect([status, existsSync(RAN), existsSync(LISTED)]).toEqual([1, false, false]);
    expect(output).toContain("pip, which may build nothing, ended with 1");
  });
});
