import { type IResolvable, Token } from "cdktf";

/**
 * An object as the value of a Terraform output.
 *
 * cdktf 0.21 asks `util.isArray` about a plain object, and Node.js 22 and newer warn of that function. It asks nothing about
 * a token.
 *
 * @see https://nodejs.org/api/deprecations.html#DEP0044
 */
export function outputValue(value: Readonly<Record<string, unknown>>): IResolvable {
  return Token.asAny(value);
}
