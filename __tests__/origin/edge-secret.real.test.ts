import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { originSecret } from "../../constructs/edge-firewall/origin-secret";
import { describeUnless, whyNoProgram } from "../support/describe-unless";

const ORIGIN = join(__dirname, "../../origin");

const python = (...args: readonly string[]) =>
  spawnSync("python3", ["-B", ...args], { cwd: ORIGIN, encoding: "utf8", timeout: 60_000 });

const whyNoPython = whyNoProgram("python3", "-c", "import sys; assert sys.version_info >= (3, 9)");

describeUnless([whyNoPython], "the origin's middleware", () => {
  test("passes its own tests", () => {
    const { status, stderr } = python("-m", "unittest", "discover");
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/^Ran [1-9]\d* tests [^]*\nOK\n$/m),
    });
  });

  test("fails its own tests where every secret is accepted", () => {
    const open = "import unittest, edge_secret; edge_secret.EdgeSecrets.accept = lambda *_: True";
    const { status, stderr } = python("-c", `${open}; unittest.main(module="test_edge_secret")`);
    expect(status).toBe(1);
    expect(stderr).toContain("FAIL: test_are_refused_with_any_other_header");
  });

  test("reads the header that the edge sets", () => {
    const { stdout } = python("-c", "import edge_secret; print(edge_secret.HEADER.decode())");
    const [rule] = originSecret.rules({
      tenants: [{ name: "shop", hosts: {} }],
      secret: () => "",
    } as unknown as Parameters<typeof originSecret.rules>[0]);
    const { headers } = rule?.actionParameters as { readonly headers: object };
    expect(Object.keys(headers).map((name) => name.toLowerCase())).toEqual([stdout.trim()]);
  });

  test("needs nothing but Python's own library", () => {
    const { status } = python("-I", "-S", "-c", "import sys; sys.path.insert(0, '.'); import edge_secret");
    expect(status).toBe(0);
  });
});
