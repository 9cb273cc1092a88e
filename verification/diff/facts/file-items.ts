import type { Subject } from "../../github/subject";
import { both, type Pair } from "../app";
import { Area, type Item, Kind } from "../item";
import { type Fact, factItems } from "./fact";
import { fileFacts } from "./files";

/**
 * The files that say something else than before, beside what is told of them elsewhere. What that means for the statements
 * is proven, so each is only named; those of a repository that one side alone writes are named together.
 */
export function fileItems(subjects: Pair<readonly Subject[]>): readonly Item[] {
  const names = both(subjects, (all) => new Set(all.map(keyOf)));
  const isShared = (subject: Subject): boolean => names.before.has(keyOf(subject)) && names.after.has(keyOf(subject));
  const shared = both(subjects, (all) => all.filter(isShared).flatMap(fileFacts));
  const single = both(subjects, (all) => all.filter((subject) => !isShared(subject)).map(writtenFact));
  return [...factItems(shared).map((item) => ({ ...item, ...worded(item) })), ...factItems(single)];
}

const keyOf = ({ written }: Subject): string => written.name.toLowerCase();

function writtenFact(subject: Subject): Fact {
  const { environment, written } = subject;
  return {
    key: `${keyOf(subject)} files`,
    area: Area.SCANS,
    environments: [environment],
    what: `the files that are written to ${written.name}`,
    value: written.files
      .map(({ path }) => path)
      .sort()
      .join(", "),
    absent: { value: "none" },
    subject: { of: written.name, parts: ["files"] },
  };
}

/** What a file says is too long to show. */
function worded({ kind, before, after }: Item): Pick<Item, "before" | "after"> {
  if (kind === Kind.UNDECIDED) return { before: "something", after: "something else" };
  return { before: before === "" ? "nothing" : "something", after: after === "" ? "nothing" : "something else" };
}
