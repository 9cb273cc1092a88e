import { oneLine } from "../verification/render/escape";
import { run, unforeseen } from "./run";
import { terminalOf } from "./terminal";

const CUT = "the answer is cut: its reader ended before it was whole";

const terminal = terminalOf(process);

// No command can catch these. Node would end with 1, which says that something doesn't hold.
process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
  terminal.tell(`${error.code === "EPIPE" ? CUT : oneLine(unforeseen(error))}\n`);
  process.exit(2);
});

void run(process.argv.slice(2), terminal, process.env).then((code) => {
  process.exitCode = code;
});
