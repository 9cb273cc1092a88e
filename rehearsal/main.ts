import { parseArgs } from "node:util";
import { environments } from "../environments";
import { InvalidInput } from "../errors/invalid-input";
import { notListed } from "../errors/nearest";
import { NotProven } from "../gate/gate";
import { faultNamed, FAULTS_BY_NAME, unlessFault } from "./faults";
import { rehearse } from "./rehearse";
import { type Engine, ENGINES } from "./sandbox";

const MOST_WRITES = 10;

const HELP = `npm run rehearse -- [environment] [options]

Deploys the environments to stand-ins of the platforms on this machine, as CI does, and says what happened in which order. No
credential is read, and nothing but loopback is spoken to once the engine has its providers. See docs/rehearse.md.

  --engine <name>           ${ENGINES.join(" or ")}, from PATH (default: terraform)
  --from <folder>           deploy what an earlier synth wrote first
  --fault <platform:fault>  fail at one write after the other:
                            ${FAULTS_BY_NAME.join("\n                            ")}
  --writes <number>         how many writes of an environment fail at most (default: ${MOST_WRITES})

Exit codes: 0 it went well, 1 something did not, 2 it can't be rehearsed.
`;

async function main(): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ engine: { type: "string", default: ENGINES[0] }, from: { type: "string" }, fault: { type: "string" } },
      ...{ writes: { type: "string", default: String(MOST_WRITES) }, help: { type: "boolean", short: "h" } },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const { from, fault } = values;
  const engine = ENGINES.find((one) => one === values.engine);
  const [only, ...more] = positionals;
  const names = environments.map(({ name }) => name);
  const isNumber = /^[1-9]\d{0,3}$/.test(values.writes);
  InvalidInput.throwIfAny("the rehearsal", [
    ...(engine === undefined ? [notListed("--engine", values.engine, ENGINES)] : []),
    ...(isNumber ? [] : [{ at: "--writes", got: values.writes, allowed: "a number from 1 to 9999" }]),
    ...(only === undefined || names.includes(only) ? [] : [notListed("[environment]", only, names)]),
    ...more.map((got) => ({ at: "[environment]", got, allowed: "one, or none for all of them" })),
    ...(fault === undefined ? [] : unlessFault(fault)),
    ...(from !== undefined && fault !== undefined ? [{ at: "--from", got: from, allowed: "without --fault" }] : []),
  ]);
  return rehearse({
    ...{ environments, only, from, engine: engine as Engine, writes: Number(values.writes) },
    fault: fault === undefined ? undefined : faultNamed(fault),
    variables: process.env,
    write: (text) => process.stdout.write(text),
    tell: (text) => process.stderr.write(text),
  });
}

// The folder of a rehearsal goes with it, once no program works there: who waits for one holds the signal back, and sends it again.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(2);
    process.stderr.write(
      "The rehearsal ends once the program has ended that it runs. A second signal ends that at once.\n",
    );
  });
}
main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    const isKnown = error instanceof InvalidInput || error instanceof NotProven || String(error).includes("ERR_PARSE");
    process.stderr.write(
      `${error instanceof Error ? (isKnown ? error.message : String(error.stack)) : String(error)}\n`,
    );
    process.exitCode = 2;
  },
);
