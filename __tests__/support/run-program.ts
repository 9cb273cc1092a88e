import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** The output of a program, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program ended, and the milliseconds of each of its waits, none of which took any time. */
export interface Run {
  readonly ended: Ended;
  readonly waits: readonly number[];
}

export interface Program {
  /** The path of its file: `.mjs` or `.cjs`. */
  readonly program: string;
  readonly args?: readonly string[];
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @default - the root */
  readonly cwd?: string;
}

/** Programs that mostly wait need not wait for each other. */
const MOST_HOSTS = 4;

interface Host {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  waiting: number;
  last: Promise<unknown>;
}

const hosts = new Set<Host>();

afterAll(() => {
  for (const { child } of hosts) child.kill();
  hosts.clear();
});

/** Runs a program as `node` would, in a process that ran others before it: see program-host.mjs. */
export async function runProgram(program: Program): Promise<Ended> {
  return (await runTimed(program)).ended;
}

/** Runs a program as {@link runProgram} does, and says how long it waited. */
export async function runTimed({ program, args = [], env, cwd = "/" }: Program): Promise<Run> {
  const host = freeHost();
  const { child } = host;
  const before = host.last;
  const run = before.then(async () => {
    child.send({ program, args, env, cwd });
    const answer = await Promise.race([once(child, "message"), host.gone]);
    if (answer === undefined) throw new Error(`${program} ended the process that ran it`);
    return answer[0] as Run;
  });
  host.waiting += 1;
  host.last = run;
  return run.finally(() => (host.waiting -= 1));
}

/** A host without work, or the one with the least. */
function freeHost(): Host {
  const [least] = [...hosts].sort((one, other) => one.waiting - other.waiting);
  if (least !== undefined && (least.waiting === 0 || hosts.size >= MOST_HOSTS)) return least;
  // Without Jest's own environment and options, which are no program's.
  const child = fork(join(__dirname, "program-host.mjs"), {
    env: {},
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const gone = once(child, "exit").then(() => void hosts.delete(host));
  const host: Host = { child, gone, waiting: 0, last: Promise.resolve() };
  hosts.add(host);
  return host;
}
