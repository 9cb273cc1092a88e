import { production } from "../../../environments/production";
import type { Environment } from "../../../policy/environment";
import { Strength } from "../../../policy/statements";
import { allOf, type Result, undecidedBy } from "../../../verification/result";
import { unknownAbout } from "../../../verification/statements/unknowns";
import { PEN_1, PEN_2 } from "../../../verification/statements/pen-1-2";
import { SCAN_1, SCAN_2, SCAN_3, SCAN_4 } from "../../../verification/statements/scan-1-4";
import type { Scene } from "../../../verification/statements/scene";
import { type Change, type JsonTree, pointerTo, replaceAt, sceneOf, stackOf } from "../../support/proof-scenes";

const STATEMENTS = {
  "PEN-1": PEN_1,
  "PEN-2": PEN_2,
  "SCAN-1": SCAN_1,
  "SCAN-2": SCAN_2,
  "SCAN-3": SCAN_3,
  "SCAN-4": SCAN_4,
} as const;

export type Statement = keyof typeof STATEMENTS;

export const STATEMENT_NAMES = Object.keys(STATEMENTS) as readonly Statement[];

/** The result of a statement in a scene, with everything else in the JSON that bears on it. */
export function judged(statement: Statement, scene: Scene): Result {
  const parts = STATEMENTS[statement].map(({ check }) => check(scene));
  const isApplicable = parts.some(({ verdict }) => verdict !== "not applicable");
  return allOf([...parts, undecidedBy(isApplicable ? unknownAbout(statement, scene) : [])]);
}

/** A verdict in a word. For a statement that is held too weakly, the word is its strength. */
export function verdict({ verdict: own, strength = Strength.ENFORCED }: Result): string {
  return strength === Strength.ENFORCED ? own : strength;
}

/** The verdict on every statement, of those that aren't proven. */
export type Verdicts = Readonly<Partial<Record<Statement, string>>>;

/** A change, and its fault in words. */
export type Edit = readonly [wrong: string, change: Change];
/** The same, with the verdicts of the statements. */
export type Row = readonly [...Edit, verdicts: Verdicts];

export function verdictsAfter(change: Change, environment: Environment = production): Verdicts {
  const scene = sceneOf([environment], both(change, onlyRepositories));
  return Object.fromEntries(
    STATEMENT_NAMES.map((name) => [name, verdict(judged(name, scene))]).filter(([, each]) => each !== "proven"),
  );
}

export const violating = (...statements: readonly Statement[]): Verdicts => all("violated", statements);
export const undeciding = (...statements: readonly Statement[]): Verdicts => all("undecided", statements);
export const all = (verdict: string, statements: readonly Statement[] = STATEMENT_NAMES): Verdicts =>
  Object.fromEntries(statements.map((statement) => [statement, verdict]));

/** The statements that rest on the scan itself. */
export const SCANS: readonly Statement[] = ["SCAN-1", "SCAN-3", "SCAN-4"];
export const PENTESTS: readonly Statement[] = ["PEN-1", "PEN-2"];

const NAME = "production";

/** Changes a resource of the api's. */
export const at = (type: string, part: string, path: string, change: (value: unknown) => unknown): Change => {
  return (folder) => replaceAt(folder, NAME, `${pointerTo(folder, NAME, type, part)}${path}`, change);
};
export const set = (type: string, part: string, path: string, value: unknown): Change =>
  at(type, part, path, () => value);
export const removed = (type: string, part: string, path = ""): Change => at(type, part, path, () => undefined);

/** The files by a part of their resources' names. */
export const SNYK = "api_Files_snykyml";
export const CADENCE = "api_Files_pentest-cadence";
export const DEPENDABOT = "api_Files_dependabot";
export const POLICY = "api_Files_pentest-policy";
export const SCOPE = "api_Files_pentest-scope";
export const FILE = "github_repository_file";

/** Replaces a text in a file, in which it has to be: the first time that it stands there. */
export const replaced = (file: string, from: string, to: string): Change =>
  at(FILE, file, "/content", (content) => {
    const text = String(content);
    if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
    return text.replace(from, () => to);
  });

/** Adds a file to the api, as another resource would. */
export const added = (file: string, content: string, more: JsonTree = {}): Change =>
  withResource(FILE, { file, content, ...more });

/** Adds a resource of the api's. */
export const withResource =
  (type: string, body: JsonTree, name = "another"): Change =>
  (folder) => {
    const resources = stackOf(folder, NAME).json["resource"] as Record<string, JsonTree>;
    resources[type] = { ...resources[type], [name]: { repository: "api", ...body } };
  };

export const both =
  (...changes: readonly Change[]): Change =>
  (folder) =>
    changes.forEach((change) => change(folder));

/** Leaves out all that bears on other statements, since it takes its time to read. */
const onlyRepositories: Change = (folder) => {
  const { json } = stackOf(folder, NAME);
  const resources = Object.entries(json["resource"] as JsonTree).filter(([type]) => !type.startsWith("cloudflare_"));
  json["resource"] = Object.fromEntries(resources);
};
