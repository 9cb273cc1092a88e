import type { Reached, Template } from "../terraform/flow";
import { valueAt } from "../terraform/identity";
import { isObject } from "../terraform/json";
import type { Stack } from "../terraform/stack";

/**
 * The places that show something of a secret, among those that it reaches. A local shows nothing: it is followed on.
 * Nor does a condition that only tells whether the secret will do; the end of another condition may tell the secret.
 */
export function shownIn(stack: Stack, reached: readonly Reached[]): readonly Reached[] {
  const areFew = reached.filter(isCondition).length <= MOST_CONDITIONS;
  return reached.flatMap((each) => {
    if (!isCondition(each)) return isLocal(each) && !mayFailLoudly(each, stack) ? [] : [each];
    const tellsLittle = areFew && !isRepeated(each.pointer, stack) && !mayFailLoudly(each, stack);
    return tellsLittle ? [] : [{ ...each, isCertain: false }];
  });
}

/** Each condition tells one bit: too few to guess a secret by. */
const MOST_CONDITIONS = 16;

/** Whether a place is a local. */
export const isLocal = ({ address }: Template): boolean => address.startsWith("local.");

/** Whether a place is a condition: Terraform hides a sensitive value in it, and tells whether it holds. */
export const isCondition = ({ address, members }: Template): boolean =>
  CONDITION.test(`${address} ${members.join(".")}`);

const CONDITION =
  /^(?:output\.\S+ precondition|variable\.\S+ validation|check\.\S+ assert|\S+ lifecycle\.(?:pre|post)condition)\.condition$/;

/** Whether Terraform may fail at a place with a message that quotes its value, sensitive or not. */
export function mayFailLoudly({ pointer, mentions }: Template, stack: Stack): boolean {
  const text = String(valueAt(stack.json, pointer));
  const calls = mentions.flatMap(({ address }) => /^(?:core::)?([\w:]+)\(/.exec(address)?.[1] ?? []);
  return MAKES_KEYS.test(text) || (calls.some((name) => !QUIET.has(name)) && !CAUGHT.test(text) && !DECODED.test(text));
}

/** A loop that makes an object: its error quotes a key that comes twice. */
const MAKES_KEYS = /\bfor\b[^]*=>/;

/**
 * The functions whose errors quote none of their arguments. Others do: Terraform 1.11.4 quotes a sensitive variable at
 * `cidrhost`, `regex` and `timeadd`.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
const QUIET: ReadonlySet<string> = new Set(
  `
  alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 bcrypt chomp coalesce coalescelist
  compact concat contains distinct element endswith file filebase64 filebase64sha256 filebase64sha512 filemd5 filesha1
  filesha256 filesha512 flatten format formatlist indent issensitive join jsonencode keys length lookup lower max md5
  merge min nonsensitive one reverse sensitive sha1 sha256 sha512 slice sort split startswith strcontains strrev substr
  sum textdecodebase64 title tobool tolist tomap tonumber toset tostring trim trimprefix trimspace trimsuffix upper
  urlencode values yamlencode zipmap
`
    .trim()
    .split(/\s+/),
);

/** One call whose error is caught: `can(regex("^[!-~]{32,}$", var.secret))` */
const CAUGHT = /^\$\{\s*can\(\w+\((?:"(?:[^"\\$%]|\\.|[$%](?!\{))*"|[\w.]|,|\s)*\)\)\s*\}$/;

/** The JSON of a whole variable, whose error quotes one sign of it. */
const DECODED = /^\$\{\s*jsondecode\(\s*var\.[\w-]+\s*\)\s*\}$/;

/** Whether a place is in a resource, or in data, of which there may be several. */
export function isRepeated(pointer: string, { json }: Stack): boolean {
  const [, block = "", ...names] = pointer.split("/");
  if (block !== "resource" && block !== "data") return false;
  const body = valueAt(json, ["", block, ...names.slice(0, 2)].join("/"));
  return !isObject(body) || "count" in body || "for_each" in body;
}
