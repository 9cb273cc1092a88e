import type { Subject } from "../../../github/subject";
import { both, type Pair } from "../app";
import { type Difference, Direction } from "../difference";
import { factItems } from "./fact";
import { fileFacts } from "./files";

/**
 * The files of repositories that both sides write, where they say something else than before, beside what is told of them
 * elsewhere. What that means for the statements is proven, so each is only named.
 */
export function fileItems(subjects: Pair<readonly Subject[]>): readonly Difference[] {
  return factItems(both(subjects, (all) => all.flatMap(fileFacts))).map((item) => ({ ...item, ...worded(item) }));
}

/** What a file says is too long to show. */
function worded({ direction, before, after }: Difference): Pick<Difference, "before" | "after"> {
  if (direction === Direction.UNDECIDED) return { before: "something", after: "something else" };
  return { before: before === "" ? "nothing" : "something", after: after === "" ? "nothing" : "something else" };
}
