import type { OrderedPair } from "../../edge/ordered-pairs";
import type { ZoneRule } from "../../edge/zone";
import { placeAt } from "../../result";
import { curlOf } from "../../statements/curl";
import { type Check, LintRule, LintSeverity, type Found } from "./finding";
import type { LintedZone } from "./zones";

/** Two rules that decide some requests differently, so that their order decides. */
export const pairs: Check = ({ zones }) =>
  zones.flatMap((zone) => zone.overview().pairs.map((pair) => findingOf(pair, zone)));

function findingOf(pair: OrderedPair, zone: LintedZone): Found {
  const { first, second, examples, requests, isContradiction, isException } = pair;
  const isCertain = requests.given.length === 0;
  const [request] = examples;
  const example = request === undefined ? "" : `, for example ${curlOf(request, zone.host)}`;
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

const inWords = ({ ref, action }: ZoneRule): string => `${ref} (${action})`;
