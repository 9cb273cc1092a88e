import { ApiRefusal, type Json, listOf, objectOf, type Route, textOf } from "./api";
import { existing, STAMP, type Account, type AddressList, type Estate } from "./estate";
import { listsIn, rulesOf } from "./rulesets";

/**
 * An account's lists: items change in bulk operations that complete later, one at a time, and a list that a rule
 * names can't be deleted.
 *
 * Source: https://developers.cloudflare.com/waf/tools/lists/lists-api/endpoints/ and what the provider calls
 * (cloudflare/terraform-provider-cloudflare v5.22.0, internal/services/list/resource.go).
 */
export function listRoutes(estate: Estate): readonly Route[] {
  const accountOf = (params: Readonly<Record<string, string>>): Account => estate.account(params["account"] ?? "");
  const listIn = (params: Readonly<Record<string, string>>): AddressList =>
    existing(accountOf(params).lists, params["id"] ?? "", "list");
  return [
    {
      method: "POST",
      path: "accounts/:account/rules/lists",
      answer: ({ params, body }) => ({ result: shown(create(estate, accountOf(params), objectOf(body))) }),
    },
    {
      method: "GET",
      path: "accounts/:account/rules/lists",
      answer: ({ params }) => ({ result: [...accountOf(params).lists.values()].map(shown) }),
    },
    {
      method: "GET",
      path: "accounts/:account/rules/lists/:id",
      answer: ({ params }) => ({ result: shown(listIn(params)) }),
    },
    {
      method: "PUT",
      path: "accounts/:account/rules/lists/:id",
      answer: ({ params, body }) => {
        const list = listIn(params);
        list.facts["description"] = objectOf(body)["description"] ?? "";
        return { result: shown(list) };
      },
    },
    {
      method: "DELETE",
      path: "accounts/:account/rules/lists/:id",
      answer: ({ params }) => {
        const id = params["id"] ?? "";
        refuseIfNamed(estate, params["account"] ?? "", textOf(listIn(params).facts, "name"));
        accountOf(params).lists.delete(id);
        return { result: { id } };
      },
    },
    {
      method: "GET",
      path: "accounts/:account/rules/lists/:id/items",
      answer: ({ params, query }) => page(listIn(params).items, query),
    },
    {
      method: "PUT",
      path: "accounts/:account/rules/lists/:id/items",
      answer: ({ params, body }) => ({
        result: { operation_id: replaceItems(estate, accountOf(params), listIn(params), listOf(body)) },
      }),
    },
    {
      method: "GET",
      path: "accounts/:account/rules/lists/bulk_operations/:operation",
      answer: ({ params }) => ({ result: poll(accountOf(params), params["operation"] ?? "") }),
    },
  ];
}

function create(estate: Estate, account: Account, wanted: Json): AddressList {
  const name = textOf(wanted, "name");
  if ([...account.lists.values()].some(({ facts }) => facts["name"] === name)) {
    throw new ApiRefusal(400, 10008, `a list with the name ${name} already exists`);
  }
  const facts = { description: "", ...wanted, id: estate.newId(), created_on: STAMP, modified_on: STAMP };
  const list = { facts, items: [] };
  account.lists.set(facts.id, list);
  return list;
}

function shown({ facts, items }: AddressList): Json {
  return { ...facts, num_items: items.length, num_referencing_filters: 0 };
}

/** Source of the code: https://github.com/crowdsecurity/cs-cloudflare-bouncer/issues/130 */
function refuseIfNamed(estate: Estate, account: string, name: string): void {
  const rules = estate.zonesOf(account).flatMap((zone) => [...zone.rulesets.values()].flatMap(rulesOf));
  if (rules.some((rule) => listsIn(textOf(rule, "expression")).includes(name))) {
    throw new ApiRefusal(400, 10031, "filters.api.ip_list_in_use");
  }
}

function replaceItems(estate: Estate, account: Account, list: AddressList, items: readonly Json[]): string {
  if ([...account.operations.values()].some(({ polls }) => polls < POLLS_UNTIL_DONE)) {
    throw new ApiRefusal(429, 10037, "there is another pending bulk operation for this account");
  }
  const id = estate.newId();
  const stored = items.map((item) => ({ ...item, id: estate.newId(), created_on: STAMP, modified_on: STAMP }));
  account.operations.set(id, { polls: 0, complete: () => void (list.items = stored) });
  return id;
}

/** The first poll still finds the operation running. */
const POLLS_UNTIL_DONE = 2;

function poll(account: Account, id: string): Json {
  const operation = existing(account.operations, id, "bulk operation");
  operation.polls += 1;
  if (operation.polls < POLLS_UNTIL_DONE) return { id, status: "running" };
  operation.complete();
  return { id, status: "completed", completed: STAMP };
}

/** Pages with a cursor, as the platform does. */
function page(items: readonly Json[], query: URLSearchParams): { result: readonly Json[]; resultInfo: Json } {
  const start = Number(query.get("cursor") ?? 0);
  const next = start + Number(query.get("per_page") ?? 25);
  const cursors = next < items.length ? { after: String(next) } : {};
  return { result: items.slice(start, next), resultInfo: { cursors } };
}
