import { FEEDS } from "../../../network/feeds";
import { ageOf } from "../../../network/feeds/age";
import type { Policy } from "../../../policy/policy";
import { type StatementId, STATEMENT_IDS } from "../../../policy/statements";
import { distinctBy } from "../../collections";
import { resultsOf, type StatementResult } from "../../statements/results";
import { isObject } from "../../terraform/json";
import type { Model } from "../../terraform/model";
import type { Output } from "../../terraform/output";
import type { App } from "../app";
import { type DiffReport, diffReport, exitCodeOf as changeExitCodeOf } from "../diff/report";
import type { EdgeBasis, TargetBasis } from "../explain/explanation";
import { edgesOf, targetsOf } from "../explain/explain";
import type { Matrix } from "../matrix/matrix";
import { matrixOf } from "../matrix/matrix-of";
import { exitCodeOf as proofExitCodeOf, type Report, reportOf } from "../verify";
import { type CheckByHand, checksByHand, controlsOf, type FrameworkControl } from "./evidence";
import { edgeName, type Picture, pictureOf } from "./picture";

/** One document for whoever audits, approves or asks: what holds, what it rests on, who reaches what. */
export interface AuditReport {
  readonly origin: Origin;
  readonly providers: readonly Provider[];
  readonly feeds: readonly FeedAge[];
  readonly report: Report;
  readonly matrix: Matrix;
  readonly pictures: readonly Picture[];
  readonly statements: readonly StatementEntry[];
  /** The data of explanations, so that a page can answer questions. */
  readonly explorer: Explorer;
  /** The difference from an earlier output, with its pictures. */
  readonly change?: { readonly diff: DiffReport; readonly before: readonly Picture[] };
}

export interface Origin {
  /** The commit of the repository; undefined where git doesn't know it. */
  readonly commit?: Commit;
  readonly toolVersion: string;
  /** The SHA-256 of `proof.json`; undefined where there is none. */
  readonly proof?: string;
}

export interface Commit {
  readonly id: string;
  /** When it was committed, in UTC, as `YYYY-MM-DDThh:mm:ssZ`. */
  readonly date: string;
  /** Whether files differ from it. */
  readonly isChanged: boolean;
}

export interface Provider {
  readonly name: string;
  readonly source: string;
  readonly version: string;
}

/** The committed addresses of a sender or a platform. */
export interface FeedAge {
  readonly name: string;
  /** The day on which its sources were last compared, `YYYY-MM-DD`. */
  readonly compiled: string;
  readonly allowedDays: number;
  /** Its age at the commit, in days; undefined where no commit says when that was. */
  readonly days?: number;
}

/** A statement in all environments. */
export interface StatementEntry {
  readonly id: StatementId;
  readonly results: readonly StatementResult[];
  readonly byHand: readonly { readonly environment: string; readonly checks: readonly CheckByHand[] }[];
  readonly supports: readonly FrameworkControl[];
}

export interface Explorer {
  readonly edges: readonly EdgeBasis[];
  readonly targets: readonly TargetBasis[];
}

/**
 * The report about an output.
 *
 * @param before an earlier output
 * @default before - none: nothing is compared
 */
export function auditReportOf({ model, policies, changed }: Output, origin: Origin, before?: Output): AuditReport {
  const app: App = { model, policies };
  const results = resultsOf(model, policies);
  const matrix = matrixOf(app);
  return {
    origin,
    providers: providersOf(model),
    feeds: feedsAt(origin.commit),
    report: reportOf(model, results, changed),
    matrix,
    pictures: picturesOf(matrix, policies, results),
    statements: STATEMENT_IDS.map((id) => entryOf(id, policies, results)),
    explorer: { edges: edgesOf(app), targets: targetsOf(app) },
    ...(before === undefined
      ? {}
      : {
          change: {
            diff: diffReport({ before, after: app }),
            before: picturesOf(matrixOf(before), before.policies, resultsOf(before.model, before.policies)),
          },
        }),
  };
}

/** How a command ends that writes a report: as the proof does; where that passes, as the change does. */
export function exitCodeOf({ report, change }: AuditReport): 0 | 1 | 2 {
  const proof = proofExitCodeOf(report);
  return proof === 0 && change !== undefined ? changeExitCodeOf(change.diff) : proof;
}

function picturesOf(
  matrix: Matrix,
  policies: readonly Policy[],
  results: readonly StatementResult[],
): readonly Picture[] {
  return matrix.environments.flatMap((each) =>
    policies
      .filter(({ name }) => name === each.environment)
      .map((policy) => pictureOf(each, { environment: policy.environment, edge: edgeName(policy) }, results)),
  );
}

function entryOf(id: StatementId, policies: readonly Policy[], results: readonly StatementResult[]): StatementEntry {
  const own = results.filter(({ statement, verdict }) => statement === id && verdict !== "not applicable");
  const asked = policies.filter(({ name }) => own.some(({ environment }) => environment === name));
  return {
    id,
    results: own,
    byHand: asked
      .map(({ name, environment }) => ({ environment: name, checks: checksByHand(id, environment) }))
      .filter(({ checks }) => checks.length > 0),
    supports: controlsOf(id),
  };
}

/** The providers of all stacks, each version once. */
function providersOf({ stacks }: Model): readonly Provider[] {
  const all = stacks.flatMap(({ json: { terraform } }) => {
    const required = isObject(terraform) ? terraform["required_providers"] : undefined;
    return Object.entries(isObject(required) ? required : {}).map(([name, provider]) => ({
      name,
      source: textIn(provider, "source"),
      version: textIn(provider, "version"),
    }));
  });
  return distinctBy(all, (each) => JSON.stringify(each));
}

function textIn(value: unknown, key: string): string {
  const text = isObject(value) ? value[key] : undefined;
  return typeof text === "string" ? text : "not said";
}

function feedsAt(commit: Commit | undefined): readonly FeedAge[] {
  return FEEDS.map(({ addresses: { name }, provenance }) => ({
    ...{ name, compiled: provenance.compiled, allowedDays: provenance.allowedAgeDays },
    ...(commit === undefined ? {} : { days: ageOf(provenance, new Date(commit.date)).days }),
  }));
}
