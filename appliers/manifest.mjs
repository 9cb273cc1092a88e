// @ts-check
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { posix } from "node:path";

/**
 * Keeps `manifest.json` true to the programs: `node appliers/manifest.mjs` writes it, `--check` fails when it isn't, and
 * `--release <version>` also adds the present hashes to those that were released. A new kind is added as `{ "kind": "..." }`.
 *
 * @typedef {{ readonly version: string, readonly files: readonly string[], readonly hash: string }} Release
 * @typedef {{ readonly kind: string, readonly released?: readonly Release[] }} Row
 */

const manifestFile = new URL("manifest.json", import.meta.url);
const programs = new URL("programs/", import.meta.url);

const contentOf = (/** @type {string} */ file) => readFileSync(new URL(file, programs));
const sha256 = (/** @type {string | Buffer} */ content) => createHash("sha256").update(content).digest("hex");

/**
 * The files under programs/ that a program can load: its imports by a relative path, direct or not.
 *
 * @param {string} file
 * @param {readonly string[]} known
 * @returns {readonly string[]}
 */
function loadedBy(file, known) {
  if (known.includes(file)) return known;
  const imported = [
    ...contentOf(file)
      .toString("utf8")
      .matchAll(/^(?:import|export)\b[^;]*?from "([.][^"]+)";/gm),
  ];
  return imported
    .map(([, path = ""]) => posix.join(posix.dirname(file), path))
    .reduce((/** @type {readonly string[]} */ done, path) => loadedBy(path, done), [...known, file]);
}

/** The hash of the lines that `sha256sum` prints for these files, in this order, inside the folder of the programs. */
const hashOf = (/** @type {readonly string[]} */ files) =>
  sha256(files.map((file) => `${sha256(contentOf(file))}  ${file}\n`).join(""));

/**
 * @param {Row} row
 * @param {string | undefined} version of the release to record
 */
function rowOf({ kind, released = [] }, version) {
  const program = `${kind}.mjs`;
  const schema = `schemas/${kind}.json`;
  const files = [...loadedBy(program, []), schema].sort();
  const hash = hashOf(files);
  const isNew = version !== undefined && released.at(-1)?.hash !== hash;
  return {
    kind,
    program,
    hash,
    files,
    released: isNew ? [...released, { version, hash, files }] : released,
    desiredState: JSON.parse(contentOf(schema).toString("utf8")),
  };
}

const WIDTH = 120;

/**
 * JSON as prettier formats it: lists of plain values on one line where they fit.
 *
 * @param {unknown} value
 * @param {string} indent
 * @param {number} before how much of the line is taken
 * @returns {string}
 */
function formatted(value, indent, before) {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const keys = Array.isArray(value) ? value.map(() => "") : Object.keys(value).map((key) => `${JSON.stringify(key)}: `);
  const items = Object.values(value).map((item, index) => {
    const key = keys[index] ?? "";
    return `${key}${formatted(item, inner, inner.length + key.length)}`;
  });
  const flat = `${open}${items.join(", ")}${close}`;
  const isPlain = Array.isArray(value) && value.every((item) => typeof item !== "object");
  if (items.length === 0 || (isPlain && before + flat.length < WIDTH)) return flat;
  return `${open}\n${items.map((item) => inner + item).join(",\n")}\n${indent}${close}`;
}

function main(/** @type {readonly string[]} */ [option, version]) {
  const before = readFileSync(manifestFile, "utf8");
  const manifest = JSON.parse(before);
  const release = option === "--release" ? version : undefined;
  const isKnown =
    option === undefined || option === "--check" || (release !== undefined && /^\d+\.\d+\.\d+$/.test(release));
  if (!isKnown) throw new Error("usage: node appliers/manifest.mjs [--check | --release <version>]");
  const kinds = manifest.kinds.map((/** @type {Row} */ row) => rowOf(row, release));
  const after = `${formatted({ ...manifest, kinds }, "", 0)}\n`;
  if (option !== "--check") return writeFileSync(manifestFile, after);
  if (after !== before)
    throw new Error("appliers/manifest.json is not that of the programs: run node appliers/manifest.mjs");
}

try {
  main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
