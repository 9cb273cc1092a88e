/** Any JSON object that travels to or from the API. */
export type Json = Record<string, unknown>;

/** One request as a handler sees it: `path` begins after `/client/v4`, `params` are the named segments of the route. */
export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What a handler answers: the `result` of the envelope, and `result_info` where the platform pages. */
export interface ApiResult {
  readonly result: unknown;
  readonly resultInfo?: Json;
}

/** A method, a path with `:named` segments, and what answers it. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly answer: (request: ApiRequest) => ApiResult;
}

/** An answer that is an error in the platform's envelope. */
export class ApiRefusal extends Error {
  public constructor(
    public readonly status: number,
    public readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The envelope of a success: https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/ */
export function success({ result, resultInfo }: ApiResult): Json {
  const paging = resultInfo === undefined ? {} : { result_info: resultInfo };
  return { result, success: true, errors: [], messages: [], ...paging };
}

/** The envelope of a refusal. */
export function failure({ code, message }: ApiRefusal): Json {
  return { result: null, success: false, errors: [{ code, message }], messages: [] };
}

/** The named segments of `path` if it has the form of `pattern`. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const got = path.split("/");
  if (wanted.length !== got.length) return undefined;
  const pairs = wanted.map((segment, index) => [segment, got[index] ?? ""] as const);
  if (pairs.some(([segment, value]) => !segment.startsWith(":") && segment !== value)) return undefined;
  return Object.fromEntries(
    pairs.flatMap(([segment, value]) => (segment.startsWith(":") ? [[segment.slice(1), value]] : [])),
  );
}

/** The body as an object. */
export function objectOf(body: unknown): Json {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Json;
  throw new ApiRefusal(400, 6003, "Invalid request body: an object was expected");
}

/** The body as a list of objects. */
export function listOf(body: unknown): readonly Json[] {
  if (Array.isArray(body)) return body.map(objectOf);
  throw new ApiRefusal(400, 6003, "Invalid request body: a list was expected");
}

/** A member that has to be a string. */
export function textOf(body: Json, member: string): string {
  const value = body[member];
  if (typeof value === "string") return value;
  throw new ApiRefusal(400, 6003, `Invalid request body: ${member} must be a string`);
}
