import { printable } from "../../printable";
import { listGatewayRules, listLists } from "../../platforms/cloudflare";
import { cannotTell, failure, type Finding } from "../../inventory/finding";
import { importLine, textAt } from "../synthesized";
import type { ZoneSubject } from "./subject";

/** The account's lists whose names the deploy would take. */
export async function lists({
  client,
  edge: { zone },
  synthesized,
  isDeployed,
}: ZoneSubject): Promise<readonly Finding[]> {
  const wanted = synthesized.kind === "read" ? synthesized.value.resources("cloudflare_list") : [];
  if (synthesized.kind === "unreadable" || wanted.length === 0 || isDeployed) return [];
  const live = await listLists(client, zone.account);
  const needs = "Account > Account Filter Lists > Read";
  if (live.kind === "unreadable") {
    return [cannotTell(`cloudflare/lists/${zone.account}`, "the account's lists", live, needs)];
  }
  return wanted.flatMap((resource) => {
    const name = textAt(resource, "name");
    return live.value
      .filter((list) => list.name === name)
      .map((list) =>
        failure(`cloudflare/list/${printable(list.id)}`, {
          what: `the account has a list ${name} already`,
          todo: "import it, or delete it if no rule names it",
          paste: importLine(synthesized.value, resource, `${zone.account}/${printable(list.id)}`),
        }),
      );
  });
}

/** The Gateway policies whose place the deploy would take. */
export async function gatewayPolicies({
  client,
  edge: { zone },
  synthesized,
}: ZoneSubject): Promise<readonly Finding[]> {
  const wanted = synthesized.kind === "read" ? synthesized.value.resources("cloudflare_zero_trust_gateway_policy") : [];
  if (synthesized.kind === "unreadable" || wanted.length === 0) return [];
  const live = await listGatewayRules(client, zone.account);
  if (live.kind === "unreadable") {
    const id = `cloudflare/gateway-policies/${zone.account}`;
    return [cannotTell(id, "the account's Gateway policies", live, "Account > Zero Trust > Read")];
  }
  return wanted.flatMap((resource) =>
    live.value
      .filter(
        ({ name, precedence }) => precedence === resource.attributes["precedence"] && name !== textAt(resource, "name"),
      )
      .map(({ id, name, precedence }) =>
        failure(`cloudflare/gateway-policy/${printable(id)}`, {
          what: `the Gateway policy "${printable(name)}" has the place ${String(precedence)} already`,
          todo: "give workerEgress another precedence, a multiple of 1000 that is free with the 500 after it",
        }),
      ),
  );
}
