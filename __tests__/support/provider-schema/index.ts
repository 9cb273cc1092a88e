import { blockProblems } from "./block-problems";
import type { Block, Schemas } from "./schema";
import { SchemaFault, type SchemaProblem, schemaProblem } from "./schema-problem";
import { type JsonObject, isObject, wrongType } from "./value-problems";

export { type Schemas, loadSchemas } from "./schema";
export { SchemaFault, type SchemaProblem } from "./schema-problem";

/**
 * Arguments that belong to Terraform, not to a provider's schema
 * (https://developer.hashicorp.com/terraform/language/meta-arguments), and the comment of the JSON syntax.
 */
const OF_RESOURCES = ["depends_on", "lifecycle", "provider", "provisioner", "connection", "count", "for_each", "//"];
const OF_PROVIDERS = ["alias", "//"];

/**
 * Everything in a synthesized stack that the real providers' schemas refuse: its resources, data sources and provider
 * configurations. Variables, locals, outputs, imports and settings of Terraform are no concern of a provider.
 *
 * @param terraformJson a parsed `cdk.tf.json`
 */
export function schemaProblems(terraformJson: unknown, schemas: Schemas): readonly SchemaProblem[] {
  const { resource = {}, data = {}, provider = {} } = terraformJson as JsonObject;
  return [
    ...membersOf(resource, "resource", (named, at, type) => typeProblems(named, schemas.resource.get(type), at)),
    ...membersOf(data, "data", (named, at, type) => typeProblems(named, schemas.data.get(type), at)),
    ...membersOf(provider, "provider", (body, at, name) =>
      bodyProblems(body, schemas.provider.get(name), OF_PROVIDERS, at),
    ),
  ];
}

const typeProblems = (named: unknown, block: Block | undefined, at: string): readonly SchemaProblem[] =>
  membersOf(named, at, (body, place) => bodyProblems(body, block, OF_RESOURCES, place));

/** A body, or in the JSON syntax a list of them. */
function bodyProblems(
  value: unknown,
  block: Block | undefined,
  metaArguments: readonly string[],
  at: string,
): readonly SchemaProblem[] {
  if (block === undefined) {
    return [schemaProblem(SchemaFault.UNKNOWN_TYPE, at, value, "a type that the provider of this version has")];
  }
  const bodies: readonly unknown[] = Array.isArray(value) ? value : [value];
  return bodies.flatMap((body) => blockProblems(isObject(body) ? without(metaArguments, body) : body, block, at));
}

const without = (names: readonly string[], body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

function membersOf(
  value: unknown,
  at: string,
  check: (member: unknown, at: string, name: string) => readonly SchemaProblem[],
): readonly SchemaProblem[] {
  if (!isObject(value)) return wrongType(at, value, "object");
  return Object.entries(value)
    .filter(([name]) => name !== "//")
    .flatMap(([name, member]) => check(member, `${at}.${name}`, name));
}
