import { groupedBy, reachable } from "../collections";
import { oncePer, oncePerName } from "../once-per";
import { expressionsIn } from "./expression";
import { child, isObject, type Placed, stringsIn } from "./json";
import type { Place, Stack } from "./stack";

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
  const { depends_on: named, "//": _, ...rest } = bodiesOf(stack).get(address) ?? {};
  return [...(Array.isArray(named) ? named.map(String) : []), ...referencesIn(rest)];
});

/** Every `<type>.<name>` and `local.<name>` in the interpolations of a value. */
function referencesIn(value: unknown): readonly string[] {
  return stringsIn({ value, pointer: "" })
    .flatMap((text) => expressionsIn(text.value))
    .filter((expression) => !OWN_WORDS.test(expression))
    .flatMap((expression) => [...expression.replace(NO_REFERENCE, " ").matchAll(REFERENCE)])
    .map(([reference]) => reference);
}

/** Loops give names of their own to what they go through, and heredocs hold any text. */
const OWN_WORDS = /\bfor\b|<</;
/** Strings and comments. */
const NO_REFERENCE = /"(?:[^"\\]|\\[\s\S])*"|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*/g;
const REFERENCE = /(?<![\w.-])[a-z]\w*\.[A-Za-z_][\w-]*/g;

/** A text that Terraform evaluates, with the words in it. */
interface Template extends Place {
  readonly words: ReadonlySet<string>;
}

/** A holder of a value, by the two words that a reference to it has: `var` and a name, a resource's type and name. */
type Bearer = readonly [string, string];

/**
 * Where a stack uses a variable: itself, through locals, or through a resource that it is given to. It goes by the words of
 * a text, so none is left out, and one may be named that only speaks of it.
 */
export function usesOf(stack: Stack, variable: string): readonly Place[] {
  const found = new Set<Template>();
  const bearers = new Map<string, Bearer>([["", ["var", variable]]]);
  // The map also gives out bearers that are added meanwhile.
  for (const [word, name] of bearers.values()) {
    const named = (templatesOf(stack).get(name) ?? []).map(({ template }) => template);
    for (const use of named.filter((each) => each.words.has(word) && !found.has(each))) {
      found.add(use);
      for (const bearer of bearersAt(use.pointer)) bearers.set(bearer.join("."), bearer);
    }
  }
  return [...found].map(({ stack: name, pointer }) => ({ stack: name, pointer }));
}

/** The holders that a place is part of. A value that Terraform only checks is part of none. */
function bearersAt(pointer: string): readonly Bearer[] {
  const [, local] = /^\/locals(?:\/\d+)*\/([^/]+)/.exec(pointer) ?? [];
  const [, type, name] =
    /^\/(?:resource|data)(?:\/\d+)*\/([^/]+)(?:\/\d+)*\/([^/]+)(?:\/\d+)*\/(?!lifecycle\/)/.exec(pointer) ?? [];
  return [
    ...(local === undefined ? [] : [["local", local] as const]),
    ...(type === undefined || name === undefined ? [] : [[type, name] as const]),
  ];
}

/** The templates of a stack by each word that they hold. */
const templatesOf = oncePer(({ name, json }: Stack) => {
  const templates = templatesIn(json, "", name);
  const held = templates.flatMap((template) => [...template.words].map((word) => ({ word, template })));
  return groupedBy(held, ({ word }) => word);
});

/** The names of members are templates as their values are. */
function templatesIn(value: unknown, pointer: string, stack: string): readonly Template[] {
  if (typeof value === "string") return templateOf(value, pointer, stack);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = child(pointer, key);
    return [...templateOf(key, at, stack), ...templatesIn(inner, at, stack)];
  });
}

function templateOf(text: string, pointer: string, stack: string): readonly Template[] {
  if (!/[$%]\{/.test(text)) return [];
  const words = new Set(text.replace(ID, " ").match(WORD));
  return [{ stack, pointer, words }];
}

/** A reference to the id that a platform gives a resource: it holds nothing of what the resource is given. */
const ID = /(?<![\w.-])(?!(?:var|local)\.)[\w-]+\.[\w-]+\.id(?![\w-])/g;

/** An identifier: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#identifiers */
const WORD = /[\p{ID_Start}_][\p{ID_Continue}-]*/gu;

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

const FILE_CONTENT = /^\/resource\/github_repository_file\/[^/]+(\/\d+)?\/content$/;

/** An escaped interpolation; one level of braces within it is enough for calls and maps. */
const ESCAPED = /\$\$\{((?:[^{}]|\{[^{}]*\})*)\}/g;

/** `cloudflare_list.meta.name`, `var.secret`, `data.cloudflare_zone.z.id`: a name of Terraform's, not of a shell's. */
const NAMED = /\b(?:(?:var|local|data|module)|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.[A-Za-z_]/;

const escapedIn = (text: string): readonly string[] =>
  [...text.matchAll(ESCAPED)].map(([, inner = ""]) => inner).filter((inner) => NAMED.test(inner));
