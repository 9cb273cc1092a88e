import type { Subject } from "../../statements/repositories/subject";
import { both, type Pair } from "../app";
import { Area, type Item, itemOf, Kind } from "../item";
import { type Fact, factItems } from "./fact";
import { fileItems } from "./file-items";
import { pentestFacts } from "./pentests";
import { scanFacts } from "./scans";

/** How repositories differ. One that a single side writes is one item: what is held in it stands below. */
export function repositoryItems(subjects: Pair<readonly Subject[]>): readonly Item[] {
  const names = both(subjects, (all) => new Set(all.map(keyOf)));
  const isShared = (subject: Subject): boolean => names.before.has(keyOf(subject)) && names.after.has(keyOf(subject));
  const shared = both(subjects, (all) => all.filter(isShared));
  const single = both(subjects, (all) => all.filter((subject) => !isShared(subject)));
  return [
    ...factItems(both(shared, (all) => all.flatMap(factsOf))),
    ...fileItems(shared),
    ...single.before.flatMap((subject) =>
      wholly(subject, { before: [...factsOf(subject), written(subject)], after: [] }),
    ),
    ...single.after.flatMap((subject) =>
      wholly(subject, { before: [], after: [...factsOf(subject), written(subject)] }),
    ),
  ];
}

const keyOf = ({ written: { name } }: Subject): string => name.toLowerCase();

const factsOf = (subject: Subject): readonly Fact[] => [...scanFacts(subject), ...pentestFacts(subject)];

const NOT_WRITTEN = "not written";

/** What isn't understood stays an item of its own. */
function wholly(subject: Subject, facts: Pair<readonly Fact[]>): readonly Item[] {
  const items = factItems(facts);
  const known = items.filter(({ kind }) => kind !== Kind.UNDECIDED);
  const [first] = known;
  if (first === undefined) return items;
  const { name } = subject.written;
  const isNew = facts.before.length === 0;
  const turn = isNew ? Kind.STRENGTHENED : Kind.WEAKENED;
  return [
    ...items.filter(({ kind }) => kind === Kind.UNDECIDED),
    itemOf({
      kind: known.some(({ kind }) => kind === turn) ? turn : Kind.CHANGED,
      area: Area.SCANS,
      environments: [subject.environment],
      what: `the repository ${name}`,
      ...(isNew ? { before: NOT_WRITTEN, after: "written" } : { before: "written", after: NOT_WRITTEN }),
      by: first.by,
      notes: known.map(({ what, before, after }) => `${what}: ${(isNew ? after : before) ?? ""}`),
      subject: { of: name, parts: known.flatMap(({ subject: { parts } }) => parts) },
    }),
  ];
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
