import type { OrderedPair } from "../../edge/rule-book";
import type { DeadRule } from "../../edge/overview";
import type { ZoneRule } from "../../edge/zone";
import { placeAt } from "../../result";
import { curlOf } from "../../edge/curl";
import type { FindingDraft, LintCheck, LintedZone } from "./finding";

/** Rules that never take effect: no request meets their condition, or others have their requests, alone or together. */
export const dead: LintCheck = ({ zones }) => zones.flatMap(({ overview }) => overview().dead.map(deadFinding));

function deadFinding({ rule, coveredBy }: DeadRule): FindingDraft {
  const common = { severity: "warning", place: placeAt(rule) } as const;
  if (coveredBy.length === 0) {
    return {
      ...common,
      rule: "never-matches",
      what: `rule ${rule.ref} never takes effect: no request meets its condition`,
      change: "remove the rule, or mend its condition",
    };
  }
  const movable = coveredBy.filter((other) => other.action !== rule.action && areTogether(rule, other));
  const place = movable.length === 0 ? "" : `; or put it before ${movable.map(({ ref }) => ref).join(", ")}`;
  return {
    ...common,
    rule: "covered",
    what: `rule ${inWords(rule)} never takes effect: its requests go to ${coveredBy.map(inWords).join(", ")}`,
    change: `remove the rule: nothing changes${place}`,
  };
}

/** Whether two rules stand in one ruleset, so that they could change places. */
function areTogether(one: ZoneRule, other: ZoneRule): boolean {
  const [ruleset, same] = [one, other].map(({ stack, pointer }) => `${stack} ${pointer.replace(/\/\d+$/, "")}`);
  return ruleset === same;
}

/** Two rules that decide some requests differently, so that their order decides. */
export const pairs: LintCheck = ({ zones }) =>
  zones.flatMap((zone) => zone.overview().pairs.map((pair) => pairFinding(pair, zone)));

function pairFinding(pair: OrderedPair, zone: LintedZone): FindingDraft {
  const { first, second, examples, requests, isContradiction, isException } = pair;
  const isCertain = requests.given.length === 0;
  const [request] = examples;
  const example = request === undefined ? "" : `, for example ${curlOf(request, zone.host)}`;
  return {
    rule: isContradiction ? "contradiction" : "order",
    severity: isContradiction && !isException && isCertain ? "warning" : "note",
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

const inWords = ({ ref, action }: ZoneRule): string => `${ref} (${action})`;
