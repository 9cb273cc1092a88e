import { type Profiler, Session } from "node:inspector";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const PACKAGES = join(ROOT, "node_modules");

/**
 * How many calls of this project's functions an action makes. Unlike time it is the same on every machine, however busy, so
 * it shows how the work grows.
 */
export function callsOf(action: () => void): number {
  const session = new Session();
  session.connect();
  try {
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    action();
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error !== null) throw error;
      scripts = result;
    });
    return scripts
      .filter(isOurs)
      .flatMap(countsOf)
      .reduce((sum, count) => sum + count, 0);
  } finally {
    session.disconnect();
  }
}

const isOurs = ({ url }: Profiler.ScriptCoverage): boolean => url.includes(ROOT) && !url.includes(PACKAGES);

const countsOf = ({ functions }: Profiler.ScriptCoverage): readonly number[] =>
  functions.map(({ ranges }) => ranges[0]?.count ?? 0);
