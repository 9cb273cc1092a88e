import type { Report } from "../verification/report/report";
import { exitCodeOf } from "../verification/report/report";
import { reportText } from "../verification/report/text";

/** A synth whose policy isn't proven. Its message is the report. */
export class NotProven extends Error {
  public override readonly name = "NotProven";

  public constructor(public readonly report: Report) {
    super(reportText(report));
  }

  /** 1 where a statement is violated, 2 where one is undecided. */
  public get exitCode(): number {
    return exitCodeOf(this.report);
  }
}
