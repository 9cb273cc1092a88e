/**
 * Where the providers come from whose resources are understood, by the names that stacks give them.
 *
 * @see https://registry.terraform.io
 */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  cloudflare: ["cloudflare/cloudflare"],
  github: ["integrations/github"],
  null: ["null", "hashicorp/null"],
};

/** The registry that a source without a host is of. */
const REGISTRY = "registry.terraform.io/";

/** Whether a provider comes from its platform's own source; one that isn't understood has none to compare with. */
export function isOfficial(provider: string, source: unknown): boolean {
  const sources = Object.hasOwn(SOURCES, provider) ? SOURCES[provider] : undefined;
  if (sources === undefined) return true;
  return typeof source === "string" && sources.includes(source.toLowerCase().replace(REGISTRY, ""));
}
