import type { Answer } from "../platform/route";
import type { RepositoryState } from "./repository-state";

/** What a route below a repository is asked. */
export interface Asked {
  readonly state: RepositoryState;
  readonly params: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
  readonly query: URLSearchParams;
  /** The address of the request, without its query. */
  readonly url: string;
}

/** A method and the form of a path after `repos/<owner>/<name>/`, whose groups are its parameters. */
export interface RepositoryRoute {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (asked: Asked) => Answer;
}

export function route(method: string, path: string, answer: RepositoryRoute["answer"]): RepositoryRoute {
  return { method, path: new RegExp(`^${path}$`), answer };
}
