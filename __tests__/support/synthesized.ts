import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";

/** Terraform JSON as far as tests look into it. */
export interface TerraformJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly variable?: Readonly<Record<string, Attributes>>;
  readonly import?: readonly Attributes[];
}

/** A resource, or an attribute of one. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A stack with a Cloudflare provider, filled by a test. */
export function aStack(fill: (stack: TerraformStack) => void, name = "shop", app = new App({ stackTraces: false })) {
  const stack = new TerraformStack(app, name);
  new CloudflareProvider(stack, "cloudflare");
  fill(stack);
  return stack;
}

/** The Terraform JSON of a stack, its validations included. */
export function jsonOf(stack: TerraformStack): TerraformJson {
  return JSON.parse(Testing.synth(stack, true)) as TerraformJson;
}

/** The resources of a type, in the order of their names. */
export function resourcesOf({ resource = {} }: TerraformJson, type: string): readonly Attributes[] {
  return Object.values(resource[type] ?? {});
}

/** Everything that a resource comes after, directly or through others, as Terraform addresses. */
export function predecessorsOf(json: TerraformJson, address: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (next: string): void => {
    const [type = "", name = ""] = next.split(".");
    const dependencies = (json.resource?.[type]?.[name]?.["depends_on"] ?? []) as readonly string[];
    for (const dependency of dependencies.filter((each) => !found.has(each))) {
      found.add(dependency);
      visit(dependency);
    }
  };
  visit(address);
  return found;
}

/** The Terraform addresses of every resource of these types. */
export function addressesOf({ resource = {} }: TerraformJson, ...types: readonly string[]): readonly string[] {
  return types.flatMap((type) => Object.keys(resource[type] ?? {}).map((name) => `${type}.${name}`));
}
