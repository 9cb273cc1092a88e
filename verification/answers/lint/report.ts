import { acceptedAs } from "../../../policy/accept";
import { isSamePlace } from "../../edge/zone";
import { placeAt } from "../../result";
import { resultsOf, type StatementResult } from "../../statements/results";
import { sha256 } from "../../terraform/source";
import type { Place } from "../../terraform/stack";
import type { App } from "../app";
import { bearingInWords, type UnknownThing, unknownThingsIn } from "../unknown-things";
import { addresses } from "./addresses";
import { type FindingDraft, identified, LINT_SEVERITIES, type Linted, lintedZones, type LintFinding } from "./finding";
import { limits, plan } from "./limits";
import { resources, unusedLists } from "./resources";
import { dead, pairs } from "./rules";

/** Grows when a reader of the old form would misread the new one. */
const FORMAT = 1;

/** The findings, and how much was looked at. `lint.schema.json` is its published form. */
export interface LintReport {
  readonly format: typeof FORMAT;
  readonly findings: readonly LintFinding[];
  readonly looked: { readonly stacks: number; readonly rules: number; readonly lists: number };
}

/**
 * The findings about an app's JSON, the worst first: mistakes within each stack, conflicts between its rules, lists and
 * limits, and everything undecided.
 */
export function lintReportOf(app: App): LintReport {
  const { model } = app;
  const rules = model.ofType("cloudflare_ruleset").flatMap(({ attributes }) => attributes["rules"] ?? []);
  const lists = model.ofType("cloudflare_list");
  const looked = { stacks: model.stacks.length, rules: rules.length, lists: lists.length };
  const linted = { ...app, zones: lintedZones(app) };
  const checks = [resources, dead, pairs, unusedLists, addresses, limits, plan, undecided];
  const found = identified(
    checks.flatMap((check) => check(linted)),
    model,
  );
  const all = withAcceptances(found, app);
  const findings = LINT_SEVERITIES.flatMap((severity) => all.filter((finding) => finding.severity === severity));
  return { format: FORMAT, findings, looked };
}

/** How a command ends that prints this: 1 an error or a warning, 2 nothing but what is undecided, 0 nothing, or notes. */
export function exitCodeOf({ findings }: LintReport): 0 | 1 | 2 {
  const failing = findings.filter(({ severity }) => severity !== "note");
  if (failing.some(({ rule }) => rule !== "undecided")) return 1;
  return failing.length > 0 ? 2 : 0;
}

/** Each thing that is unknown, once, with the statements that it bears on. */
function undecided(linted: Linted): readonly FindingDraft[] {
  const results = resultsOf(linted.model, linted.policies);
  const ofStatements = unknownThingsIn(results).all.flatMap((thing) => findingsOf(thing, results));
  const accepted = results.flatMap((result) => result.accepted.flatMap(({ unknown }) => unknown?.place ?? []));
  const told = [...ofStatements.map(({ place }) => place), ...accepted];
  return [...ofStatements, ...ofRules(linted).filter(({ place }) => !told.some((each) => isSamePlace(each, place)))];
}

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
    ...{ rule: "undecided", severity: "warning", place, change },
    ...{ key: [digestOf(reasons.join("; "))], what: `unknown: ${reasons.join("; ")}${bearsOn}` },
  };
}

/** A reason may count, and say where something stands in a list: the same reason has other numbers elsewhere. */
const digestOf = (reason: string): string => sha256(reason.replace(/\d+/g, "")).slice(0, 8);

function ofRules({ zones }: Linted): readonly FindingDraft[] {
  return zones.flatMap(({ rules, overview }) =>
    overview().undecided.map((reason) => {
      const rule = rules.find(({ ref }) => reason.startsWith(`rule ${ref} of `)) ?? rules[0];
      return finding([reason], rule === undefined ? { stack: "", pointer: "" } : placeAt(rule), "", MEND);
    }),
  );
}

/**
 * Findings with what the environments accept of them: a warning that is accepted by its id is a note, with the reason. An error
 * can't be accepted, and what is undecided is accepted as a question. An acceptance of nothing is a finding itself.
 */
function withAcceptances(found: readonly LintFinding[], { model, policies }: App): readonly LintFinding[] {
  const entries = policies.flatMap(({ name, environment: { accept } }) =>
    acceptedAs("thing", accept)
      .filter(({ id }) => id.startsWith("finding:"))
      .map((entry) => ({ ...entry, environment: name })),
  );
  const reasons = new Map(entries.map(({ id, reason }) => [id, reason]));
  const stale = entries
    .filter(({ id }) => !found.some((each) => each.id === id && isAcceptable(each)))
    .map(({ id, environment }): FindingDraft => ({
      ...{ rule: "acceptance", severity: "warning", place: { stack: environment, pointer: "" } },
      ...{ key: [id], what: `${environment} accepts ${id}, and there is no such warning` },
      change: `remove it from ${environment}.accept`,
    }));
  const accepted = found.map((finding): LintFinding => {
    const reason = isAcceptable(finding) ? reasons.get(finding.id) : undefined;
    return reason === undefined ? finding : { ...finding, severity: "note", accepted: reason };
  });
  return [...accepted, ...identified(stale, model)];
}

const isAcceptable = ({ severity, rule }: LintFinding): boolean => severity === "warning" && rule !== "undecided";
