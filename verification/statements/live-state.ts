import { type StatementId, STATEMENT_IDS } from "../../policy/statements";
import { runsSomething } from "../appliers/appliers";
import { groupedBy } from "../collections";
import { oncePer } from "../once-per";
import type { Question } from "../../policy/question";
import { placeAt } from "../result";
import {
  BRANCH,
  CLOUDFLARE_ID,
  FILE_PATH,
  type Kind,
  type Relation,
  relationOf,
  REPOSITORY,
  ZONE_SETTING,
} from "../terraform/identity";
import { blocksAt, blocksOf, child, type JsonObject, type Placed } from "../terraform/json";
import type { Model } from "../terraform/model";
import type { Place, Resource, Stack } from "../terraform/stack";
import { booleanOf, type Value } from "../terraform/value";
import { coverageOf } from "./coverage";
import type { AppUnknown } from "./unknown-blocks";

/** A change of the live state that the JSON makes other than by its resources, and that isn't understood. */
export interface LiveChange {
  readonly statements: readonly StatementId[];
  readonly reason: string;
  readonly question: Question;
  readonly place: Place;
  /** The address that a live thing leaves. */
  readonly from?: string;
  /** The address of the resource that a live thing becomes. */
  readonly to?: string;
  /** The resource that it stands in. Without one, it may change a live thing of any environment. */
  readonly resource?: Resource;
}

/** An adopted thing that may be another one, a move, a thing that Terraform forgets, a replacement. */
export const liveChangesIn = oncePer((model: Model): readonly LiveChange[] =>
  [
    ...adoptionsIn(model),
    ...model.stacks.flatMap((stack) => [...movesIn(stack), ...forgottenIn(stack)]),
    ...model.resources.flatMap(replacementOf),
  ].filter(({ statements }) => statements.length > 0),
);

/** The same, as it is asked whom it concerns. */
export const liveStateUnknownsIn = oncePer((model: Model): readonly AppUnknown[] =>
  liveChangesIn(model).map(({ statements, reason, question, place, resource }) => ({
    ...{ statements, unknown: { reason, question, place } },
    ...(resource === undefined ? {} : { resource }),
  })),
);

/** A resource as a block names it: `cloudflare_ruleset.guard`, or an instance of it. */
const ADDRESS = /^(?!(?:module|data)\.)([a-z]\w*)\.[A-Za-z_][\w-]*(\[.*\])?$/;

/** The statements that a thing of this address may bear on: all of them where it is no resource, such as a module. */
function bearingOf(address: string): readonly StatementId[] {
  const type = typeOf(address);
  return (type === undefined ? undefined : coverageOf(type)?.statements) ?? STATEMENT_IDS;
}

const typeOf = (address: unknown): string | undefined => ADDRESS.exec(String(address))?.[1];

/** The blocks of a kind at the top of a stack. One without a member says nothing. */
function topBlocks({ json }: Stack, key: string): readonly Placed<JsonObject>[] {
  const blocks = blocksAt({ value: json[key], pointer: child("", key) });
  return blocks.filter(({ value }) => Object.keys(value).length > 0);
}

const hasOnly = (block: JsonObject, ...keys: readonly string[]): boolean =>
  Object.keys(block).every((key) => key === "//" || keys.includes(key));

/**
 * The ids by which the providers import things, of each type that is read: `<id>` is the platform's id of the thing.
 * Each other name is an attribute that the resource has to have.
 *
 * @see https://github.com/cloudflare/terraform-provider-cloudflare/tree/v5.22.0/docs/resources ("Import")
 * @see https://github.com/integrations/terraform-provider-github/tree/v6.13.0/docs/resources ("Import"; files have had two forms)
 */
const IMPORT_IDS: Readonly<Record<string, readonly string[]>> = {
  cloudflare_dns_record: ["<zone_id>/<id>"],
  cloudflare_list: ["<account_id>/<id>"],
  cloudflare_ruleset: ["zones/<zone_id>/<id>", "accounts/<account_id>/<id>"],
  cloudflare_spectrum_application: ["<zone_id>/<id>"],
  cloudflare_url_normalization_settings: ["<zone_id>"],
  cloudflare_zone_setting: ["<zone_id>/<setting_id>"],
  cloudflare_zero_trust_gateway_policy: ["<account_id>/<id>"],
  cloudflare_zero_trust_gateway_proxy_endpoint: ["<account_id>/<id>"],
  github_repository_dependabot_security_updates: ["<repository>"],
  github_repository_file: ["<repository>/<file>:<branch>", "<repository>:<file>:<branch>"],
  github_repository_ruleset: ["<repository>:<id>"],
  github_repository_vulnerability_alerts: ["<repository>"],
};

/** How the attributes in these ids are compared. */
const KINDS: Readonly<Record<string, Kind>> = {
  ...{ zone_id: CLOUDFLARE_ID, account_id: CLOUDFLARE_ID, setting_id: ZONE_SETTING },
  ...{ repository: REPOSITORY, file: FILE_PATH, branch: BRANCH },
};

/** The pattern for an attribute in an id. A path has slashes, and no other part has. */
const partFor = (name: string): string => `(?<${name}>${name === "file" ? "[^:]+" : "[^/:]+"})`;

const FORMS: ReadonlyMap<string, readonly RegExp[]> = new Map(
  Object.entries(IMPORT_IDS).map(([type, forms]) => [
    type,
    forms.map((form) => new RegExp(`^${form.replace(/<(\w+)>/g, (_, name: string) => partFor(name))}$`)),
  ]),
);

/** An `import` block, with the resource that the adopted thing becomes. */
interface Adoption {
  readonly block: JsonObject;
  readonly place: Place;
  readonly resource: Resource | undefined;
}

function adoptionsIn({ stacks }: Model): readonly LiveChange[] {
  const all = stacks.flatMap((stack) =>
    topBlocks(stack, "import").map(({ value: block, pointer }): Adoption => {
      const resource = stack.resources.find(({ address }) => address === block["to"]);
      return { block, place: { stack: stack.name, pointer }, resource };
    }),
  );
  const byThing = groupedBy(all, ({ block: { to, id } }) => JSON.stringify([typeOf(to), id]));
  return [...byThing.values()].flatMap((adoptions) =>
    adoptions.flatMap((adoption) => {
      const relation = adoptions.length > 1 ? "unknown" : adopted(adoption);
      const to = String(adoption.block["to"]);
      const what = relation === "another" ? "import adopts another thing than is meant, as" : WHICH_THING;
      const change = {
        ...{ statements: bearingOf(to), reason: `${what} ${to}`, question: "adopted" as const },
        ...{ place: adoption.place, to },
      };
      return relation === "same" ? [] : [change];
    }),
  );
}

const WHICH_THING = "only the apply knows which live thing import adopts, as";

/** Whether the adopted thing is the one that the resource means: its zone, account, repository and name are the resource's. */
function adopted({ block, resource }: Adoption): Relation {
  const { id } = block;
  if (resource === undefined || typeof id !== "string" || !hasOnly(block, "to", "id")) return "unknown";
  const relations = (FORMS.get(resource.type) ?? [])
    .map((form) => form.exec(id)?.groups)
    .filter((parts) => parts !== undefined)
    .map((parts) => worst(relationsIn(parts, resource)));
  return relations.find((each) => each === "same") ?? relations[0] ?? "unknown";
}

/** A resource that adopts a live thing by an id that only its platform knows. */
export interface Taken {
  readonly statements: readonly StatementId[];
  readonly resource: Resource;
  readonly assumption: string;
}

/** The adoptions that are as meant, as long as each id is that of the meant thing. */
export const takenIn = oncePer((model: Model): readonly Taken[] =>
  model.stacks.flatMap((stack) =>
    topBlocks(stack, "import").flatMap(({ value: block }) => {
      const resource = stack.resources.find(({ address }) => address === block["to"]);
      const isNamed = (FORMS.get(resource?.type ?? "") ?? []).some(
        (form) => form.exec(String(block["id"]))?.groups?.["id"],
      );
      if (resource === undefined || !isNamed) return [];
      const { address } = resource;
      const assumption = `the id in the import of ${address} is that of this thing, and of none that another resource makes`;
      return { statements: bearingOf(address), resource, assumption };
    }),
  ),
);

function relationsIn(parts: Readonly<Record<string, string>>, { attributes }: Resource): readonly Relation[] {
  return Object.entries(parts).map(([name, part]) => {
    const kind = KINDS[name];
    if (kind === undefined) return /^[\w-]+$/.test(part) ? "same" : "unknown";
    return relationOf(kind, part, attributes[name]);
  });
}

const worst = (relations: readonly Relation[]): Relation =>
  (["another", "unknown"] as const).find((each) => relations.includes(each)) ?? "same";

/**
 * Moves that may leave something live, or keep an applier from running. Terraform changes a resource that gets another
 * name and keeps its type into the one of the JSON, as it would without the block.
 */
function movesIn(stack: Stack): readonly LiveChange[] {
  const blocks = topBlocks(stack, "moved");
  const targets = new Map(blocks.map(({ value: { from, to } }) => [from, to]));
  return blocks.flatMap(({ value: block, pointer }) => {
    const [from, to] = [String(block["from"]), String(lastOf(block["to"], targets))];
    if (hasOnly(block, "from", "to") && isRenaming(from, to, stack)) return [];
    const statements = STATEMENT_IDS.filter((id) => [from, to].some((address) => bearingOf(address).includes(id)));
    const reason = `the thing at ${from} is live, and only the apply knows what it becomes as ${to}`;
    return { statements, reason, question: "adopted" as const, place: { stack: stack.name, pointer }, from, to };
  });
}

/** Where a chain of moves ends. */
function lastOf(to: unknown, targets: ReadonlyMap<unknown, unknown>): unknown {
  const seen = new Set<unknown>();
  let last = to;
  while (targets.has(last) && !seen.has(last)) {
    seen.add(last);
    last = targets.get(last);
  }
  return last;
}

/** A program that runs when a resource is created doesn't run when a live thing takes the resource's place. */
function isRenaming(from: string, to: string, { resources }: Stack): boolean {
  const target = resources.find(({ address }) => address === to);
  if (target === undefined || runsSomething(target) || resources.some(({ address }) => address === from)) return false;
  return typeOf(from) === target.type;
}

/** Terraform lets go of them and leaves them as they are: https://developer.hashicorp.com/terraform/language/block/removed */
function forgottenIn(stack: Stack): readonly LiveChange[] {
  return topBlocks(stack, "removed").flatMap(({ value: { from: address, lifecycle = {} }, pointer }) => {
    const blocks = blocksOf(lifecycle);
    const isDestroyed = blocks.every(({ destroy = true }) => booleanOf(destroy as Value) === true);
    if (isDestroyed && blocks.length > 0) return [];
    const from = String(address);
    const reason = `Terraform forgets ${from}: it stays live as it is, and no JSON says so any more`;
    return {
      ...{ statements: bearingOf(from), reason, question: "adopted" as const },
      ...{ place: { stack: stack.name, pointer }, from },
    };
  });
}

/**
 * Another resource's change takes this one away until its replacement is there, and a statement may rest on it. An
 * applier that is replaced only runs again.
 */
function replacementOf(resource: Resource): readonly LiveChange[] {
  const { address, body, pointer } = resource;
  if (runsSomething(resource) || !blocksOf(body["lifecycle"]).some((block) => "replace_triggered_by" in block))
    return [];
  const place = placeAt({ ...resource, pointer: child(pointer, "lifecycle") });
  const reason = `another change replaces ${address}: lifecycle.replace_triggered_by`;
  return [{ statements: bearingOf(address), reason, question: "lifecycle", place, to: address, resource }];
}
