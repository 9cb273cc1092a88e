import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The part of `terraform providers schema -json` that a configuration is checked against
 * (https://developer.hashicorp.com/terraform/cli/commands/providers/schema).
 */
export interface ProviderSchemaFile {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}

interface ProviderSchema {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>>;
  readonly data_source_schemas?: Readonly<Record<string, { readonly block: Block }>>;
}

export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, BlockType>>;
}

export interface Attribute {
  /** A type in JSON: `"string"`, `["list", "string"]`, `["object", {...}]`; absent where `nested_type` is given. */
  readonly type?: Type;
  readonly nested_type?: NestedType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

export type Type = string | readonly [string, Type | Readonly<Record<string, Type>>];

export interface NestedType {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly nesting_mode: NestingMode;
}

export interface BlockType {
  readonly block: Block;
  readonly nesting_mode: NestingMode;
  readonly min_items?: number;
  readonly max_items?: number;
}

export type NestingMode = "single" | "group" | "list" | "set" | "map";

/** The blocks of several providers by their type, for each kind of top-level block. */
export interface Schemas {
  readonly resource: ReadonlyMap<string, Block>;
  readonly data: ReadonlyMap<string, Block>;
  /** By the provider's local name, the last part of its source. */
  readonly provider: ReadonlyMap<string, Block>;
}

const FOLDER = join(__dirname, "../../../rehearsal/provider-schemas");

/** @param releases names of schema files among the fixtures, for example `cloudflare-5.22.0` */
export function loadSchemas(...releases: readonly string[]): Schemas {
  const providers = releases.flatMap((release) => {
    const file = JSON.parse(readFileSync(join(FOLDER, `${release}.json`), "utf8")) as ProviderSchemaFile;
    return Object.entries(file.provider_schemas);
  });
  const blocks = (part: "resource_schemas" | "data_source_schemas") =>
    new Map(
      providers.flatMap(([, schema]) =>
        Object.entries(schema[part] ?? {}).map(([type, { block }]) => [type, block] as const),
      ),
    );
  return {
    resource: blocks("resource_schemas"),
    data: blocks("data_source_schemas"),
    provider: new Map(providers.map(([source, schema]) => [source.split("/").at(-1) ?? source, schema.provider.block])),
  };
}
