/** Jest's `--json` report, as far as it is read here. */
export interface JestReport {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly JestAssertion[];
  }[];
}

interface JestAssertion {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
  readonly failureDetails: readonly { readonly matcherResult?: unknown }[];
}

/** The verdict of the two runs of a contract on one statement. */
export interface Outcome {
  readonly statement: string;
  readonly verdict: "complete" | "refused";
  readonly reason: string;
}

const ID = /^([A-Z]+-\d+): /;

/**
 * Judges each statement by a run with the controls in place and one with them removed. Everything must pass in the
 * first; everything must fail by an assertion in the second. A test that can't fail proves nothing, and one that fails
 * because something is missing doesn't either.
 */
export function outcomes(green: JestReport, red: JestReport): readonly Outcome[] {
  const inGreen = byStatement(green);
  const inRed = byStatement(red);
  const statements = [...new Set([...inGreen.keys(), ...inRed.keys()])];
  return statements.map((statement) => {
    const passing = inGreen.get(statement) ?? [];
    const failing = inRed.get(statement) ?? [];
    const reason = refusal(passing, failing);
    return reason === undefined
      ? {
          statement,
          verdict: "complete",
          reason: `${passing.length} passed; without controls ${failing.length} failed by assertion`,
        }
      : { statement, verdict: "refused", reason };
  });
}

function refusal(green: readonly JestAssertion[], red: readonly JestAssertion[]): string | undefined {
  const names = (tests: readonly JestAssertion[]): string => tests.map(({ title }) => title).join("; ");
  if (green.some(({ status }) => status === "todo")) return "open: not covered yet";
  const broken = green.filter(({ status }) => status !== "passed");
  if (broken.length > 0) return `with its controls: ${names(broken)}`;
  const blind = red.filter((test) => !failedByAssertion(test));
  if (blind.length > 0) return `without its controls, doesn't fail by an assertion: ${names(blind)}`;
  return green.length === 0 || green.length !== red.length ? "the two runs ran different tests" : undefined;
}

function failedByAssertion({ status, failureDetails }: JestAssertion): boolean {
  return status === "failed" && failureDetails.every(({ matcherResult }) => matcherResult !== undefined);
}

function byStatement({ testResults }: JestReport): ReadonlyMap<string, readonly JestAssertion[]> {
  const found = new Map<string, JestAssertion[]>();
  for (const test of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    const statement = [...test.ancestorTitles, test.title].map((title) => ID.exec(title)?.[1]).find(Boolean);
    if (statement === undefined) continue;
    found.set(statement, [...(found.get(statement) ?? []), test]);
  }
  return found;
}
