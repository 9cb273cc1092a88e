import { printable } from "../printable";

/** A source gave no answer that can be judged: out of reach, too slow, too long, cut off, or not of the form that it has. */
export class NoAnswer extends Error {
  public override readonly name = "NoAnswer";

  /**
   * @param source who was asked
   * @param reason why nothing is known now; may hold text of the source's
   */
  public constructor(source: string, reason: string) {
    super(`${source}: ${printable(reason)}`);
  }
}
