/** Why there is no app, in the words of its synth or of its reader. They come from whoever wrote the app. */
export interface FailedSynth {
  readonly work: "synthesized" | "read";
  /** The app that isn't there: the base of a change, or what is proposed. */
  readonly side: "before" | "after";
  /** The lines that say what is wrong, the first of which says most. */
  readonly lines: readonly string[];
  /** Where it is wrong; undefined where the words name no place. */
  readonly at?: SourcePlace;
  /** The problems of the environments, as far as the words name some. */
  readonly problems: readonly SourceProblem[];
}

/** A line of a file of the app's source. */
export interface SourcePlace {
  readonly path: string;
  readonly line: number;
}

/** A problem of what an environment's file says. */
export interface SourceProblem {
  /** The key path, such as `production.webhooks[0].path`. */
  readonly at: string;
  readonly got: string;
}

/** More lines than a comment shows. */
const MOST_LINES = 20;

/** A path of TypeScript or JavaScript with a line, in a stack trace or before a message. */
const PLACE = /(?<![\w./@-])((?:[\w.@-]+\/)*[\w.@-]+\.[cm]?[jt]s):(\d+)(?::\d+)?/;

/** A place before a message, which is told beside it. */
const BEFORE = new RegExp(`^${PLACE.source}: (?:ERROR: )?`);

/** Reads what a synth said that failed, or a reader of what it wrote. */
export function failedSynth(
  side: FailedSynth["side"],
  said: string,
  work: FailedSynth["work"] = "synthesized",
): FailedSynth {
  const all = said.replace(/\u001b\[[\d;]*m/g, "").split(/\r?\n/);
  const problems = all.flatMap(problemIn);
  const telling =
    problems.length > 0 ? listIn(all) : errorIn(all).filter((line) => !/ failed with \d+ errors?:$/.test(line));
  const lines = telling.filter((line) => line.trim() !== "");
  const [, path = "", line = ""] = PLACE.exec(problems.length > 0 ? (problems[0]?.at ?? "") : all.join("\n")) ?? [];
  return {
    ...{ work, side },
    lines: lines.length > 0 ? lines.slice(0, MOST_LINES) : ["the synth ended without a word"],
    ...(path === "" ? {} : { at: { path, line: Number(line) } }),
    problems,
  };
}

/** Bad input is said as a list: where, what was got, what is allowed. */
function problemIn(line: string): readonly SourceProblem[] {
  const [, at, got] = /^ {2}- (.+?): got (.*?)(?:; allowed: |$)/.exec(line) ?? [];
  return at === undefined || got === undefined ? [] : [{ at, got }];
}

function listIn(all: readonly string[]): readonly string[] {
  return all.flatMap((line) => (line.startsWith("  - ") ? line.slice("  - ".length) : []));
}

/** The message of an error, without its stack; else the last words. */
function errorIn(all: readonly string[]): readonly string[] {
  const start = all.findIndex((line) => /^(?:Uncaught )?[\w.]*Error\b.*:/.test(line));
  if (start === -1) return all.filter((line) => line.trim() !== "").slice(-MOST_LINES);
  const message = all.slice(start);
  const end = message.findIndex((line) => /^\s+at /.test(line));
  return (end === -1 ? message : message.slice(0, end)).map((line) => line.replace(BEFORE, ""));
}
