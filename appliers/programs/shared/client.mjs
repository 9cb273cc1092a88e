// @ts-check
import { Clock } from "./clock.mjs";
import { CannotTell } from "./failure.mjs";
import { retryAfter } from "./retry-after.mjs";
import { problems } from "./schema.mjs";
import { exchange, NoAnswer } from "./transport.mjs";

/** @typedef {import("./endpoint.mjs").Platform} Platform */
/** @typedef {import("./output.mjs").Output} Output */

const RUN_AGAIN = "run this applier again when the platform answers";

/**
 * Advice about an answer that no second attempt would change, by its status.
 *
 * @typedef {Readonly<Record<number, (credential: string) => string>>} Advice
 */

/** @type {Advice} */
const ADVICE = {
  401: (credential) => `${credential} isn't accepted: put a valid one into this process's environment`,
  402: () => "the platform wants a plan that includes this: check the workspace's plan",
  403: (credential) => `${credential} may not do this: give it the right to, or use one of an owner or administrator`,
  404: (credential) => `check the id, and that ${credential} belongs to the account that owns it`,
};

const READ_ITS_MESSAGE = () => "the platform refuses this request: read its message, mend the cause, run again";

const isPassing = (/** @type {number} */ status) => status === 408 || status === 429 || status >= 500;

/** Calls to one platform: bounded in time, repeated where repeating helps, with failures that say what to do. */
export class Client {
  /**
   * @param {Platform} platform
   * @param {{ readonly base: string, readonly credential: string, readonly clock: Clock, readonly output: Output }} access
   */
  constructor(platform, { base, credential, clock, output }) {
    this.platform = platform;
    this.base = base;
    this.clock = clock;
    this.output = output;
    this.headers = { authorization: `Bearer ${credential}`, accept: "application/json" };
  }

  /**
   * Reads.
   *
   * @param {string} path
   * @param {import("./schema.mjs").Schema} shape the schema of the answer
   * @returns {Promise<any>} the answer
   * @throws {CannotTell}
   */
  async read(path, shape) {
    const text = await this.#exchange("GET", path);
    const answer = this.#parsed(text, path);
    const [problem] = problems(shape, answer, "the answer");
    if (problem === undefined) return answer;
    throw new CannotTell(
      `GET ${path}: ${this.platform.name} answered in a form that isn't known here: ${this.output.line(problem)}`,
      `check that ${this.platform.endpoint} leads to ${this.platform.name}, then whether its API has changed`,
    );
  }

  /**
   * Writes. The answer isn't read: only the state that is read back afterwards counts.
   *
   * @param {"POST" | "PATCH"} method of a call that may be repeated: it sets a whole value
   * @param {string} path
   * @param {unknown} [body]
   * @param {Advice} [advice] what refusals of this very call mean
   * @throws {CannotTell}
   */
  async write(method, path, body, advice) {
    await this.#exchange(method, path, body, advice);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {Advice} [advice]
   * @returns {Promise<string>}
   */
  async #exchange(method, path, body, advice) {
    const { attempts, backoff } = this.clock.timing;
    let what = "";
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const outcome = await this.#once(method, path, body, advice);
      if (outcome.text !== undefined) return outcome.text;
      what = `${method} ${path}: ${outcome.what}`;
      if (outcome.todo !== undefined) throw new CannotTell(what, outcome.todo);
      const isLast = attempt === attempts - 1;
      if (!isLast && !(await this.clock.wait(outcome.wait ?? Clock.growing(backoff, attempt)))) {
        throw new CannotTell(`${what}, and the next attempt would come after the deadline`, RUN_AGAIN);
      }
    }
    throw new CannotTell(`${what}, ${attempts} times`, RUN_AGAIN);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   * @param {Advice} [advice]
   * @returns {Promise<{ text?: string, what?: string, todo?: string, wait?: number | undefined }>}
   */
  async #once(method, path, body, advice) {
    // A timer may fire a moment early; a request that the deadline cuts short has to end after it.
    const timeout = Math.ceil(Math.min(this.clock.timing.requestTimeout, this.clock.left)) + 1;
    const content = body === undefined ? {} : { "content-type": "application/json" };
    const headers = { ...this.headers, ...content };
    try {
      const url = `${this.base}${path}`;
      const answer = await exchange(url, {
        method,
        headers,
        body: body === undefined ? body : JSON.stringify(body),
        timeout,
      });
      return answer.status >= 200 && answer.status < 300 ? { text: answer.text } : this.#refusal(answer, advice);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { what: `no whole answer from ${this.platform.name} (${error.message})` };
    }
  }

  /**
   * @param {import("./transport.mjs").Answer} answer
   * @param {Advice} [advice]
   */
  #refusal({ status, headers, text }, advice = {}) {
    const what = `${this.platform.name} answered ${status}${this.#said(text)}`;
    if (isPassing(status)) return { what, wait: retryAfter(status, headers) };
    const meant = advice[status] ?? ADVICE[status] ?? READ_ITS_MESSAGE;
    return { what, todo: meant(this.platform.credential) };
  }

  /** @param {string} text */
  #said(text) {
    try {
      const { message } = JSON.parse(text);
      return typeof message === "string" ? ` ${this.output.quote(message)}` : "";
    } catch {
      return "";
    }
  }

  /**
   * @param {string} text
   * @param {string} path
   */
  #parsed(text, path) {
    try {
      return JSON.parse(text);
    } catch {
      throw new CannotTell(
        `GET ${path}: the answer of ${this.platform.name} isn't JSON, or not all of it`,
        `run this applier again; if that stays, check that ${this.platform.endpoint} leads to ${this.platform.name}`,
      );
    }
  }
}
