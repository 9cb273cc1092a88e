import type { Json, Routes } from "../server";
import { ApiRefusal, type ApiResult, collection, cursorPage, existing, known, listOf, textOf } from "./api";
import { type Account, type AddressList, type AskedAccount, STAMP, zonesOf } from "./estate";
import { limitsOf, listsIn, overPlan, rulesOf } from "./rulesets";

/** A policy is off unless it is asked to be on. */
const POLICY: Json = {
  ...{ enabled: false, identity: "", device_posture: "", deleted_at: null, version: 1, rule_settings: {} },
  ...{ created_at: STAMP, updated_at: STAMP },
};

const uuid = (digits: string): string => digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/**
 * The lists of an account and its Gateway: https://developers.cloudflare.com/waf/tools/lists/lists-api/ and
 * https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/
 */
export const ACCOUNT: Routes<ApiResult, AskedAccount> = {
  ...collection<AskedAccount, AddressList>("rules/lists", {
    in: ({ account }) => account.lists,
    shown: ({ facts, items }) => ({ ...facts, num_items: items.length, num_referencing_filters: 0 }),
    store: storedList,
    beforeRemoval: refuseIfNamed,
  }),
  "GET rules/lists/bulk_operations/:operation": ({ account, params }) => ({
    result: poll(account, params["operation"] ?? ""),
  }),
  "GET rules/lists/:id/items": (asked) => cursorPage(listIn(asked).items, asked.query),
  "PUT rules/lists/:id/items": (asked) => ({ result: { operation_id: replaceItems(asked) } }),
  ...collection<AskedAccount>("gateway/rules", {
    in: ({ account }) => account.policies,
    id: uuid,
    store: ({ body }, id, before) => ({ ...POLICY, ...before, ...known("zero_trust_gateway_policy", body), id }),
  }),
  ...collection<AskedAccount>("gateway/proxy_endpoints", {
    in: ({ account }) => account.endpoints,
    id: uuid,
    change: "PATCH",
    store: ({ body }, id, before) => ({
      ...{ kind: "ip", subdomain: "3ele0ss56t", created_at: STAMP, updated_at: STAMP },
      ...{ ...before, ...known("zero_trust_gateway_proxy_endpoint", body), id },
    }),
  }),
};

const listIn = (asked: AskedAccount): AddressList => existing(asked.account.lists, asked, "rules/lists");

const CREATED = { created_on: STAMP, modified_on: STAMP };

/** Of a list that exists only the description changes. */
function storedList({ estate, account, body }: AskedAccount, id: string, before?: AddressList): AddressList {
  const wanted = known("list", body);
  if (before !== undefined) {
    Object.assign(before.facts, { description: wanted["description"] ?? "" });
    return before;
  }
  const { lists } = account;
  const name = textOf(wanted, "name");
  if ([...lists.values()].some(({ facts }) => facts["name"] === name))
    throw new ApiRefusal(400, 10008, `a list with the name ${name} already exists`);
  const most = Math.max(...zonesOf(estate, account).map(({ plan }) => limitsOf(plan).lists));
  if (lists.size >= most) throw overPlan("lists of the account", lists.size + 1, most);
  return { facts: { description: "", ...wanted, id, ...CREATED }, items: [] };
}

/** Source of the code: https://github.com/crowdsecurity/cs-cloudflare-bouncer/issues/130 */
function refuseIfNamed({ facts }: AddressList, { estate, account }: AskedAccount): void {
  const rules = zonesOf(estate, account).flatMap(({ rulesets }) => [...rulesets.values()].flatMap(rulesOf));
  if (rules.some((rule) => listsIn(rule).includes(String(facts["name"]))))
    throw new ApiRefusal(400, 10031, "filters.api.ip_list_in_use");
}

/** The first poll still finds the operation running. */
const POLLS_UNTIL_DONE = 2;

/** Items change in a bulk operation that completes later, one at a time. */
function replaceItems(asked: AskedAccount): string {
  const { estate, account, body } = asked;
  const list = listIn(asked);
  const items = listOf(body);
  if ([...account.operations.values()].some(({ polls }) => polls < POLLS_UNTIL_DONE))
    throw new ApiRefusal(429, 10037, "there is another pending bulk operation for this account");
  const id = estate.newId();
  const stored = items.map((item) => ({ ...item, id: estate.newId(), ...CREATED }));
  account.operations.set(id, { polls: 0, complete: () => void (list.items = stored) });
  return id;
}

function poll({ operations }: Account, id: string): Json {
  const operation = operations.get(id);
  if (operation === undefined) throw new ApiRefusal(404, 10001, `could not find bulk operation ${id}`);
  operation.polls += 1;
  if (operation.polls < POLLS_UNTIL_DONE) return { id, status: "running" };
  operation.complete();
  return { id, status: "completed", completed: STAMP };
}
