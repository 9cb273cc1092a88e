// @ts-check

/** The platforms' own marks of a credential: an answer may show one that isn't ours. */
const CREDENTIALS = /\b(?:sbp|rnd)_[\w-]+|\bBearer\s+[^\s"',;]+/gi;

/** Characters that break a line or speak to a terminal. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\s]+/gu;

const LONGEST_LINE = 2_000;
const LONGEST_QUOTE = 300;

const REDACTED = "[redacted]";

/** Makes text fit to be printed: one line, of bounded length, without any secret. */
export class Output {
  /** @param {readonly string[]} secrets what must never be printed */
  constructor(secrets) {
    const spellings = secrets.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ]);
    this.spellings = [...new Set(spellings)].filter(Boolean).sort((a, b) => b.length - a.length);
  }

  /**
   * @param {string} text
   * @param {number} longest
   */
  line(text, longest = LONGEST_LINE) {
    // Secrets go first: an earlier cut or join could leave a piece of one.
    const safe = this.spellings.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
    const flat = safe.replace(CREDENTIALS, REDACTED).replace(UNPRINTABLE, " ").trim();
    return flat.length > longest ? `${flat.slice(0, longest - 3)}...` : flat;
  }

  /**
   * Quotes a platform's words, short enough to stand inside a line.
   *
   * @param {string} text
   */
  quote(text) {
    return JSON.stringify(this.line(text, LONGEST_QUOTE));
  }
}
