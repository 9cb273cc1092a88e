// Managed by Terraform (ScanSchedule): the next apply overwrites what is changed here.
"use strict";

/*
 * Reads a requirements file as text alone. Pure: it reads a file through the function that it is given.
 *
 * pip runs code for more than half of what such a file may say. It builds a folder, an archive, an address and a
 * repository, and another index may name any of these as a dependency
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/). So only a name with versions is taken.
 * Everything else is not scannable.
 */

const { posix } = require("node:path");

const NAME = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
const EXTRAS = String.raw`\[ *${NAME}(?: *, *${NAME})* *\]`;
const VERSION = String.raw`(?:===|==|~=|!=|<=|>=|<|>) *[A-Za-z0-9][A-Za-z0-9.!+*_-]*`;
const VERSIONS = String.raw`${VERSION}(?: *, *${VERSION})*`;
const MARKER = String.raw`[A-Za-z0-9_.<>=!~()'" ,*+-]+`;
const REQUIREMENT = new RegExp(
  String.raw`^${NAME} *(?:${EXTRAS})? *(?:${VERSIONS}|\( *${VERSIONS} *\))? *(?:; *${MARKER})?$`,
);
const INCLUDE = /^(?:-(?<short>[rc])|--(?<long>requirement|constraint))[ =]*(?<path>[A-Za-z0-9._/-]+)$/;
const HASH = / +--hash[= ][A-Za-z0-9]+:[0-9a-fA-F]+(?= |$)/g;
/** Options that neither add a dependency nor say where one comes from. */
const HARMLESS =
  /^(?:--require-hashes|--prefer-binary|--only-binary[= ]:all:|(?:-i|--index-url)[= ]https:\/\/pypi\.org\/simple\/?)$/;
const DEEPEST = 20;

/** Where Python ends a line: https://docs.python.org/3/library/stdtypes.html#str.splitlines */
const END_OF_LINE = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
const COMMENT = /^[ \t]*#/;
/** Another encoding may hide a line in a comment: https://peps.python.org/pep-0263/ */
const ENCODED = /^#[^]*coding[:=](?!\s*utf-?8(?![\w.-]))/i;

/** The lines that say something, as pip joins those that end with a backslash; comments and hashes are left out. */
function linesOf(text) {
  const joined = [];
  let open = "";
  for (const line of text.split(END_OF_LINE)) {
    if (line.endsWith("\\") && !COMMENT.test(line)) {
      open += line.replace(/^\\+|\\+$/g, "");
    } else {
      joined.push(COMMENT.test(line) ? `${open} ${line}` : open + line);
      open = "";
    }
  }
  return [...joined, open]
    .map((line) => line.replace(/(^|[ \t])#.*$/, "").replace(/\t/g, " "))
    .map((line) => line.replace(HASH, "").replace(/^ +| +$/g, ""))
    .filter((line) => line !== "");
}

/**
 * The requirements and constraints of a requirements file and of the files that it includes; or `{ unscannable }` with
 * the reason.
 *
 * @param textOf the text of a file of the tree; undefined where there is none
 */
function requirementsOf(path, textOf) {
  const found = { requirements: [], constraints: [] };
  const seen = new Set();
  const read = (file, kind, depth) => {
    const key = `${kind} ${file}`;
    if (seen.has(key)) return undefined;
    seen.add(key);
    const text = depth > DEEPEST ? undefined : textOf(file);
    if (text === undefined) return `${file} can't be read`;
    if (text.split("\n", 2).some((line) => ENCODED.test(line))) return `${file} has an encoding of its own`;
    for (const line of linesOf(text)) {
      const { short, long, path: included } = INCLUDE.exec(line)?.groups ?? {};
      const wrong =
        included === undefined
          ? take(file, line, kind)
          : read(
              posix.join(posix.dirname(file), included),
              (short ?? long)[0] === "c" ? "constraints" : kind,
              depth + 1,
            );
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
  const take = (file, line, kind) => {
    if (REQUIREMENT.test(line)) found[kind].push(line);
    else if (!HARMLESS.test(line)) return `${file} says "${line}"`;
    return undefined;
  };
  const unscannable = read(path, "requirements", 0);
  return unscannable === undefined ? found : { unscannable };
}

/**
 * The metadata that an installation of each package of pip's report would leave: its text, by the name of its folder.
 * Nothing else of a package is there, so nothing of it can run.
 *
 * @see https://pip.pypa.io/en/stable/reference/installation-report/
 */
function metadataOf(report) {
  if (!Array.isArray(report?.install)) return undefined;
  const found = new Map();
  for (const { metadata, is_direct: isDirect } of report.install) {
    const { name, version, requires_dist: requires = [], provides_extra: extras = [] } = metadata ?? {};
    const isNamed = new RegExp(`^${NAME}$`).test(name) && /^[A-Za-z0-9.!+_-]+$/.test(version);
    const lines = [
      ...(requires ?? []).map((each) => `Requires-Dist: ${each}`),
      ...(extras ?? []).map((each) => `Provides-Extra: ${each}`),
    ];
    if (!isNamed || isDirect !== false || lines.some((line) => /[\r\n]/.test(line))) return undefined;
    const text = ["Metadata-Version: 2.1", `Name: ${name}`, `Version: ${version}`, ...lines, ""].join("\n");
    found.set(`${name.replace(/[-.]+/g, "_")}-${version}.dist-info`, text);
  }
  return found;
}

/**
 * The interpreter that Snyk is told to start. It runs Snyk's own script, which lists the packages that are installed: they are
 * the metadata beside it. `-I` leaves out the folder that it is called in and the variables of the environment, and `-S` every
 * `.pth` file. From Python 3.12 on the script needs pip, which comes with the interpreter.
 *
 * @see https://github.com/snyk/snyk-python-plugin/blob/a962bf1/pysrc/pkg_resources_py3_12/__init__.py
 */
const INTERPRETER = `#!/usr/bin/env -S python3 -I -S
import os, runpy, site, sys

if sys.argv[1:] == ["--version"]:
    print("Python " + ".".join(str(part) for part in sys.version_info[:3]))
else:
    installed = os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), "installed")
    sys.argv = sys.argv[1:]
    sys.path[:0] = [os.path.dirname(os.path.abspath(sys.argv[0])), installed]
    sys.path += site.getsitepackages()
    runpy.run_path(sys.argv[0], run_name="__main__")
`;

module.exports = { requirementsOf, metadataOf, INTERPRETER };
