import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { runNode } from "../support/run-applier";

const ROOT = join(__dirname, "../..");
const NODE_ALONE = dirname(process.execPath);

function rehearsal(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "rehearsal/main.ts", ...args], {
    cwd: ROOT,
    env: { PATH: NODE_ALONE, ...variables },
    encoding: "utf8",
  });
  return { code: status, said: stdout + stderr };
}

describe("a rehearsal that can't begin", () => {
  test.each([
    [["nobody"], {}, '[environment]: got "nobody"; allowed: dev, staging, production'],
    [["dev", "--engine=pulumi"], {}, '--engine: got "pulumi"; allowed: terraform, tofu'],
    [["dev", "--fault=render:20217"], {}, "--fault: got render:20217; allowed: cloudflare:403|"],
    [["dev", "--from=out", "--fault=render:500"], {}, "--from: got out; allowed: without --fault"],
    [["dev"], { CLOUDFLARE_BASE_URL: "https://api.cloudflare.com/client/v4" }, "CLOUDFLARE_BASE_URL: got a value"],
    [["dev"], { TF_CLI_ARGS: "-target=a.b", TF_REATTACH_PROVIDERS: "{}" }, "TF_REATTACH_PROVIDERS: got a value"],
    [["dev", "--engine=tofu"], {}, "tofu: got nothing on PATH; allowed: Terraform or OpenTofu, 1.10 or newer"],
  ])("%j with %j says so in one line", (args, variables, line) => {
    const { code, said } = rehearsal(args, variables);
    expect([code, said]).toEqual([2, expect.stringContaining(line)]);
    expect(said).not.toContain("    at ");
  });
});

describe("a program of a rehearsal", () => {
  const ask = (url: string) =>
    runNode([
      `--require=${join(ROOT, "rehearsal/loopback-only.cjs")}`,
      "--eval",
      `fetch(${JSON.stringify(url)}).then((a) => a.text(), (e) => String(e.cause?.message)).then(console.log)`,
    ]);

  test("reaches loopback", async () => {
    const server = createServer((_, response) => response.end("here"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      for (const host of ["127.0.0.1", "localhost"])
        expect((await ask(`http://${host}:${port}/`)).stdout).toBe("here\n");
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test.each(["https://api.cloudflare.com/", "http://192.0.2.1/", "https://[2001:db8::1]/"])(
    "reaches nothing at %s",
    async (url) => {
      expect((await ask(url)).stdout).toContain("a rehearsal speaks to loopback alone");
    },
  );
});
