import { outcomesOf } from "../../solver/decision-diagram";
import type { OrderedPair } from "../../diagram/ordered-pairs";
import { asked, OUTSIDE, type RuleBook, ruleBookOf, UNTAKEN } from "../../diagram/rule-book";
import { treatmentOf } from "../../edge/actions";
import { Treatment } from "../../edge/treatment";
import type { ZoneRule } from "../../edge/zone";
import { BudgetExceeded } from "../../solver/budget";
import { placeAt } from "../../result";
import { curlOf } from "../../edge/curl";
import { type Check, LintRule, LintSeverity, type Found } from "./finding";
import { type LintedZone, rulesIn } from "./zones";

/** Two rules that decide some requests differently, so that their order decides. */
export const pairs: Check = ({ zones }) =>
  zones.flatMap((zone) => {
    const book = ruleBookOf(zone.zone, {});
    return zone.overview().pairs.map((pair) => findingOf(pair, zone, book));
  });

function findingOf(pair: OrderedPair, zone: LintedZone, book: RuleBook): Found {
  const { first, second, witnesses, requests } = pair;
  const isContradiction = [first, second].every((rule) => isDeciding(rule, zone));
  const isException = isContradiction && isNarrower(book, first, second);
  const isCertain = requests.given.length === 0;
  const [witness] = witnesses;
  const example = witness === undefined ? "" : `, for example ${curlOf(witness, zone.host)}`;
  return {
    rule: isContradiction ? LintRule.CONTRADICTION : LintRule.ORDER,
    severity: isContradiction && !isException && isCertain ? LintSeverity.WARNING : LintSeverity.NOTE,
    place: placeAt(second),
    key: [first],
    what:
      `${inWords(first)} and ${inWords(second)} ${isCertain ? "" : "may "}meet the same requests` +
      `${example}: ${isException ? "the first is an exception to the second" : "the first decides"}`,
    change: isException
      ? "keep them in this order"
      : "write conditions that no request meets both of, or keep them in this order",
  };
}

/** Whether a rule ends requests or lets them past others. */
function isDeciding(rule: ZoneRule, zone: LintedZone): boolean {
  return rulesIn(zone).some(
    ([phase, each]) => each === rule && [Treatment.ENDS, Treatment.SKIPS].includes(treatmentOf(phase, each)),
  );
}

/** Whether every request that meets a rule meets another one too. */
function isNarrower(book: RuleBook, first: ZoneRule, second: ZoneRule): boolean {
  const { formulas } = book.language;
  const conditionOf = (rule: ZoneRule) => book.rules.find((each) => each.rule === rule)?.condition ?? formulas.no;
  try {
    const diagram = asked(book, [
      { formula: formulas.not(conditionOf(first)), outcome: OUTSIDE },
      { formula: conditionOf(second), outcome: OUTSIDE },
      { formula: formulas.yes, outcome: UNTAKEN },
    ]);
    return !outcomesOf(diagram.root).includes(UNTAKEN);
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return false;
  }
}

const inWords = ({ ref, action }: ZoneRule): string => `${ref} (${action})`;
