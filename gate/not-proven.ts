import { type Report, exitCodeOf } from "../verification/answers/verify";
import { refusalText } from "../verification/render/report";

/** A synth whose policy isn't proven. Its message says what is violated and undecided; the whole report is beside it. */
export class NotProven extends Error {
  public override readonly name = "NotProven";

  public constructor(public readonly report: Report) {
    super(refusalText(report));
  }

  /** 1 where a statement is violated, 2 where one is undecided. */
  public get exitCode(): 1 | 2 {
    return exitCodeOf(this.report) === 1 ? 1 : 2;
  }
}
