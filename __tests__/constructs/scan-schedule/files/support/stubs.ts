import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Which tree a tool works for: the program's working folders are named after them. `STUB_TREE` is the work tree. */
const TREE = `case "$PWD/" in
  */snyk-base/*) side=base tree="$BASE_TREE" ;;
  *) side=head tree="\${STUB_TREE:-$(dirname "$STUB_LOG")/checkout}" ;;
esac
case "$PWD/" in "$tree"/*) echo "ran a tool within $side" >> "$STUB_LOG" ;; esac
`;

/**
 * Stands in for the Snyk CLI. Its answers lie in `.stub` of the scanned tree: `exits` has one exit code per call of
 * `snyk test`, and `report.json` and `report.sarif` are the reports that such a call leaves. As Snyk does, it leaves
 * out what a `.snyk` file names, and starts the interpreter that it is given.
 */
const SNYK = `#!/bin/sh
${TREE}case "$PWD" in
  */probe) cat "$tree/.stub/probe-says" 2>/dev/null || echo "(SNYK-CLI-0018)"; exit "$(cat "$tree/.stub/probe" 2>/dev/null || echo 2)" ;;
esac
echo "snyk $* (in $side, token \${SNYK_TOKEN:-none})" >> "$STUB_LOG"
[ "$1" = monitor ] && exit "$(cat "$tree/.stub/monitor" 2>/dev/null || echo 0)"
[ -f .npmrc ] && echo "ran what .npmrc says" >> "$STUB_LOG"
for argument in "$@"; do
  case "$argument" in
    --json-file-output=*) [ -f "$tree/.stub/report.json" ] && cp "$tree/.stub/report.json" "\${argument#*=}" ;;
    --sarif-file-output=*) [ -f "$tree/.stub/report.sarif" ] && cp "$tree/.stub/report.sarif" "\${argument#*=}" ;;
    --command=*) "\${argument#*=}" --version ;;
  esac
done
if [ -f .snyk ]; then echo "ignored $(cat .snyk)" >> "$STUB_LOG"; fi
call=$(($(cat "$tree/.stub/calls" 2>/dev/null || echo 0) + 1))
echo "$call" > "$tree/.stub/calls"
echo "::error::printed by snyk"
exit "$(sed -n "\${call}p" "$tree/.stub/exits")"
`;

/**
 * Stands in for python3. As Python does, it runs modules of the folder that it is called in unless it is isolated, and
 * `.pth` files of installed packages. As pip does, it builds a requirement that is a folder, an archive or an address.
 */
const PYTHON = `#!/bin/sh
${TREE}echo "python $* (in $side, token \${SNYK_TOKEN:-none})" >> "$STUB_LOG"
case " $* " in
  *" -I "*) ;;
  *) for module in venv pip sitecustomize usercustomize; do [ -f "$module.py" ] && echo "ran $module.py" >> "$STUB_LOG"; done ;;
esac
[ -f "$(dirname "$0")/evil.pth" ] && echo "ran evil.pth" >> "$STUB_LOG"
case "$*" in
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python"; exit 0 ;;
  *" uv=="*)
    for argument in "$@"; do case "$argument" in --target=*) bin="\${argument#*=}/bin" ;; esac; done
    mkdir -p "\${bin:=$(dirname "$0")}" && cp "$(dirname "$(command -v snyk)")/uv" "$bin/uv"; exit 0 ;;
  *"-m pip install "*)
    for argument in "$@"; do case "$argument" in --report=*) report="\${argument#*=}" ;; esac; file="$argument"; done
    grep -qE '^(-e|\\.|/|git\\+)|@|://' "$file" && echo "ran setup.py" >> "$STUB_LOG"
    [ -z "$report" ] && touch "$(dirname "$0")/evil.pth"
    found="$(sed -nE 's/^([A-Za-z0-9._-]+)==([^ ;]+).*/{"metadata":{"name":"\\1","version":"\\2"},"is_direct":false}/p' "$file" | paste -sd, -)"
    [ -n "$report" ] && echo "{\\"install\\":[$found]}" > "$report"
    exit "$(cat "$tree/.stub/pip" 2>/dev/null || echo 0)" ;;
esac
`;

const UV = `#!/bin/sh
${TREE}echo "uv $* (in $side, token \${SNYK_TOKEN:-none})" >> "$STUB_LOG"
while [ $# -gt 1 ]; do shift; done
echo "flask==3.0.0" > "$1"
`;

/** Puts the stand-ins into a folder for PATH. */
export function writeStubs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries({ snyk: SNYK, python3: PYTHON, uv: UV })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}

/** One vulnerability as `snyk test --json` lists it. */
export function vulnerability(id: string, severity = "high"): Readonly<Record<string, string>> {
  return { id, packageName: "lodash", version: "4.17.0", severity, title: "Prototype Pollution" };
}

/** The findings of the stand-in for Snyk in a tree. */
export interface Answers {
  /** The exit codes of `snyk test`, one a call. */
  readonly exits: readonly number[];
  /** The ids that the report lists; a text is written as it is, nothing for no report. */
  readonly report?: readonly Readonly<Record<string, string>>[] | string;
  readonly sarif?: string;
  readonly pip?: number;
  readonly monitor?: number;
  /** The exit code of `snyk test` for the manifest that is always the same, and its output. @default - an outage */
  readonly probe?: { readonly exit: number; readonly says?: string };
}

/** Writes the answers into a tree. */
export function answer(tree: string, { exits, report, sarif, pip, monitor, probe }: Answers): void {
  const folder = join(tree, ".stub");
  mkdirSync(folder, { recursive: true });
  const files = {
    exits: `${exits.join("\n")}\n`,
    "report.json": typeof report === "object" ? JSON.stringify({ vulnerabilities: report }) : report,
    "report.sarif": sarif,
    pip: pip?.toString(),
    monitor: monitor?.toString(),
    probe: probe?.exit.toString(),
    "probe-says": probe?.says ?? (probe === undefined ? undefined : ""),
  };
  for (const [name, text] of Object.entries(files)) if (text !== undefined) writeFileSync(join(folder, name), text);
}
