import { spawnSync } from "node:child_process";

/**
 * Like `describe`; where something is missing, one skipped test stands for the others, and the output says why.
 *
 * @param missing why the tests can't run here, if they can't: the answers of functions such as `whyNoTerraform()`
 */
export function describeUnless(missing: readonly (string | undefined)[], title: string, tests: () => void): void {
  const reasons = missing.filter((reason) => reason !== undefined);
  if (reasons.length === 0) {
    describe(title, tests);
    return;
  }
  const reason = reasons.join("; ");
  // Jest prints neither the names nor the console of a file in which every test is skipped.
  process.stderr.write(`skipped: ${title}: ${reason}\n`);
  describe(title, () => test.skip(`skipped: ${reason}`, () => undefined));
}

/** Why a program can't be run on this machine, if it can't. */
export function whyNoProgram(name: string, ...args: readonly string[]): string | undefined {
  const { error, status } = spawnSync(name, args, { timeout: 60_000 });
  return error === undefined && status === 0 ? undefined : `"${[name, ...args].join(" ")}" doesn't work here`;
}

/** Why packages can't be installed on this machine, if they can't. */
export function whyNoRegistry(): string | undefined {
  return whyNoProgram("npm", "view", "cdktf@0.21.0", "version", "--fetch-retries=0", "--fetch-timeout=20000");
}
