/** What a route is asked: the named segments of its path, the query, the body as JSON. */
export interface Asked {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a route answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A method, the form of a path whose groups are its parameters, and what answers it. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (asked: Asked) => Answer;
}

export const notFound: Answer = { status: 404, body: { message: "not found" } };
