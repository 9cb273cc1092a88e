import { oneLine } from "../verification/render/escape";
import { run } from "./run";
import { terminalOf } from "./terminal";
import { unforeseen } from "./unforeseen";

const terminal = terminalOf(process);

// No command can catch these, such as that a reader goes away. Node would end with 1, which says that something doesn't hold.
process.on("uncaughtException", (error) => {
  terminal.tell(`${oneLine(unforeseen(error))}\n`);
  process.exit(2);
});

void run(process.argv.slice(2), terminal, process.env).then((code) => {
  process.exitCode = code;
});
