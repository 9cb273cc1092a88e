import { placeAt } from "../../result";
import { stringsIn } from "../../terraform/json";
import type { Model } from "../../terraform/model";
import type { Resource } from "../../terraform/stack";
import { nameOfValue, plain } from "../../terraform/value";
import { type AppCheck, LintRule, LintSeverity } from "./finding";

/** Lists that nothing else in the app names, disabled rules included. They count for the account all the same. */
export const unusedLists: AppCheck = ({ model }) =>
  model
    .ofType("cloudflare_list")
    .filter((list) => !isUsed(list, model))
    .map((list) => ({
      rule: LintRule.UNUSED_LIST,
      severity: LintSeverity.WARNING,
      place: placeAt(list),
      what: `no rule of the app names the list $${nameOf(list)}`,
      change: "remove the list, unless rules elsewhere in the account use it",
    }));

const nameOf = ({ attributes }: Resource): string => nameOfValue(attributes["name"]);

function isUsed(list: Resource, model: Model): boolean {
  const name = nameOf(list);
  return model.resources
    .filter((resource) => resource !== list)
    .flatMap(({ attributes }) => stringsIn({ value: plain(attributes), pointer: "" }))
    .some(({ value }) => value === name || namesIn(value).includes(name) || value.includes(list.address));
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$([a-z0-9_.]+)/g)].map(([, name = ""]) => name);
}
