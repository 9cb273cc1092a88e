import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const PROJECT = join(__dirname, "../..");
const { bin } = jest.requireActual<{ readonly bin: Readonly<Record<string, string>> }>("../../package.json");
const [[name = "", program = ""] = []] = Object.entries(bin);

test("the program of the package runs from its source here, where nothing is built", () => {
  const said = execFileSync(process.execPath, [join(PROJECT, program), "statements"], { encoding: "utf8" });
  expect(name).toBe("livestreamsell-policy");
  expect(said).toMatch(/^PORTS-1: /);
});

test("a reader that ends before the answer is whole ends it with 2 and one line, not with 1", async () => {
  const child = spawn(process.execPath, [program, "--help"], { cwd: PROJECT, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
  const [code] = (await once(child, "close")) as [number | null];
  expect(told).toBe("the answer is cut: its reader ended before it was whole\n");
  expect(code).toBe(2);
});
