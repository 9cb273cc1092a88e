import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as netServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
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
    [["dev", "--fault=constructor:name"], {}, "--fault: got constructor:name; allowed: cloudflare:403|"],
    [["nobody", "--fault=render:20217"], {}, "the rehearsal has 2 problems"],
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

test("the help names every fault", () => {
  expect(rehearsal(["--help"]).said).toContain("render:403|429|500|reset|lost|truncated|ignored");
});

describe("with an engine that stands in", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engine-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Terraform, as far as a rehearsal asks it for its version, and for providers at first. */
  function standIn(script: string): Readonly<Record<string, string>> {
    const version = `if (process.argv[2] === "version") console.log('{"terraform_version": "1.11.4"}');`;
    writeFileSync(join(folder, "terraform"), `#!${process.execPath}\n${version}\nelse {${script}}\n`, { mode: 0o755 });
    return { PATH: `${folder}${delimiter}${NODE_ALONE}`, TMPDIR: folder };
  }

  test("the first reason why there is no provider is said, and no other", () => {
    const variables = standIn('console.error("Error: no such provider\\n\\nError: none again"); process.exitCode = 1;');
    const { code, said } = rehearsal(["dev"], variables);
    expect([code, said]).toEqual([2, expect.stringContaining(": got no such provider; allowed: in a registry")]);
  });

  test("a signal ends it once its programs have ended, and its folder goes with it", async () => {
    const events: string[] = [];
    const server = netServer((socket) => {
      child.kill("SIGTERM");
      socket.on("close", () => events.push("the engine has ended")).on("error", () => undefined);
      child.on("close", () => socket.destroy());
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const works = `require("node:net").connect(${String(port)}, "127.0.0.1")`;
    const env = standIn(`if (!process.argv.includes("-backend=false")) ${works}`);
    const options = { cwd: ROOT, env, stdio: "ignore" } as const;
    const child = spawn(process.execPath, ["--import", "tsx", "rehearsal/main.ts", "dev"], options);
    const [code] = (await once(child, "close")) as [number | null];
    events.push(`the rehearsal ends with ${String(code)}`);
    await new Promise((closed) => server.close(closed));
    expect(events).toEqual(["the engine has ended", "the rehearsal ends with 2"]);
    expect(readdirSync(folder).filter((name) => name.startsWith("rehearsal-"))).toEqual([]);
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
