import type { Repository } from "../../../policy/repository";
import { SNYK_DEFAULTS } from "../../../policy/snyk-options";
import { cannotTell, failure, type Finding } from "../../inventory/finding";
import type { Client } from "../../platforms/client";
import { listSecrets, listSharedSecrets, type SecretStore } from "../../platforms/github";
import type { Reading } from "../../platforms/platform";

const KIND: Readonly<Record<SecretStore, { readonly name: string; readonly needs: string }>> = {
  actions: { name: "Actions", needs: "Secrets: read" },
  dependabot: { name: "Dependabot", needs: "Dependabot secrets: read" },
};

/**
 * Both secrets that a scan reads: Dependabot's pull requests get no Actions secret.
 *
 * @see https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/troubleshooting-dependabot-on-github-actions
 */
export async function scanSecrets(client: Client, { name, snyk }: Repository): Promise<readonly Finding[]> {
  const { tokenSecret, dependabotSecret, writeToken } = { ...SNYK_DEFAULTS, ...snyk };
  if (writeToken) return [];
  const stores: readonly SecretStore[] = dependabotSecret ? ["actions", "dependabot"] : ["actions"];
  return (await Promise.all(stores.map((store) => ofStore(client, name, store, tokenSecret)))).flat();
}

async function ofStore(client: Client, name: string, store: SecretStore, secret: string): Promise<readonly Finding[]> {
  const id = `github/${store}-secret/${name}`;
  const { name: kind, needs } = KIND[store];
  const own = await listSecrets(client, name, store);
  if (own.kind === "unreadable") return [cannotTell(id, `the ${kind} secrets of ${name}`, own, needs)];
  if (holds(own, secret)) return [];
  const shared = store === "actions" ? await listSharedSecrets(client, name) : own;
  if (holds(shared, secret)) return [];
  if (shared.kind === "unreadable") {
    return [cannotTell(id, `whether the organization shares ${secret} with ${name}, which has none,`, shared, needs)];
  }
  const what = `${name} has no ${kind} secret ${secret}`;
  const todo = `set it: gh secret set ${secret} --repo ${name} --app ${store}`;
  return [failure(id, { what, todo })];
}

function holds(names: Reading<readonly string[]>, secret: string): boolean {
  return names.kind === "read" && names.value.includes(secret);
}
