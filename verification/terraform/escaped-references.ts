import { type Placed, stringsIn } from "./json";

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
 * What is escaped without naming a reference stays unreported, such as the `${jndi:` that a rule may look for. So does
 * the content of a repository's file, where `$${{ … }}` is the workflow's own language.
 */
export function escapedReferences(terraformJson: Placed<unknown>): readonly EscapedReference[] {
  return stringsIn(terraformJson)
    .filter(({ pointer }) => !FILE_CONTENT.test(pointer))
    .flatMap(({ value, pointer }) =>
      referencesIn(value).map((reference) => ({
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
const REFERENCE = /\b(?:(?:var|local|data|module)|[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.[A-Za-z_]/;

const referencesIn = (text: string): readonly string[] =>
  [...text.matchAll(ESCAPED)].map(([, inner = ""]) => inner).filter((inner) => REFERENCE.test(inner));
