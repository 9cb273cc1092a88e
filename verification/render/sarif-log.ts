import type { Place } from "../terraform/stack";
import { oneLine, sarifText, visibleJson } from "./escape";
import { type Noun, type SourceLine, sourceOf, type Sources } from "./sources";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** A rule that alerts are about. */
export interface SarifRule {
  readonly id: string;
  /** In one sentence. */
  readonly description: string;
  /** Its meaning and all that it rests on, as text and as Markdown. @default - the description says all of it */
  readonly help?: { readonly text: string; readonly markdown: string };
}

/** The facts of a log about the tool, and about where the app is written. */
export interface SarifOptions {
  readonly version?: string;
  /** The address of the tool's documents. */
  readonly home?: string | undefined;
  /** The files of the environments. Alerts stand there where they are known, else in the JSON. */
  readonly sources?: Sources | undefined;
}

/** A tool's run, as code scanning takes it. */
export interface SarifRun {
  readonly rules: readonly SarifRule[];
  readonly exitCode: number;
  readonly alerts: readonly Alert[];
  /** Data that code scanning doesn't show, for other readers. @default - nothing */
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
  /** The line of it. @default - it is about the whole file */
  readonly line?: number | undefined;
  /** Where it is, the first of which is shown; none where it is about the whole file. */
  readonly places: readonly Place[];
  /** Where an environment says it. @default - it is about no environment */
  readonly noun?: Noun | undefined;
  /** All that is known of it, as data. */
  readonly properties?: object;
}

/**
 * A run of this program's, as SARIF.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifLog({ rules, exitCode, alerts, properties }: SarifRun, options: SarifOptions = {}): string {
  const { version, home, sources } = options;
  const driver = {
    ...{ name: "livestreamsell-security-infrastructure", version, semanticVersion: version },
    rules: rules.map((rule) => ruleOf(rule, home)),
  };
  const invocations = [{ executionSuccessful: true, exitCode }];
  const run = { tool: { driver }, invocations, results: alerts.map((alert) => resultOf(alert, sources)), properties };
  return `${visibleJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] })}\n`;
}

function ruleOf({ id, description, help }: SarifRule, home: string | undefined): object {
  const text = { text: description };
  return { id, shortDescription: text, fullDescription: text, help, helpUri: home };
}

function resultOf(alert: Alert, sources: Sources | undefined): object {
  const { id, rule, level, message, file, line, noun, places, properties } = alert;
  const source = noun && sourceOf(noun, sources);
  const whole = source ?? { path: file, line };
  return {
    ruleId: rule,
    level,
    message: { text: sarifText(message) },
    // GitHub reads `primaryLocationLineHash` alone, and would else take it from a line that it doesn't have.
    partialFingerprints: { "id/v1": id, primaryLocationLineHash: id },
    locations:
      places.length === 0
        ? [physical(whole)]
        : places.map((place) => located(source ?? { path: `stacks/${place.stack}/cdk.tf.json` }, place)),
    properties: { id, ...properties },
  };
}

function located(source: SourceLine, { stack, pointer, path }: Place): object {
  return {
    ...physical(source),
    logicalLocations: [{ fullyQualifiedName: oneLine(path ?? pointer), kind: "resource" }],
    properties: { stack, pointer },
  };
}

function physical({ path, line }: SourceLine): { readonly physicalLocation: object } {
  const region = line === undefined ? undefined : { startLine: line };
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region } };
}

const uriOf = (path: string): string => oneLine(path).split("/").map(encodeURIComponent).join("/");
