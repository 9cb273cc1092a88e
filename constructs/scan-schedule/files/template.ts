import { readFileSync } from "node:fs";
import { join } from "node:path";

const PLACEHOLDER = /<<([a-z-]+)>>/g;
const BLOCK = /^( *)(?:# <<([a-z-]+)>>|<!-- <<([a-z-]+)>> -->)\n/gm;

/** The values of a template's placeholders, by name. */
export type TemplateValues = Readonly<Record<string, string>>;

/** The text of a file below this folder, for example `templates/snyk.yml`. */
export function shippedText(path: string): string {
  return readFileSync(join(__dirname, path), "utf8");
}

/**
 * Fills in a template.
 *
 * `<<name>>` is replaced within its line. A line that is only the comment `# <<name>>` (YAML) or `<!-- <<name>> -->`
 * (Markdown) becomes a block of any number of lines, with the comment's indentation. An empty block removes the line.
 * Placeholders within values stay as they are.
 *
 * @throws Error if a placeholder has no value, a value has no placeholder, or a value within a line has several lines
 */
export function fill(template: string, values: TemplateValues): string {
  const used = new Set<string>();
  const value = (name: string): string => {
    used.add(name);
    const found = values[name];
    if (found === undefined) throw new Error(`the template's placeholder <<${name}>> has no value`);
    return found;
  };
  const inLine = (text: string): string =>
    text.replace(PLACEHOLDER, (_, name: string) => {
      const found = value(name);
      if (found.includes("\n")) throw new Error(`<<${name}>> stands within a line, but its value has several`);
      return found;
    });
  let filled = "";
  let at = 0;
  for (const match of template.matchAll(BLOCK)) {
    const [line, indent = "", yamlName, markdownName] = match;
    filled += inLine(template.slice(at, match.index)) + indented(value(yamlName ?? markdownName ?? ""), indent);
    at = match.index + line.length;
  }
  filled += inLine(template.slice(at));
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`the template has no placeholder for ${unused.join(", ")}`);
  return filled;
}

function indented(block: string, indent: string): string {
  return block
    .split("\n")
    .map((line) => (line === "" ? line : indent + line))
    .join("\n");
}

/**
 * Writes a text so that Terraform reads it back byte for byte.
 *
 * Terraform reads every string of its JSON as a template, in which `${` starts an interpolation and `%{` a directive. A
 * doubled first character makes both literal
 * (https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping and
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences). Nothing else is special
 * there.
 *
 * @throws Error if the text holds a CDKTF token: escaping would turn the reference into plain text
 */
export function terraformEscape(text: string): string {
  if (text.includes(TOKEN_MARK)) {
    throw new Error(
      `terraformEscape got a text with a CDKTF token (${TOKEN_MARK}...); only plain text can be escaped: resolve the value before it is put into the text`,
    );
  }
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

const TOKEN_MARK = "TfToken[";
