import names from "./passed-on.json";
import type { Variables } from "./program";

const PASSED_ON: ReadonlySet<string> = new Set(Object.values(names.passedOn).flat());

/**
 * The variables that Terraform and the appliers take from this process: those of `passed-on.json` alone. Others can leave a
 * resource out of an apply (`TF_CLI_ARGS=-target=...`), let it work on another state (`TF_WORKSPACE`, `TF_DATA_DIR`), load a
 * provider from elsewhere (`TF_CLI_CONFIG_FILE`), run code in each Node.js program (`NODE_OPTIONS`), print secrets (`TF_LOG`)
 * or send a provider's requests and credentials to another address (`CLOUDFLARE_BASE_URL`, `GITHUB_BASE_URL`).
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/environment-variables
 */
export function passedOn(given: Variables): Variables {
  return Object.fromEntries(Object.entries(given).filter(([name]) => PASSED_ON.has(name)));
}

/** Variables that change what Terraform, a provider or Node.js does. */
const STEERING = new RegExp(names.steering);

/** A line that names the variables that would change what is deployed and aren't passed on; empty where there is none. */
export function notPassedOn(given: Variables): string {
  const names = Object.entries(given)
    .filter(([name, value]) => value !== undefined && value !== "" && STEERING.test(name) && !PASSED_ON.has(name))
    .map(([name]) => name)
    .sort();
  return names.length === 0
    ? ""
    : `Terraform doesn't get ${names.join(", ")}: a deploy takes no other settings than its own\n`;
}
