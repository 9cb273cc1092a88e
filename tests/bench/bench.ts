import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROUNDS = 5;
const SIZES = ["1", "10", "100", "1000"];
/** How much longer a synth of the shipped environments may take than loading what it needs. */
const TARGET = 1.35;

interface Run {
  /** Milliseconds on the clock, from start to exit. */
  readonly wall: number;
  /** Milliseconds of processor time: what stays comparable when the machine has other work. */
  readonly cpu: number;
  /** The largest resident set. */
  readonly mebibytes: number;
}

function run(load: string): Run {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join(__dirname, "synth.ts"), load],
    { encoding: "utf8", env: { ...process.env, CHECKPOINT_DISABLE: "1" } },
  );
  if (status !== 0) throw new Error(`${load} failed: ${stderr}`);
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  return { wall, ...(JSON.parse(stdout) as Omit<Run, "wall">) };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

function middle(runs: readonly Run[]): Run {
  return {
    wall: median(runs.map(({ wall }) => wall)),
    cpu: median(runs.map(({ cpu }) => cpu)),
    mebibytes: median(runs.map(({ mebibytes }) => mebibytes)),
  };
}

function row(load: string, { wall, cpu, mebibytes }: Run, note: string): string {
  const figures = [`${wall.toFixed(0)} ms wall`, `${cpu.toFixed(0)} ms cpu`, `${mebibytes.toFixed(0)} MiB`];
  return [load.padEnd(8), ...figures.map((figure) => figure.padStart(14)), `  ${note}`].join("");
}

// Interleaved, so that a slow moment of the machine meets both.
const pairs = Array.from({ length: ROUNDS }, () => ({ floor: run("floor"), shipped: run("shipped") }));
const ratio = (of: "wall" | "cpu"): string =>
  `${median(pairs.map(({ floor, shipped }) => shipped[of] / floor[of])).toFixed(2)}x`;
const floor = middle(pairs.map((pair) => pair.floor));
console.log(row("floor", floor, "the same imports, nothing done"));
console.log(
  row(
    "shipped",
    middle(pairs.map((pair) => pair.shipped)),
    `${ratio("wall")} of the floor by wall, ${ratio("cpu")} by cpu (target: at most ${TARGET}x)`,
  ),
);
for (const size of SIZES) {
  const result = run(size);
  const each = (result.cpu - floor.cpu) / Number(size);
  console.log(row(size, result, `${each.toFixed(1)} ms cpu per environment above the floor`));
}
