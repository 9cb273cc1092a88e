import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Stands in for the Snyk CLI. It answers with what lies in `.stub` of the folder that it is called in: one exit code per
 * call of `snyk test` in `exits`, the reports that such a call leaves in `report.json` and `report.sarif`.
 */
const SNYK = `#!/bin/sh
echo "snyk $* (in $(basename "$PWD"), token \${SNYK_TOKEN:-none})" >> "$STUB_LOG"
[ "$1" = monitor ] && exit "$(cat .stub/monitor 2>/dev/null || echo 0)"
for argument in "$@"; do
  case "$argument" in
    --json-file-output=*) [ -f .stub/report.json ] && cp .stub/report.json "\${argument#*=}" ;;
    --sarif-file-output=*) [ -f .stub/report.sarif ] && cp .stub/report.sarif "\${argument#*=}" ;;
  esac
done
call=$(($(cat .stub/calls 2>/dev/null || echo 0) + 1))
echo "$call" > .stub/calls
echo "::error::printed by snyk"
exit "$(sed -n "\${call}p" .stub/exits)"
`;

/** Stands in for python3: a virtual environment is a copy of itself, an installation ends as \`.stub/pip\` says. */
const PYTHON = `#!/bin/sh
echo "python $* (in $(basename "$PWD"), token \${SNYK_TOKEN:-none})" >> "$STUB_LOG"
case "$*" in
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  *" uv=="*) cp "$(dirname "$(command -v snyk)")/uv" "$(dirname "$0")/uv" ;;
  *) exit "$(cat .stub/pip 2>/dev/null || echo 0)" ;;
esac
`;

const UV = `#!/bin/sh
echo "uv $* (in $(basename "$PWD"), token \${SNYK_TOKEN:-none})" >> "$STUB_LOG"
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

/** What the stand-in for Snyk finds in a tree. */
export interface Answers {
  /** The exit codes of `snyk test`, one a call. */
  readonly exits: readonly number[];
  /** The ids that the report lists; a text is written as it is, nothing for no report. */
  readonly report?: readonly Readonly<Record<string, string>>[] | string;
  readonly sarif?: string;
  readonly pip?: number;
  readonly monitor?: number;
}

/** Writes the answers into a tree. */
export function answer(tree: string, { exits, report, sarif, pip, monitor }: Answers): void {
  const folder = join(tree, ".stub");
  mkdirSync(folder, { recursive: true });
  const files = {
    exits: `${exits.join("\n")}\n`,
    "report.json": typeof report === "object" ? JSON.stringify({ vulnerabilities: report }) : report,
    "report.sarif": sarif,
    pip: pip?.toString(),
    monitor: monitor?.toString(),
  };
  for (const [name, text] of Object.entries(files)) if (text !== undefined) writeFileSync(join(folder, name), text);
}
