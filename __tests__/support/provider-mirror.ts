import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProviderVersions } from "../../stacks/provider-versions";

const SOURCES: Readonly<Record<keyof ProviderVersions, string>> = {
  cloudflare: "cloudflare/cloudflare",
  github: "integrations/github",
  null: "hashicorp/null",
};

/** The registry of which an engine looks for providers in a mirror. */
const HOSTS: Readonly<Record<string, string>> = { terraform: "registry.terraform.io", tofu: "registry.opentofu.org" };

/**
 * Which of these providers Terraform can't install without a registry, if there are any.
 *
 * They come from a filesystem mirror that the CLI configuration named by `TF_CLI_CONFIG_FILE` declares, so that no test
 * asks a registry.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export function whyNoProviders(versions: Partial<ProviderVersions>, engine = "terraform"): string | undefined {
  const file = process.env["TF_CLI_CONFIG_FILE"] ?? "";
  const mirror = /filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"/.exec(textOf(file))?.[1];
  if (mirror === undefined) return "TF_CLI_CONFIG_FILE names no CLI configuration with a filesystem_mirror";
  const missing = Object.entries(versions).filter(([name, version]) => {
    const source = SOURCES[name as keyof ProviderVersions];
    return !existsSync(join(mirror, HOSTS[engine] ?? "", source, version));
  });
  if (missing.length === 0) return undefined;
  return `the filesystem mirror ${mirror} lacks ${missing.map((provider) => provider.join(" ")).join(", ")}`;
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
