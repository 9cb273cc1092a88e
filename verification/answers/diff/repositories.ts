import type { Subject } from "../../github/subject";
import { both } from "../app";
import { Area, type Difference } from "./difference";
import { asWhole, type Fact, factDifferences } from "./fact";
import { fileDifferences } from "./files";
import { pentestFacts } from "./pentests";
import { scanFacts } from "./scans";
import { keyOf, type Sides } from "./sides";

/** How repositories differ. One that a single side writes is one difference: what is held in it stands below. */
export function repositoryDifferences({ repositories }: Sides): readonly Difference[] {
  const names = both(repositories, (all) => new Set(all.map(({ written }) => keyOf(written))));
  const isShared = (subject: Subject): boolean =>
    names.before.has(keyOf(subject.written)) && names.after.has(keyOf(subject.written));
  const shared = both(repositories, (all) => all.filter(isShared));
  const single = both(repositories, (all) => all.filter((subject) => !isShared(subject)));
  return [
    ...factDifferences(both(shared, (all) => all.flatMap(heldIn))),
    ...fileDifferences(shared),
    ...single.before.flatMap((subject) => wholly(subject, false)),
    ...single.after.flatMap((subject) => wholly(subject, true)),
  ];
}

const heldIn = (subject: Subject): readonly Fact[] => [...scanFacts(subject), ...pentestFacts(subject)];

/** A repository that one side alone writes. */
function wholly(subject: Subject, isNew: boolean): readonly Difference[] {
  const { environment, written } = subject;
  const { name: of, files } = written;
  const about = { area: Area.SCANS, environments: [environment] };
  const paths = files.map(({ path }) => path).sort();
  const facts = [
    ...heldIn(subject),
    {
      ...{ ...about, what: `the files that are written to ${of}`, subject: { of, parts: ["files"] } },
      ...{ value: paths.join(", "), absent: { value: "none" } },
    },
  ];
  const parts = factDifferences(isNew ? { before: [], after: facts } : { before: facts, after: [] });
  return asWhole(parts, { ...about, what: `the repository ${of}`, of, isNew, words: ["written", "not written"] });
}
