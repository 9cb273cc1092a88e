import { parse, stringify } from "yaml";
import type { StatementId } from "../../policy/statements";
import type { JsonTree } from "./folder";
import { type BodyChange, bodyKind, type Kind } from "./kind";

export const FILE = "github_repository_file";
export const SCANS: readonly StatementId[] = ["SCAN-1", "SCAN-3", "SCAN-4"];
export const PENTESTS: readonly StatementId[] = ["PEN-1", "PEN-2"];

export const SNYK = ".github/workflows/snyk.yml";
export const CADENCE = ".github/workflows/pentest-cadence.yml";
export const DEPENDABOT = ".github/dependabot.yml";
export const PENTEST_POLICY = ".github/security/pentest-policy.json";
export const PENTEST_SCOPE = ".github/security/pentest-scope.md";

/** A change of a file's content, and the statements that it breaks. */
export interface FileChange {
  readonly what?: string;
  readonly breaks: readonly StatementId[];
  readonly change: (document: JsonTree) => void;
}

/** A kind that changes the values of a YAML or JSON file in every repository. */
export function documentKind(name: string, path: string, changes: (document: JsonTree) => readonly FileChange[]): Kind {
  return fileKind(name, path, (text) =>
    changes(parse(text) as JsonTree).map(({ what = "", breaks, change }) => ({
      ...{ what, breaks },
      change: (old: string) => {
        const document = parse(old) as JsonTree;
        change(document);
        return path.endsWith(".json") ? JSON.stringify(document) : stringify(document);
      },
    })),
  );
}

/** A change of a file's text, and the statements that it breaks. */
export interface TextChange {
  readonly what?: string;
  readonly breaks: readonly StatementId[];
  readonly change: (text: string) => string;
}

/** A kind that changes the text of a file of every repository. */
export function fileKind(name: string, path: string, changes: (text: string) => readonly TextChange[]): Kind {
  return bodyKind(name, FILE, ({ body }) =>
    body["file"] === path
      ? changes(String(body["content"])).map(({ what = "", breaks, change }): BodyChange => ({
          ...{ what, breaks },
          change: (copy) => void (copy["content"] = change(String(copy["content"]))),
        }))
      : [],
  );
}

/** A kind that changes one of a file's attributes, or drops it. */
export function attributeKind(
  name: string,
  path: string,
  breaks: readonly StatementId[],
  ...members: readonly JsonTree[]
): Kind {
  return bodyKind(name, FILE, ({ body }) =>
    members
      .filter(() => body["file"] === path)
      .map((each) => ({ ...{ what: JSON.stringify(each), breaks }, change: (copy) => void Object.assign(copy, each) })),
  );
}

/** The object at a path within a document. */
export function at(document: JsonTree, ...path: readonly (string | number)[]): JsonTree {
  return path.reduce<unknown>((value, key) => (value as JsonTree)[key], document) as JsonTree;
}
