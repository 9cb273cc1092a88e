/**
 * Synthesizes the app of cdktf.json, and deploys what is proven: `npm run synth` and `npm run deploy -- <environment>`.
 *
 * The app runs by itself; only a deploy needs cdktf's CLI. The bytes are those of `cdktf synth`. An error is printed
 * once, and the exit code is the app's own.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const CLI = fileURLToPath(import.meta.resolve("cdktf-cli/bundle/bin/cdktf"));

/** Which variables a deploy hands to Terraform; `operations/deploy/program.ts` says why no others. */
const { passedOn, steering } = JSON.parse(
  readFileSync(new URL("operations/deploy/passed-on.json", import.meta.url), "utf8"),
);

const OUTPUT = process.env.CDKTF_OUTDIR ?? "cdktf.out";

const [command, ...args] = process.argv.slice(2);
const COMMANDS = { synth, deploy };
process.exitCode = await COMMANDS[command](args).catch((error) => {
  console.error(error.message);
  return 2;
});

async function synth(args) {
  const options = { output: { type: "string", short: "o" }, unproven: { type: "string" } };
  try {
    const { output, unproven } = parseArgs({ args, options }).values;
    return await runApp(output, unproven === undefined ? {} : { POLICY_UNPROVEN: unproven });
  } catch (error) {
    if (!String(error.code).startsWith("ERR_PARSE_ARGS")) throw error;
    console.error(`${error.message}\nnpm run synth takes no options but -- --output <folder> --unproven <file>`);
    return 2;
  }
}

/** The arguments are those of `cdktf deploy`. */
async function deploy(args) {
  const { values } = parseArgs({
    args,
    strict: false,
    options: {
      output: { type: "string", short: "o" },
      "skip-synth": { type: "boolean" },
      "auto-approve": { type: "boolean" },
    },
  });
  // The CLI prints the constructs' warnings when it reads the output.
  const { output = OUTPUT, "skip-synth": isSynthesized = false } = values;
  const code = isSynthesized ? 0 : await runApp(output, { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true" });
  if (code !== 0) return code;
  // The CLI takes no option twice.
  const added = [
    ...(values.output === undefined ? ["--output", output] : []),
    ...(isSynthesized ? [] : ["--skip-synth"]),
  ];
  return run(process.execPath, [CLI, "deploy", ...args, ...added], {
    env: {
      ...terraformsVariables(),
      // The CLI calls home otherwise. Behind a firewall it hangs for two minutes once its work is done.
      CHECKPOINT_DISABLE: "1",
      // Ink redraws its spinner into a file, too, unless it takes that for CI. There it draws no question, either.
      ...(process.stdout.isTTY || !values["auto-approve"] ? {} : { CI: "1" }),
    },
  });
}

function terraformsVariables() {
  const names = new Set(Object.values(passedOn).flat());
  const isPassedOn = ([name]) => names.has(name) || name.startsWith("TF_VAR_");
  const given = Object.entries(process.env);
  const left = given.filter((each) => !isPassedOn(each) && new RegExp(steering).test(each[0])).map(([name]) => name);
  if (left.length > 0) {
    console.error(`Terraform doesn't get ${left.sort().join(", ")}: a deploy takes no other settings than its own`);
  }
  return Object.fromEntries(given.filter(isPassedOn));
}

/** Runs the app as the CLI does: without the variables of Terraform, which hold secrets. */
function runApp(output = OUTPUT, variables = {}) {
  const { app } = JSON.parse(readFileSync("cdktf.json", "utf8"));
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_VAR_"));
  const env = {
    // From version 22 on, Node.js keeps compiled code.
    NODE_COMPILE_CACHE: "node_modules/.cache/compiled",
    ...Object.fromEntries(inherited),
    CHECKPOINT_DISABLE: "1",
    CDKTF_OUTDIR: output,
    ...variables,
  };
  return run(app, [], { shell: true, env });
}

/** The exit code of a program that has this terminal. */
function run(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", ...options });
    // A terminal interrupts the child, too: it ends first.
    const wait = () => undefined;
    const pass = () => child.kill("SIGTERM");
    process.on("SIGINT", wait).on("SIGTERM", pass);
    child.on("error", reject).on("close", (code) => {
      process.off("SIGINT", wait).off("SIGTERM", pass);
      // A program that a signal ended, or its shell, gives no verdict.
      resolve(code === 0 || code === 1 ? code : 2);
    });
  });
}
