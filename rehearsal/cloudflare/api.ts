import schemas from "../provider-schemas/cloudflare-5.22.0.json";
import { type Asked, type Call, type Json, routeOf, type Routes } from "../server";
import type { AskedEstate } from "./estate";

/** The `result` of the envelope, and `result_info` where the platform pages. */
export interface ApiResult {
  readonly result: unknown;
  readonly resultInfo?: Json;
}

export class ApiRefusal extends Error {
  public constructor(
    public readonly status: number,
    public readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The answer of the route that fits. */
export function answered<Q extends Asked>(
  routes: Routes<ApiResult, Q>,
  { method, path }: Pick<Call, "method" | "path">,
  asked: Omit<Q, "params">,
): ApiResult {
  const found = routeOf(routes, method, path);
  if (found === undefined) throw new ApiRefusal(400, 7000, `No route for that URI: ${method} ${path}`);
  return found.route({ ...asked, params: found.params } as Q);
}

interface Collection<T, Q> {
  readonly in: (asked: Q) => Map<string, T>;
  /** The object as it is kept, from what is asked and what it was. */
  readonly store: (asked: Q, id: string, before?: T) => T;
  /** The form of a new object's id. @default - 32 hexadecimal digits */
  readonly id?: (digits: string) => string;
  /** @default "PUT" */
  readonly change?: "PUT" | "PATCH";
  /** @default - all at once */
  readonly page?: (all: readonly Json[], query: URLSearchParams) => ApiResult;
  /** @default - as it is kept */
  readonly shown?: (object: T) => unknown;
  /** @default - refuses nothing */
  readonly beforeRemoval?: (object: T, asked: Q) => void;
}

/** The routes that every kind of object has: all of them, a new one, one, another state of it, and its end. */
export function collection<Q extends AskedEstate, T = Json>(
  path: string,
  kind: Collection<T, Q>,
): Routes<ApiResult, Q> {
  const { in: objects, store, change = "PUT", page = (all) => ({ result: all }), shown = (one) => one } = kind;
  const { id: idOf = (digits) => digits, beforeRemoval = () => undefined } = kind;
  const stored = (asked: Q, id: string, before?: T): ApiResult => {
    const object = store(asked, id, before);
    objects(asked).set(id, object);
    return { result: shown(object) };
  };
  const one = (asked: Q): T => existing(objects(asked), asked, path);
  return {
    [`GET ${path}`]: (asked) => page([...objects(asked).values()].map(shown) as Json[], asked.query),
    [`POST ${path}`]: (asked) => stored(asked, idOf(asked.estate.newId())),
    [`GET ${path}/:id`]: (asked) => ({ result: shown(one(asked)) }),
    [`${change} ${path}/:id`]: (asked) => stored(asked, asked.params["id"] ?? "", one(asked)),
    [`DELETE ${path}/:id`]: (asked) => {
      beforeRemoval(one(asked), asked);
      objects(asked).delete(asked.params["id"] ?? "");
      return { result: { id: asked.params["id"] } };
    },
  };
}

/** An object by its id, or the platform's 404. */
export function existing<T>(objects: ReadonlyMap<string, T>, { params: { id = "" } }: Asked, kind: string): T {
  const object = objects.get(id);
  if (object === undefined) throw new ApiRefusal(404, 10001, `could not find ${id} among ${kind}`);
  return object;
}

/** Pages by number: https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/#pagination */
export function pageOf(all: readonly Json[], query: URLSearchParams, most = 20): ApiResult {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? most)];
  const result = all.slice((page - 1) * size, page * size);
  const total = { total_count: all.length, total_pages: Math.ceil(all.length / size) };
  return { result, resultInfo: { page, per_page: size, count: result.length, ...total } };
}

/** Pages by a cursor, as the items of a list come. */
export function cursorPage(items: readonly Json[], query: URLSearchParams): ApiResult {
  const start = Number(query.get("cursor") ?? 0);
  const next = start + Number(query.get("per_page") ?? 25);
  const cursors = next < items.length ? { after: String(next) } : {};
  return { result: items.slice(start, next), resultInfo: { cursors } };
}

interface Attribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly attributes: Readonly<Record<string, Attribute>>; readonly nesting_mode: string };
}

const RESOURCES = Object.values(schemas.provider_schemas)[0]?.resource_schemas as unknown as Readonly<
  Record<string, { readonly block: { readonly attributes: Readonly<Record<string, Attribute>> } }>
>;

/** The body, each member of which has to be one of the provider's resource. */
export function known(resource: string, body: Json): Json {
  refuseStrangers(objectOf(body), RESOURCES[`cloudflare_${resource}`]?.block.attributes ?? {}, resource);
  return body;
}

function refuseStrangers(value: unknown, attributes: Readonly<Record<string, Attribute>>, at: string): void {
  for (const object of (Array.isArray(value) ? value : [value]) as readonly unknown[]) {
    for (const [name, member] of Object.entries(object ?? {})) {
      // Of a cache directive, the schema writes the hyphen as an underscore.
      const attribute = attributes[name.replaceAll("-", "_")] ?? attributes[name];
      if (attribute === undefined) throw new ApiRefusal(400, 6003, `Invalid request body: ${at} has no ${name}`);
      const { nested_type: nested } = attribute;
      if (nested === undefined) continue;
      const within = nested.nesting_mode === "map" ? Object.values(member ?? {}) : member;
      refuseStrangers(within, nested.attributes, `${at}.${name}`);
    }
  }
}

function objectOf(body: unknown): Json {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Json;
  throw new ApiRefusal(400, 6003, "Invalid request body: an object was expected");
}

export function listOf(body: unknown): readonly Json[] {
  if (Array.isArray(body)) return body.map(objectOf);
  throw new ApiRefusal(400, 6003, "Invalid request body: a list was expected");
}

export function textOf(body: Json, member: string): string {
  const value = body[member];
  if (typeof value === "string") return value;
  throw new ApiRefusal(400, 6003, `Invalid request body: ${member} must be a string`);
}
