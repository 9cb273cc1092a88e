import { isObject } from "./json";
import { sha256 } from "./source";
import { nameOfValue, type Value } from "./value";

/**
 * A kind of thing that a platform knows by a text. It gives the one spelling in which its texts are compared; undefined
 * for a text that isn't in the plain form of its kind. A platform may take that for any thing of the kind: providers
 * write these texts into URLs, where `./api`, `api#` and `%61pi` lead to `api`.
 */
export type Kind = (text: string) => string | undefined;

const kind =
  (form: RegExp, folded: (text: string) => string = (text) => text): Kind =>
  (text) =>
    form.test(text) ? folded(text) : undefined;

const lower = (text: string): string => text.toLowerCase();

/** A zone or an account: https://developers.cloudflare.com/fundamentals/account/find-account-and-zone-ids/ */
export const CLOUDFLARE_ID = kind(/^[0-9a-f]{32}$/);

/** A setting of a zone: https://developers.cloudflare.com/api/resources/zones/subresources/settings/ */
export const ZONE_SETTING = kind(/^[a-z0-9_]+$/);

/** A service or a datastore of Render, or a project of Supabase. */
export const PLATFORM_ID = kind(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

/**
 * A name of DNS, without regard to letter case and to the dot of the root. A name beyond ASCII has another one there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4343
 */
export const DNS_NAME = kind(/^[\w*-]+(?:\.[\w*-]+)*\.?$/, (text) => lower(text).replace(/\.$/, ""));

/** A user or an organization of GitHub, which doesn't tell letter case apart. */
export const OWNER = kind(/^[a-z0-9](?:[\w-]*)$/i, lower);

/** A repository among those of its owner. GitHub drops `.git` at the end of a name, and doesn't tell letter case apart. */
export const REPOSITORY = kind(/^(?!\.{1,2}$|.*\.git$)[\w.-]+$/i, lower);

/** A repository as `owner/name`. */
export const FULL_NAME: Kind = (text) => {
  const [owner = "", name = "", ...rest] = text.split("/");
  const parts = [OWNER(owner), REPOSITORY(name)];
  return rest.length > 0 || parts.includes(undefined) ? undefined : parts.join("/");
};

/** A branch: `main`, and not its whole reference `refs/heads/main`. Git tells letter case apart. */
export const BRANCH = kind(
  /^(?!(?:refs|heads|tags|remotes)\/|HEAD$)[A-Za-z0-9_](?!.*(?:\.\.|\.\/|\/[./]|[./]$))[\w./-]*$/,
);

/** A file of a repository, from its root. Git tells letter case apart, and so do Linux runners. */
export const FILE_PATH = kind(/^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[\w./@+~=,()[\]-]+$/);

/** A secret of Actions or Dependabot, whose letter case GitHub folds: https://docs.github.com/en/actions/reference/security/secrets */
export const SECRET_NAME = kind(/^[a-z_]\w*$/i, (text) => text.toUpperCase());

/** Whether two texts name one thing: unknown where one may name any. Equal texts always name the same thing. */
export type Relation = "same" | "another" | "unknown";

export function relationOf(of: Kind, one: Value | undefined, other: Value | undefined): Relation {
  if (nameOfValue(one) === nameOfValue(other)) return "same";
  const [known, compared] = [one, other].map((value) => (typeof value === "string" ? of(value) : undefined));
  if (known === undefined || compared === undefined) return "unknown";
  return known === compared ? "same" : "another";
}

/** Whether two texts may name one thing: they name two only where both are in the plain form of their kind and differ. */
export const mayBeSame = (of: Kind, one: Value | undefined, other: Value | undefined): boolean =>
  relationOf(of, one, other) !== "another";

/**
 * A place by names and not by positions, so that additions before or behind it don't change it. A resource goes by its
 * address, a rule by its `ref`, another element of a list by its content.
 *
 * @param json a stack's Terraform JSON
 * @param pointer a JSON pointer into it: https://www.rfc-editor.org/rfc/rfc6901
 * @returns the names on the way there; none for the whole stack
 */
export function canonicalPlace(json: unknown, pointer: string): readonly string[] {
  const names: string[] = [];
  let value = json;
  for (const key of keysIn(pointer)) {
    names.push(Array.isArray(value) ? nameIn(value, Number(key)) : key);
    value = memberOf(value, key);
  }
  const [block, type = "", name, ...rest] = names;
  return block === "resource" && name !== undefined ? [`${type}.${name}`, ...rest] : names;
}

/** The value at a place; undefined where there is none. */
export function valueAt(json: unknown, pointer: string): unknown {
  return keysIn(pointer).reduce(memberOf, json);
}

function keysIn(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** An element's name; of those with the same one, the second has a number. */
function nameIn(list: readonly unknown[], index: number): string {
  const name = ownName(list[index]);
  const earlier = list.slice(0, index).filter((each) => ownName(each) === name).length;
  return earlier === 0 ? name : `${name} (${earlier + 1})`;
}

function ownName(element: unknown): string {
  if (!isObject(element)) return typeof element === "string" ? element : JSON.stringify(element ?? null);
  const { ref } = element;
  return typeof ref === "string" ? ref : sha256(JSON.stringify(element)).slice(0, 8);
}

function memberOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
