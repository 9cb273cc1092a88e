import { isSamePlace } from "../../edge/zone";
import { placeAt } from "../../result";
import { resultsOf } from "../../statements/results";
import { sha256 } from "../../terraform/source";
import type { Place } from "../../terraform/stack";
import { type LintCheck, type Linted, LintRule, LintSeverity, type FindingDraft } from "./finding";
import { rulesIn } from "./zones";

/** Each thing that is unknown, once, with the statements that it bears on. */
export const undecided: LintCheck = (linted) => {
  const found = new Map<string, Open>();
  const ofAll = ofStatements(linted);
  const isKnown = ({ place }: Open): boolean => ofAll.some((each) => isSamePlace(each.place, place));
  for (const open of [...ofAll, ...ofRules(linted).filter((each) => !isKnown(each))]) {
    const { reason, place } = open;
    const key = JSON.stringify([reason, place]);
    const bearsOn = new Set([...(found.get(key)?.bearsOn ?? []), ...open.bearsOn]);
    found.set(key, { reason, place, bearsOn: [...bearsOn] });
  }
  return [...found.values()].map(findingOf);
};

function findingOf({ reason, place, bearsOn }: Open): FindingDraft {
  const bearing = bearsOn.length === 0 ? "" : `, which bears on ${bearsOn.join(", ")}`;
  return {
    rule: LintRule.UNDECIDED,
    severity: LintSeverity.WARNING,
    place,
    key: [digestOf(reason)],
    what: `unknown: ${reason}${bearing}`,
    change: "write it in a form that is understood, or remove it",
  };
}

/** A reason may count, and say where something stands in a list: the same reason has other numbers elsewhere. */
const digestOf = (reason: string): string => sha256(reason.replace(/\d+/g, "")).slice(0, 8);

interface Open {
  readonly reason: string;
  readonly place: Place;
  readonly bearsOn: readonly string[];
}

function ofRules({ zones }: Linted): readonly Open[] {
  return zones.flatMap((zone) => {
    const rules = rulesIn(zone);
    return zone.overview().undecided.map((reason) => {
      const rule = rules.find(({ ref }) => reason.startsWith(`rule ${ref} of `)) ?? rules[0];
      return { reason, place: rule === undefined ? { stack: "", pointer: "" } : placeAt(rule), bearsOn: [] };
    });
  });
}

function ofStatements({ model, policies }: Linted): readonly Open[] {
  return resultsOf(model, policies).flatMap(({ environment, statement, unknown }) =>
    unknown.map(({ reason, place }) => ({
      reason,
      place: place === undefined ? { stack: environment, pointer: "" } : placeAt(place),
      bearsOn: [`${environment} ${statement}`],
    })),
  );
}
