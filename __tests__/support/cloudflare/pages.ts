import type { Json } from "./api";

/** Pages by number, as the platform does: https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/#pagination */
export function pageOf(all: readonly Json[], query: URLSearchParams): { result: readonly Json[]; resultInfo: Json } {
  const [page, size] = [Number(query.get("page") ?? 1), Number(query.get("per_page") ?? 20)];
  const result = all.slice((page - 1) * size, page * size);
  const pages = Math.ceil(all.length / size);
  return {
    result,
    resultInfo: { page, per_page: size, count: result.length, total_count: all.length, total_pages: pages },
  };
}
