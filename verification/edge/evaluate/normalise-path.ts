/**
 * The path of a request as Cloudflare's URL normalisation of type `cloudflare` leaves it.
 *
 * First `\` becomes `/`, and runs of `/` become one. Then, by RFC 3986, escapes of unreserved characters are decoded,
 * the others get upper-case digits, and dot segments are removed. Escapes of reserved characters stay: `%2F` is not
 * `/`.
 *
 * @see https://developers.cloudflare.com/rules/normalization/how-it-works/
 */
export function normalisePath(path: string): string {
  const slashes = path.replaceAll("\\", "/").replace(/\/{2,}/g, "/");
  const escapes = slashes.replace(/%([0-9A-Fa-f]{2})/g, (escape, digits: string) => {
    const character = String.fromCharCode(parseInt(digits, 16));
    return UNRESERVED.test(character) ? character : escape.toUpperCase();
  });
  return withoutDotSegments(escapes);
}

/** RFC 3986, section 2.3. */
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/** RFC 3986, section 5.2.4, for paths that begin with `/`. */
function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/").slice(1);
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== "." && segment !== "..") kept.push(segment);
    else if (last) kept.push("");
  });
  return `/${kept.join("/")}`;
}
