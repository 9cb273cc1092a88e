#!/usr/bin/env node
import { run } from "./run";
import { terminalOf } from "./terminal";

void run(process.argv.slice(2), terminalOf(process), process.env).then((code) => {
  process.exitCode = code;
});
