import { isSamePlace } from "../../edge/zone";
import { placeAt } from "../../result";
import { resultsOf, type StatementResult } from "../../statements/results";
import { sha256 } from "../../terraform/source";
import type { Place } from "../../terraform/stack";
import { bearingInWords, type UnknownThing, unknownThingsIn } from "../unknown-things";
import { type LintCheck, type Linted, LintRule, LintSeverity, type FindingDraft } from "./finding";
import { rulesIn } from "./zones";

/** Each thing that is unknown, once, with the statements that it bears on. */
export const undecided: LintCheck = (linted) => {
  const results = resultsOf(linted.model, linted.policies);
  const ofStatements = unknownThingsIn(results).all.flatMap((thing) => findingsOf(thing, results));
  const accepted = results.flatMap((result) => result.accepted.flatMap(({ unknown }) => unknown?.place ?? []));
  const told = [...ofStatements.map(({ place }) => place), ...accepted];
  return [...ofStatements, ...ofRules(linted).filter(({ place }) => !told.some((each) => isSamePlace(each, place)))];
};

const MEND = "write it in a form that is understood, or remove it";

function findingsOf(thing: UnknownThing, results: readonly StatementResult[]): readonly FindingDraft[] {
  const { reasons, places, bearing, lines } = thing;
  const [first] = bearing;
  const nowhere = { stack: first?.environment ?? "", pointer: "" };
  const bearsOn = `, which bears on ${bearingInWords(bearing, results)}`;
  return (places.length === 0 ? [nowhere] : places).map((place) => {
    const own = lines.filter((each) => isSamePlace(each.place, place));
    const ways = own.map(({ environment, line }) => `, or accept it in ${environment}: ${line}`);
    return finding(reasons, place, bearsOn, `${MEND}${ways.join("")}`);
  });
}

function finding(reasons: readonly string[], place: Place, bearsOn: string, change: string): FindingDraft {
  return {
    ...{ rule: LintRule.UNDECIDED, severity: LintSeverity.WARNING, place, change },
    ...{ key: [digestOf(reasons.join("; "))], what: `unknown: ${reasons.join("; ")}${bearsOn}` },
  };
}

/** A reason may count, and say where something stands in a list: the same reason has other numbers elsewhere. */
const digestOf = (reason: string): string => sha256(reason.replace(/\d+/g, "")).slice(0, 8);

function ofRules({ zones }: Linted): readonly FindingDraft[] {
  return zones.flatMap((zone) => {
    const rules = rulesIn(zone);
    return zone.overview().undecided.map((reason) => {
      const rule = rules.find(({ ref }) => reason.startsWith(`rule ${ref} of `)) ?? rules[0];
      return finding([reason], rule === undefined ? { stack: "", pointer: "" } : placeAt(rule), "", MEND);
    });
  });
}
