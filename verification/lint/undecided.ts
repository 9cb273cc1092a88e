import type { Place } from "../model/terraform/stack";
import { placeAt } from "../statements/conclusion";
import { resultsOf } from "../statements/result";
import { type AppCheck, type AppFinding, type Linted, LintRule, LintSeverity } from "./finding";
import { rulesIn } from "./zones";

/** What nobody here can say, once each, with the statements that it bears on. */
export const undecided: AppCheck = (linted) => {
  const found = new Map<string, AppFinding & { readonly about: readonly string[] }>();
  const ofAll = ofStatements(linted);
  const isKnown = ({ place }: Open): boolean => ofAll.some((each) => isAt(each.place, place));
  for (const { reason, place, about } of [...ofAll, ...ofRules(linted).filter((open) => !isKnown(open))]) {
    const key = JSON.stringify([reason, place]);
    const known = found.get(key)?.about ?? [];
    const all = [...new Set([...known, ...about])];
    found.set(key, { ...findingOf(reason, place, all), about: all });
  }
  return [...found.values()].map(({ about: _, ...finding }) => finding);
};

function findingOf(reason: string, place: Place, about: readonly string[]): AppFinding {
  const bearing = about.length === 0 ? "" : `, which bears on ${about.join(", ")}`;
  return {
    rule: LintRule.UNDECIDED,
    severity: LintSeverity.WARNING,
    place,
    what: `nobody here can say: ${reason}${bearing}`,
    change: "write it in a form that is understood, or remove it",
  };
}

function isAt(one: Place, other: Place): boolean {
  return one.stack === other.stack && one.pointer === other.pointer;
}

interface Open {
  readonly reason: string;
  readonly place: Place;
  readonly about: readonly string[];
}

function ofRules({ zones }: Linted): readonly Open[] {
  return zones.flatMap((zone) => {
    const rules = rulesIn(zone).map(([, rule]) => rule);
    return zone.overview().undecided.map((reason) => {
      const rule = rules.find(({ ref }) => reason.startsWith(`rule ${ref} of `)) ?? rules[0];
      return { reason, place: rule === undefined ? { stack: "", pointer: "" } : placeAt(rule), about: [] };
    });
  });
}

function ofStatements({ model, policies }: Linted): readonly Open[] {
  return resultsOf(model, policies).flatMap(({ environment, statement, unknown }) =>
    unknown.map(({ reason, place }) => ({
      reason,
      place: place === undefined ? { stack: environment, pointer: "" } : placeAt(place),
      about: [`${environment} ${statement}`],
    })),
  );
}
