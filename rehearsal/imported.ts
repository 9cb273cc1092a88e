import type { Call } from "./server";

/** A thing that a platform has and the state doesn't know, as the engine imports it. */
export interface Imported {
  readonly address: string;
  readonly id: string;
}

/**
 * The path of a thing that is created, and the beginning of the name by which its provider imports it.
 *
 * @see https://registry.terraform.io/providers/cloudflare/cloudflare/latest/docs/resources/ruleset#import
 * @see https://registry.terraform.io/providers/integrations/github/latest/docs/resources/repository_ruleset#import
 */
const IMPORTS: readonly (readonly [created: RegExp, begin: string])[] = [
  [/^zones\/(\w+)\/rulesets$/, "zones/$1/"],
  [/^zones\/(\w+)\/dns_records$/, "$1/"],
  [/^accounts\/(\w+)\/.*$/, "$1/"],
  [/^repos\/[^/]+\/([^/]+)\/rulesets$/, "$1:"],
];

/** The thing that a write has created without the engine's knowledge, by the words in which the next apply fails. */
export function createdBy({ method, path, answer }: Call, said: string): Imported | undefined {
  const body = answer?.body as { readonly id?: unknown; readonly result?: { readonly id?: unknown } } | undefined;
  const id = body?.result?.id ?? body?.id;
  const [, address] = /^[\s│]*with ([\w.-]+),$/m.exec(said) ?? [];
  const found = IMPORTS.find(([created]) => created.test(path));
  if (method !== "POST" || id === undefined || address === undefined || found === undefined) return undefined;
  return { address, id: `${path.replace(...found)}${String(id)}` };
}
