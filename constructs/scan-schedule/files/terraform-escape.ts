/**
 * Writes a text so that Terraform reads it back byte for byte.
 *
 * Terraform reads every string of its JSON as a template, in which `${` starts an interpolation and `%{` a directive;
 * doubling the first character makes both literal
 * (https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping and
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences). Nothing else is special there.
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
