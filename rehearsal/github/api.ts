import { type Answer, type Asked, notFound } from "../server";
import type { RepositoryState } from "./repository";

export const done: Answer = { status: 204 };
export const ok = (body: unknown): Answer => ({ status: 200, body });
export const found = (body: unknown): Answer => (body === undefined ? notFound : ok(body));
export const gone = (isGone: boolean): Answer => (isGone ? done : notFound);
export const refused = (status: number, message: string): Answer => ({ status, body: { message } });

export const STAMP = "2026-01-15T10:00:00Z";

export interface AskedRepository extends Asked {
  readonly state: RepositoryState;
}

/** The members of a body by the last part of a route. GitHub ignores others; a client that sends one means something else. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  contents: ["message", "content", "sha", "branch", "author", "committer"],
  rulesets: ["name", "target", "enforcement", "bypass_actors", "conditions", "rules", "id", "source", "source_type"],
  secrets: ["encrypted_value", "key_id"],
};

/** The answer, unless the body has a member that the route doesn't know. */
export const knowing =
  (kind: string, answer: (asked: AskedRepository) => Answer) =>
  (asked: AskedRepository): Answer => {
    const strange = Object.keys(asked.body).filter((name) => MEMBERS[kind]?.includes(name) !== true);
    return strange.length === 0 ? answer(asked) : refused(422, `Invalid request: ${kind} has no ${strange.join(", ")}`);
  };

export function counted(names: readonly string[], query: URLSearchParams, key = "secrets"): Answer {
  const entries = pageOf(names, query).map((name) => ({ name, created_at: STAMP, updated_at: STAMP }));
  return ok({ total_count: names.length, [key]: entries });
}

/** https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function pageOf<T>(all: readonly T[], query: URLSearchParams): readonly T[] {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 30)];
  return all.slice((page - 1) * size, page * size);
}
