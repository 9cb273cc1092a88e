import { spawnSync } from "node:child_process";
import { join } from "node:path";

const ROUNDS = 5;
/** How many environments are synthesized. The proof reads at most 350,000 values, which are about 850 environments. */
const SIZES = ["1", "10", "100", "500"];
/** How much longer a synth of the shipped environments may take than loading what it needs. */
const TARGET = 1.35;
/** Milliseconds that the gate may add to it. */
const GATE_TARGET = 100;

interface Run {
  /** Milliseconds on the clock, from start to exit. */
  readonly wall: number;
  /** Milliseconds of processor time, which stay comparable when the machine has other work. */
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
const rounds = Array.from({ length: ROUNDS }, () => ({
  floor: run("floor"),
  ungated: run("ungated"),
  shipped: run("shipped"),
}));
const ratio = (of: "wall" | "cpu"): string =>
  `${median(rounds.map(({ floor, shipped }) => shipped[of] / floor[of])).toFixed(2)}x`;
const share = (of: "wall" | "cpu"): string =>
  `${median(rounds.map(({ ungated, shipped }) => shipped[of] - ungated[of])).toFixed(0)} ms ${of}`;
const floor = middle(rounds.map((round) => round.floor));
console.log(row("floor", floor, "the same imports, nothing done"));
console.log(row("ungated", middle(rounds.map(({ ungated }) => ungated)), "synthesized, not proven"));
console.log(
  row(
    "shipped",
    middle(rounds.map(({ shipped }) => shipped)),
    `${ratio("wall")} of the floor by wall, ${ratio("cpu")} by cpu (target: at most ${TARGET}x)`,
  ),
);
console.log(`the gate takes ${share("wall")}, ${share("cpu")} of it (target: at most ${GATE_TARGET} ms)`);
for (const size of SIZES) {
  const result = run(size);
  const each = (result.cpu - floor.cpu) / Number(size);
  console.log(row(size, result, `${each.toFixed(1)} ms cpu per environment above the floor`));
}

const { cpu, questions } = JSON.parse(
  spawnSync(process.execPath, ["--import", "tsx", join(__dirname, "question.ts")], { encoding: "utf8" }).stdout,
) as { readonly cpu: readonly number[]; readonly questions: number };
console.log(
  `one question over ${questions} CIDRs: ${cpu.map((each) => each.toFixed(0)).join(", ")} ms cpu, the first one cold`,
);

for (const program of ["limits.ts", "families.ts"]) {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", join(__dirname, program)], { stdio: "inherit" });
  if (status !== 0) throw new Error(`${program} ended with ${String(status)}`);
}
