import { isKnown, isList, isValueObject, type Value, type ValueObject } from "./value";

/** A function of Terraform, for known arguments; undefined where its result isn't modelled. */
export type TerraformFunction = (args: readonly Value[]) => Value | undefined;

/**
 * The functions that are evaluated.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export const TERRAFORM_FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map([
  ["join", join],
  ["format", format],
  ["jsonencode", jsonencode],
]);

function join([separator, ...lists]: readonly Value[]): Value | undefined {
  const parts = lists.length > 0 && lists.every(isList) ? lists.flat().map(asText) : [undefined];
  const isText = typeof separator === "string" && parts.every((part) => part !== undefined);
  return isText ? parts.join(separator) : undefined;
}

/**
 * A string, a number or a boolean as a template writes it. Of numbers only integers that are held exactly: Terraform
 * counts with more digits.
 */
export function asText(value: Value | undefined): string | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}

/** `%s`, `%v` and `%d` without flags, and `%%`. */
function format([form, ...values]: readonly Value[]): Value | undefined {
  if (typeof form !== "string") return undefined;
  const parts = form.split(/(%%|%[^%])/);
  const rest = [...values];
  const texts = parts.map((part, index) => {
    if (index % 2 === 0) return part.includes("%") ? undefined : part;
    if (part === "%%") return "%";
    const value = rest.shift();
    if (part === "%d") return typeof value === "number" ? asText(value) : undefined;
    return part === "%s" || part === "%v" ? asText(value) : undefined;
  });
  return rest.length === 0 && texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}

function jsonencode([value, ...others]: readonly Value[]): Value | undefined {
  return value === undefined || others.length > 0 ? undefined : jsonText(value);
}

/**
 * JSON as Terraform writes it. The members of an object stand in the order of their names' code points, and the
 * characters of HTML's syntax are escaped. Undefined where something is opaque, or a number that isn't held exactly.
 */
function jsonText(value: Value): string | undefined {
  if (typeof value === "string") return escaped(JSON.stringify(value));
  if (typeof value === "number") return asText(value);
  if (isList(value)) return enclosed("[", value.map(jsonText), "]");
  if (isValueObject(value)) return enclosed("{", membersOf(value), "}");
  return isKnown(value) ? String(value) : undefined;
}

function membersOf(value: ValueObject): readonly (string | undefined)[] {
  const entries = Object.entries(value).sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return entries.map(([key, inner]) => {
    const text = jsonText(inner);
    return text === undefined ? undefined : `${escaped(JSON.stringify(key))}:${text}`;
  });
}

function enclosed(start: string, parts: readonly (string | undefined)[], end: string): string | undefined {
  return parts.every((part) => part !== undefined) ? `${start}${parts.join(",")}${end}` : undefined;
}

const escaped = (text: string): string =>
  text.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/**
 * The functions whose result comes only from their arguments, the clock or chance. The others read files, or are a
 * provider's.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export const SAFE_FUNCTIONS: ReadonlySet<string> = new Set(
  `
  abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt
  can ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat
  contains csvdecode dirname distinct element endswith ephemeralasnull fileexists flatten floor format
  formatdate formatlist indent index issensitive join jsondecode jsonencode keys length log lookup lower
  matchkeys max md5 merge min nonsensitive one parseint pathexpand plantimestamp pow range regex regexall
  replace reverse rsadecrypt sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512
  signum slice sort split startswith strcontains strrev substr sum textdecodebase64 textencodebase64 timeadd
  timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix trimspace
  trimsuffix try upper urlencode uuid uuidv5 values yamldecode yamlencode zipmap
`
    .trim()
    .split(/\s+/),
);
