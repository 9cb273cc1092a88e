import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

test("a reader that goes away before the answer is there ends it with 2 and one line, not with 1", async () => {
  const args = ["--import", "tsx", "cli/main.ts", "--help"];
  const child = spawn(process.execPath, args, { cwd: join(__dirname, "../.."), stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
  const [code] = (await once(child, "close")) as [number | null];
  expect(told).toMatch(/^no answer: got Error: write EPIPE;[^\n]+\n$/);
  expect(code).toBe(2);
});
