import type { Copy } from "./copy";
import type { Step } from "./deploy";
import type { Chosen, Outcome } from "./faults";
import { type Moment, shortForm } from "./watch";

/** The steps that one environment took. */
export interface Part {
  readonly environment: string;
  readonly steps: readonly Step[];
}

interface Common {
  readonly copy: Copy;
  /** The engine and its version. */
  readonly engine: string;
  readonly seconds: number;
}

export interface Rehearsed extends Common {
  readonly parts: readonly Part[];
  /** The present proof's verdict on the earlier deploy; empty where there was none. */
  readonly earlier: string;
  /** How often a program tried to reach something else than loopback. */
  readonly escapes: number;
}

/** The text of a report, and whether everything went well. */
export interface Report {
  readonly text: string;
  readonly isGood: boolean;
}

/** The report of a deploy: whether it went well, what was done in which order, and what held. */
export function deployReport({ parts, earlier, escapes, seconds, ...common }: Rehearsed): Report {
  const calls = parts.flatMap(({ steps }) => steps).reduce((sum, step) => sum + step.calls, 0);
  const failed = parts.flatMap(({ environment, steps }) =>
    steps.filter((step) => !isFine(step)).map(({ name }) => `${environment}: ${name}`),
  );
  const isGood = escapes === 0 && failed.length === 0;
  const where = failed.length === 0 ? "" : ` (${failed.join(", ")})`;
  const verdict = isGood ? "Everything went well" : `Something did not go well${where}`;
  const counts = [count(calls, "call"), `${seconds.toFixed(0)} s`, count(escapes, "attempt")];
  const headline = `${verdict}: ${counts.join(", ")} to reach anything but loopback.`;
  const before = earlier === "" ? [] : [`The earlier deploy is ${earlier} by the present proof.`];
  return { text: paragraphs([headline, ...head(common), ...before, ...parts.map(partText)]), isGood };
}

/** The report of faults: whether they did harm, and one line for each write that was struck. */
export function faultReport(
  asked: Common & {
    readonly struck: readonly Outcome[];
    readonly fault: Chosen;
    /** How many writes of an environment were struck at most. */
    readonly most: number;
  },
): Report {
  const { struck, fault, most, seconds } = asked;
  const wrong = [
    ...(struck.length === 0 ? ["No write was struck"] : []),
    ...(struck.some(({ open }) => open.length > 0) ? ["Something was more open than before"] : []),
    ...(struck.every(({ converged }) => converged) ? [] : ["An apply did not converge"]),
  ];
  const isGood = wrong.length === 0;
  const imported = struck.filter((outcome) => outcome.imported !== undefined).length;
  const imports = imported === 0 ? "" : `, ${count(imported, "time")} once a thing was imported`;
  const good = `After each fault, nothing was more open than before, and the next apply converged${imports}`;
  const headline = `${isGood ? good : wrong.join(". ")}: ${seconds.toFixed(0)} s.`;
  const bound = `${fault.name}: at one write, the platform ${fault.means}. At most ${most} writes of an environment were struck.`;
  return { text: paragraphs([headline, ...head(asked), bound, struck.map(struckText).join("\n")]), isGood };
}

function struckText({ environment, write, failed, open, converged, imported, said }: Outcome): string {
  const applied = failed ? "the apply failed" : "the apply went on";
  const opened = open.length === 0 ? "nothing more open" : `open: ${open.join(", ")}`;
  const after = imported === undefined ? "" : " once it was imported";
  const next = converged
    ? `the next converged${after}`
    : `the next did not converge:\n${said.replace(/^/gm, "       ")}`;
  return `  ${open.length === 0 && converged ? "ok  " : "FAIL"} ${environment}  ${write}: ${applied}, ${opened}, ${next}`;
}

const head = ({ copy, engine }: Pick<Common, "copy" | "engine">): readonly string[] => [
  `A rehearsal with ${engine}, against stand-ins on this machine: it agrees with what this project believes of the platforms, and is no evidence of them.`,
  `Rehearsal values stand for ${count(copy.replaced.length, "example value")} in a copy. ${copy.proven.split(". ")[0] ?? ""}.`,
];

const paragraphs = (texts: readonly string[]): string => `${texts.join("\n\n")}\n`;

/** The first run may write; a second one may not, and nothing may be more open than before and after. */
function isFine({ name, isGood, moments, open }: Step): boolean {
  return isGood && !(name === "apply again" && moments.length > 0) && open.every((things) => things.length === 0);
}

function partText({ environment, steps }: Part): string {
  return [environment, ...steps.map(stepText)].join("\n");
}

function stepText(step: Step): string {
  const { isGood, said, seconds, calls, moments, name } = step;
  const counted =
    calls === 0 && !name.startsWith("apply") ? "" : `, ${count(calls, "call")}, ${count(moments.length, "write")}`;
  const line = `  ${isFine(step) ? "ok  " : "FAIL"} ${name} (${seconds.toFixed(1)} s${counted})`;
  const what = isGood ? `${said === "" ? "" : `: ${said}`}` : `:\n${said.replace(/^/gm, "       ")}`;
  return [`${line}${what}`, ...orderLines(moments), ...openLines(step)].join("\n");
}

/** The writes in their order; neighbours of one kind are one line. */
function orderLines(moments: readonly Moment[]): readonly string[] {
  const runs: { readonly what: string; readonly from: number; to: number }[] = [];
  for (const [index, { platform, call }] of moments.entries()) {
    const refused = (call.status ?? 0) >= 400 ? ` refused ${call.status}` : "";
    const what = `${platform}  ${shortForm(call)}${refused}`;
    const last = runs.at(-1);
    if (last?.what === what) last.to = index + 1;
    else runs.push({ what, from: index + 1, to: index + 1 });
  }
  return runs.map(({ what, from, to }) => `         ${(from === to ? `${from}` : `${from}-${to}`).padEnd(7)}${what}`);
}

/** When hosts became public, and what was open then. */
function openLines({ moments, open, published }: Step): readonly string[] {
  if (moments.length === 0) return [];
  const hosts = published.map(([host, write]) => `${host} is public after write ${write}`);
  const holes = open.flatMap((things, index) => things.map((thing) => `open after write ${index + 1}: ${thing}`));
  const none = "after no write a host was public without its guards, or anything more open than before";
  return [...hosts, ...(holes.length === 0 ? [none] : holes)].map((line) => `         ${line}`);
}

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? "" : "s"}`;
