// @ts-check
import { CannotTell } from "./failure.mjs";

/**
 * A platform: the names under which its own Terraform provider documents credential and endpoint.
 *
 * @typedef {{
 *   readonly name: string,
 *   readonly credential: string,
 *   readonly endpoint: string,
 *   readonly endpointByDefault: string,
 *   readonly endpointPath: RegExp,
 *   readonly endpointPathRule: string,
 * }} Platform
 */

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base address of a platform's API, without a slash at the end.
 *
 * @param {Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string}
 * @throws {CannotTell} for an address over which a credential must not travel
 */
export function endpointFrom(platform, environment) {
  const { endpoint, endpointByDefault, endpointPath, endpointPathRule, credential } = platform;
  const todo = `unset ${endpoint} for the platform itself (${endpointByDefault})`;
  const text = environment[endpoint] || endpointByDefault;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new CannotTell(`${endpoint} isn't an address`, todo);
  const path = url.pathname.replace(/\/+$/, "");
  const isLoopback = LOOPBACK.test(url.hostname);
  /** @type {readonly (readonly [boolean, string])[]} */
  const rules = [
    [url.protocol === "https:" || (url.protocol === "http:" && isLoopback), "is neither https nor loopback"],
    [url.username === "" && url.password === "", "holds a user name or password"],
    [url.search === "" && url.hash === "", "holds a query or fragment"],
    [endpointPath.test(path), endpointPathRule],
    [
      isLoopback || environment["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0",
      `can't be trusted with ${credential} while NODE_TLS_REJECT_UNAUTHORIZED turns certificate checks off`,
    ],
  ];
  const broken = rules.find(([holds]) => !holds);
  if (broken !== undefined) throw new CannotTell(`${endpoint} ${broken[1]}`, todo);
  return `${url.origin}${path}`;
}

/**
 * The credential of a platform.
 *
 * @param {Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string}
 * @throws {CannotTell} for one that is missing or that no header can carry. A header that refuses a value shows it.
 */
export function credentialFrom({ name, credential }, environment) {
  const value = environment[credential] ?? "";
  const todo = `set it in the environment of this process to a credential of ${name}`;
  if (value === "") throw new CannotTell(`${credential} isn't set`, todo);
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw new CannotTell(`${credential} holds a space, a line break or a character outside ASCII`, todo);
  }
  return value;
}
