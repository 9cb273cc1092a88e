import type { TerraformStack } from "cdktf";
import { InvalidInput, shown } from "../errors/invalid-input";

/** The exact versions of the Terraform providers that a stack asks for. */
export interface ProviderVersions {
  readonly cloudflare: string;
  readonly github: string;
  readonly null: string;
}

/**
 * The versions that stacks ask for by default. They accept the JSON of the bindings, which were made for
 * {@link BINDINGS_VERSIONS}; a state that they have written can't go back to those.
 */
export const DEFAULT_VERSIONS: ProviderVersions = { cloudflare: "5.22.0", github: "6.13.0", null: "3.2.4" };

/** The versions that the bindings of package.json were generated from. */
export const BINDINGS_VERSIONS: ProviderVersions = { cloudflare: "5.14.0", github: "6.9.0", null: "3.2.4" };

/**
 * Pins a provider of a stack. Without it, a stack asks for the version of the bindings.
 *
 * @throws {InvalidInput} when the version isn't exact: a range would let a deploy take an unreviewed version
 */
export function pinProvider(stack: TerraformStack, provider: keyof ProviderVersions, versions: ProviderVersions): void {
  const version = versions[provider];
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    const at = `versions.${provider}`;
    throw new InvalidInput(stack.node.id, [{ at, got: shown(version), allowed: "an exact version, such as 5.22.0" }]);
  }
  stack.addOverride(`terraform.required_providers.${provider}.version`, version);
}
