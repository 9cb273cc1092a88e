import type { Place } from "../terraform/stack";
import { oneLine, sarifText, visibleJson } from "./escape";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** A tool's run, as code scanning takes it. */
export interface SarifRun {
  readonly rules: readonly { readonly id: string; readonly description: string }[];
  readonly exitCode: number;
  readonly alerts: readonly Alert[];
  /**
   * Data that code scanning doesn't show, for other readers.
   *
   * @default - nothing
   */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A result that code scanning shows. GitHub makes an alert of each, whatever its kind: a statement that holds can't be one. */
export interface Alert {
  /** By which code scanning knows it again, however the file around it changes. */
  readonly id: string;
  readonly rule: string;
  readonly level: "error" | "warning" | "note";
  readonly message: string;
  /** The file, in the output folder. */
  readonly file: string;
  /**
   * The line of it.
   *
   * @default - it is about the whole file
   */
  readonly line?: number | undefined;
  /** Where it is, the first of which is shown; none where it is about the whole file. */
  readonly places: readonly Place[];
  /** All that is known of it, as data. */
  readonly properties?: object;
}

/**
 * A run of this program's, as SARIF.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifLog({ rules, exitCode, alerts, properties }: SarifRun): string {
  const driver = {
    name: "livestreamsell-security-infrastructure",
    rules: rules.map(({ id, description }) => ({ id, shortDescription: { text: description } })),
  };
  const invocations = [{ executionSuccessful: true, exitCode }];
  const run = { tool: { driver }, invocations, results: alerts.map(resultOf), properties };
  return `${visibleJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] })}\n`;
}

function resultOf({ id, rule, level, message, file, line, places, properties }: Alert): object {
  return {
    ruleId: rule,
    level,
    message: { text: sarifText(message) },
    // GitHub reads `primaryLocationLineHash` alone, and would else take it from a line that it doesn't have.
    partialFingerprints: { "id/v1": id, primaryLocationLineHash: id },
    locations:
      places.length === 0
        ? [physical(file, line)]
        : places.map((place) => located(`stacks/${place.stack}/cdk.tf.json`, place)),
    properties: { id, ...properties },
  };
}

function located(file: string, { pointer, path }: Place): object {
  const name = oneLine(path ?? pointer);
  return {
    ...physical(file),
    logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }],
    properties: { pointer },
  };
}

function physical(file: string, line?: number): { readonly physicalLocation: object } {
  const region = line === undefined ? {} : { region: { startLine: line } };
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } };
}

const uriOf = (path: string): string => oneLine(path).split("/").map(encodeURIComponent).join("/");
