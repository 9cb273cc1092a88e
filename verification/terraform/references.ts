import { reachable } from "../collections";
import { oncePer, oncePerName } from "../once-per";
import { expressionsIn } from "./expression";
import { isObject, type Placed, stringsIn } from "./json";
import type { Stack } from "./stack";

/** The addresses that something comes after, directly or through others. */
export function predecessors(stack: Stack, address: string): ReadonlySet<string> {
  return reachable(address, (each) => referencesOf(stack, each));
}

const bodiesOf = oncePer(
  ({ resources }: Stack) => new Map(resources.map(({ address, body }) => [address, body] as const)),
);

/** The addresses that a resource or a local refers to: Terraform applies those first. */
const referencesOf = oncePerName((stack: Stack, address: string): readonly string[] => {
  const [root, local = ""] = address.split(".");
  const { locals } = stack.json;
  if (root === "local") return isObject(locals) ? referencesIn(locals[local]) : [];
  const { depends_on: named, ...rest } = bodiesOf(stack).get(address) ?? {};
  return [...(Array.isArray(named) ? named.map(String) : []), ...referencesIn(rest)];
});

/** Every `<type>.<name>` and `local.<name>` in the interpolations of a value. Terraform reads no comment of a block. */
function referencesIn(value: unknown): readonly string[] {
  return stringsIn({ value, pointer: "" })
    .filter(({ pointer }) => !COMMENT.test(pointer))
    .flatMap((text) => expressionsIn(text.value))
    .filter((expression) => !OWN_WORDS.test(expression))
    .flatMap((expression) => [...expression.replace(NO_REFERENCE, " ").matchAll(REFERENCE)])
    .map(([reference]) => reference);
}

/** A member `//`: https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties */
const COMMENT = /\/~1~1(?:\/|$)/;

/** Loops give names of their own to their elements, and heredocs hold any text. */
const OWN_WORDS = /\bfor\b|<</;
/** Strings and comments. */
const NO_REFERENCE = /"(?:[^"\\]|\\[\s\S])*"|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*/g;
const REFERENCE = /(?<![\w.-])[a-z]\w*\.[A-Za-z_][\w-]*/g;

/** A reference that is sent to the platform as its own text. */
export interface EscapedReference {
  readonly pointer: string;
  readonly reference: string;
  readonly wrong: string;
  readonly meant: string;
}

/**
 * `$${` is Terraform's escape for a literal `${`
 * (https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences): the reference within is
 * sent to the platform as text. It comes of writing a Cloudflare list as `$${list.name}` in a template literal.
 *
 * An escape that names no reference stays unreported, such as the `${jndi:` that a rule may look for. So does the content of
 * a repository's file, where `$${{ … }}` is the workflow's own language.
 */
export function escapedReferences(terraformJson: Placed<unknown>): readonly EscapedReference[] {
  return stringsIn(terraformJson)
    .filter(({ pointer }) => !FILE_CONTENT.test(pointer))
    .flatMap(({ value, pointer }) =>
      escapedIn(value).map((reference) => ({
        ...{ pointer, reference },
        wrong: `"$\${${reference}}" is Terraform's escape: the text "\${${reference}}" itself is sent to the platform`,
        meant: `"$" followed by the value of ${reference}`,
      })),
    );
}

const FILE_CONTENT = /^\/resource\/github_repository_file\/[^/]+\/content$/;

/** An escaped interpolation; one level of braces within it is enough for calls and maps. */
const ESCAPED = /\$\$\{((?:[^{}]|\{[^{}]*\})*)\}/g;

/** `cloudflare_list.meta.name`, `var.secret`, `data.cloudflare_zone.z.id`: a name of Terraform's, not of a shell's. */
const NAMED = /\b(?:(?:var|local|data|module)|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.[A-Za-z_]/;

const escapedIn = (text: string): readonly string[] =>
  [...text.matchAll(ESCAPED)].map(([, inner = ""]) => inner).filter((inner) => NAMED.test(inner));
