import { runProgram } from "../../../operations/deploy/program";

const node = (script: string, environment: Readonly<Record<string, string>> = {}) =>
  runProgram({ command: [process.execPath, "-e", script], folder: ".", environment });

test("a program's outputs are heard as they come, and kept", async () => {
  const heard: string[] = [];
  const command = [process.execPath, "-e", "console.log('out'); console.error('err'); process.exitCode = 3"] as const;
  const ended = await runProgram({ command, folder: ".", environment: {} }, (text) => heard.push(text));
  expect(ended.code).toBe(3);
  expect(ended.output.split("\n").sort()).toEqual(["", "err", "out"]);
  expect(heard.join("")).toBe(ended.output);
});

test("a variable that is empty isn't set, and nothing else is handed on", async () => {
  const script = "console.log(JSON.stringify(process.env))";
  expect(JSON.parse((await node(script, { A: "1", B: "" })).output)).toEqual({ A: "1" });
});

test("what isn't there, and what is killed, has no exit code", async () => {
  const missing = await runProgram({ command: ["./no-such-program"], folder: ".", environment: {} });
  expect(missing).toEqual({ code: undefined, output: expect.stringContaining("ENOENT") as string });
  expect((await node("process.kill(process.pid, 'SIGKILL')")).code).toBeUndefined();
});

test("arguments reach the program as they are: there is no shell", async () => {
  const script = "console.log(process.argv[1])";
  const command = [process.execPath, "-e", script, "$(echo a); `b`"] as const;
  expect((await runProgram({ command, folder: ".", environment: {} })).output).toBe("$(echo a); `b`\n");
});
