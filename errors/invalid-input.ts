import { oneLine } from "./one-line";

/** One thing that is wrong with what a user wrote. */
export interface Problem {
  /** Where it is: a key path such as `webhooks[0].path`, or an entry such as `entry 3`. */
  readonly at: string;
  /** The value found there, as it should be printed. Never a secret. */
  readonly got: string;
  /** The values that are allowed there. */
  readonly allowed: string;
  /**
   * The change that mends it.
   *
   * @default - nothing beyond what `allowed` says
   */
  readonly change?: string;
}

/**
 * Refuses input as a whole: one error that names every problem, so that a user mends all of them in one go.
 *
 * The message has one line per problem: where, what was got, what is allowed, what to change. It names the first of very many.
 */
export class InvalidInput extends Error {
  public override readonly name = "InvalidInput";

  /**
   * @param subject what was refused, for example `environment "production"`
   * @param problems every problem found; at least one
   */
  public constructor(
    public readonly subject: string,
    public readonly problems: readonly Problem[],
  ) {
    super(
      [
        `${oneLine(subject)} has ${count(problems.length)}:`,
        ...problems.slice(0, MOST_LINES).map((problem) => `  - ${oneLine(sayProblem(problem))}`),
        ...(problems.length > MOST_LINES ? [`  - and ${count(problems.length - MOST_LINES)} more`] : []),
      ].join("\n"),
    );
  }

  /** Throws when there is at least one problem. */
  public static throwIfAny(subject: string, problems: readonly Problem[]): void {
    if (problems.length > 0) throw new InvalidInput(subject, problems);
  }
}

/** More lines than anybody reads. */
const MOST_LINES = 1_000;

/** A value as an error shows it: JSON, cut to a readable length. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function count(problems: number): string {
  return problems === 1 ? "1 problem" : `${problems} problems`;
}

/** A problem in one sentence: where, what was got, what is allowed, what to change. */
export function sayProblem({ at, got, allowed, change }: Problem): string {
  return [`${at}: got ${got}`, `allowed: ${allowed}`, ...(change === undefined ? [] : [`change: ${change}`])].join(
    "; ",
  );
}
