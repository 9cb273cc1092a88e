import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describeUnless, whyNoProgram } from "../../../support/describe-unless";
import { requirementsOf } from "../../../../constructs/scan-schedule/files/programs/snyk-requirements.cjs";

/** pip's own reader of requirements files: each text as a list of requirements, or nothing where pip refuses it. */
const PIP = `
import json, sys
from pip._internal.network.session import PipSession
from pip._internal.req.req_file import parse_requirements
session = PipSession()
def read(text):
    with open("requirements.txt", "wb") as file:
        file.write(text.encode("utf-8"))
    try:
        found = parse_requirements("requirements.txt", session=session)
        return [each.requirement for each in found if not each.constraint]
    except BaseException:
        return None
open("more.txt", "w").close()
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;

const FRAGMENTS = [
  ...["evil==1", "ok>=2,<3", "[a, b]", "; python_version > '3'", "--hash=sha256:00", "-r more.txt", "-c more.txt"],
  ...["#", "# c", "\\", "\\\n", "\\\r\n", " ", "\t", "\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f"],
  ...["\x85", "\u2028", "\u2029", "\ufeff", "\u00a0", "\u3000", "${X}", "'", '"', "==", "--require-hashes"],
  ...["# coding: utf-8", "# coding: utf-7", "#coding=latin-1", "+AAo-", "-e .", "-i https://pypi.org/simple"],
];

const folder = mkdtempSync(join(tmpdir(), "requirements-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeUnless([whyNoProgram("python3", "-I", "-m", "pip", "--version")], "a requirements file", () => {
  test("that is taken says the same to pip, or pip refuses it", () => {
    const texts = fc
      .sample(fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 9 }), { numRuns: 30_000, seed: 5 })
      .map((parts) => parts.join(""));
    const taken = texts.flatMap((text) => {
      const asked = requirementsOf("requirements.txt", (path) => ({ "requirements.txt": text, "more.txt": "" })[path]);
      return asked.unscannable === undefined ? [{ text, requirements: asked.requirements }] : [];
    });
    const input = JSON.stringify(taken.map(({ text }) => text));
    const output = execFileSync("python3", ["-I", "-c", PIP], { cwd: folder, input, encoding: "utf8", stdio: "pipe" });
    const read = JSON.parse(output) as readonly (readonly string[] | null)[];
    const plain = (requirements: readonly string[]): readonly string[] =>
      requirements.map((each) => each.replace(/ --hash.*/, "").replaceAll(/\s/g, "")).sort();
    const different = taken.filter(({ requirements }, index) => {
      const others = read[index];
      return others !== null && JSON.stringify(plain(others ?? [])) !== JSON.stringify(plain(requirements));
    });
    expect(different).toEqual([]);
    expect(taken.filter(({ requirements }) => requirements.length > 0).length).toBeGreaterThan(100);
  });
});
