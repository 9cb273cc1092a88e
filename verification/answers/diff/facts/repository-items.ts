import type { Subject } from "../../../github/subject";
import { both, type Pair } from "../app";
import { Area, type Difference } from "../difference";
import { type Fact, factItems } from "./fact";
import { fileItems } from "./file-items";
import { pentestFacts } from "./pentests";
import { scanFacts } from "./scans";
import { asWhole } from "./whole";

/** How repositories differ. One that a single side writes is one item: what is held in it stands below. */
export function repositoryItems(subjects: Pair<readonly Subject[]>): readonly Difference[] {
  const names = both(subjects, (all) => new Set(all.map(keyOf)));
  const isShared = (subject: Subject): boolean => names.before.has(keyOf(subject)) && names.after.has(keyOf(subject));
  const shared = both(subjects, (all) => all.filter(isShared));
  const single = both(subjects, (all) => all.filter((subject) => !isShared(subject)));
  return [
    ...factItems(both(shared, (all) => all.flatMap(factsOf))),
    ...fileItems(shared),
    ...single.before.flatMap((subject) => wholly(subject, false)),
    ...single.after.flatMap((subject) => wholly(subject, true)),
  ];
}

const keyOf = ({ written: { name } }: Subject): string => name.toLowerCase();

const factsOf = (subject: Subject): readonly Fact[] => [...scanFacts(subject), ...pentestFacts(subject)];

/** A repository that one side alone writes. */
function wholly(subject: Subject, isNew: boolean): readonly Difference[] {
  const facts = [...factsOf(subject), written(subject)];
  const { name } = subject.written;
  return asWhole(factItems(isNew ? { before: [], after: facts } : { before: facts, after: [] }), {
    ...{ area: Area.SCANS, environments: [subject.environment], what: `the repository ${name}`, of: name, isNew },
    words: ["written", "not written"],
  });
}

function written({ environment, written: { name, files } }: Subject): Fact {
  return {
    key: `${name.toLowerCase()} files`,
    area: Area.SCANS,
    environments: [environment],
    what: `the files that are written to ${name}`,
    value: files
      .map(({ path }) => path)
      .sort()
      .join(", "),
    absent: { value: "none" },
    subject: { of: name, parts: ["files"] },
  };
}
