import { child, isObject, type JsonObject } from "./json";
import { type Lookup, partOf } from "./expression";
import { evaluated } from "./template";
import { type Value, type ValueObject } from "./value";

/** A synthesized stack as it lies in an output folder. */
export interface StackFiles {
  readonly name: string;
  /** The parsed `cdk.tf.json`. */
  readonly json: unknown;
  /** The stacks that are deployed before it. */
  readonly dependencies?: readonly string[];
  /** A file by its path beside the `cdk.tf.json`; undefined where there is none. */
  readonly file?: (path: string) => Uint8Array | undefined;
}

/** Where something stands in the synthesized app. */
export interface Place {
  readonly stack: string;
  /** A JSON pointer into the stack's `cdk.tf.json`: https://www.rfc-editor.org/rfc/rfc6901 */
  readonly pointer: string;
  /** The path of the construct that wrote it, where the JSON says so. */
  readonly path?: string;
}

/** A resource of a stack. */
export interface Resource extends Place {
  readonly type: string;
  /** `<type>.<name>`, as Terraform addresses it within the stack. */
  readonly address: string;
  /** Its attributes, evaluated; without what Terraform itself reads (see `body`). */
  readonly attributes: ValueObject;
  /** All that the JSON says of it, unevaluated. */
  readonly body: JsonObject;
}

/** One stack, read. */
export interface Stack {
  readonly name: string;
  readonly json: JsonObject;
  readonly dependencies: readonly string[];
  readonly file: (path: string) => Uint8Array | undefined;
  readonly resources: readonly Resource[];
}

/** What stands in a resource for Terraform, not for the provider. `provider`, `count` and `for_each` change what it means. */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "//",
  ...["count", "for_each", "depends_on", "lifecycle", "provider", "provisioner", "connection"],
]);

/**
 * Reads a stack.
 *
 * @throws Error where the JSON isn't of Terraform's form
 */
export function readStack({ name, json, dependencies = [], file = () => undefined }: StackFiles): Stack {
  const root = objectAt(json, "");
  const bodies = bodiesIn(root);
  const lookup = lookupIn(root, bodies);
  const resources = bodies.map(({ type, name: resource, body, pointer }) => {
    const path = partOf(body["//"] as Value, ["metadata", "path"]);
    return {
      stack: name,
      type,
      address: `${type}.${resource}`,
      pointer,
      ...(typeof path === "string" ? { path } : {}),
      body,
      attributes: attributesOf(body, lookup),
    };
  });
  return { name, json: root, dependencies, file, resources };
}

interface Body {
  readonly type: string;
  readonly name: string;
  readonly body: JsonObject;
  readonly pointer: string;
}

function bodiesIn(root: JsonObject): readonly Body[] {
  const types = root["resource"] === undefined ? {} : objectAt(root["resource"], "/resource");
  return Object.entries(types).flatMap(([type, named]) => {
    const at = child("/resource", type);
    return Object.entries(objectAt(named, at)).map(([name, body]) => {
      const pointer = child(at, name);
      return { type, name, body: objectAt(body, pointer), pointer };
    });
  });
}

function objectAt(value: unknown, pointer: string): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`"${pointer}" is no JSON object, as cdktf writes it there`);
}

function attributesOf(body: JsonObject, lookup: Lookup): ValueObject {
  const attributes = Object.entries(body).filter(([key]) => !META_ARGUMENTS.has(key));
  return Object.fromEntries(attributes.map(([key, value]) => [key, evaluated(value, lookup)]));
}

/** Locals, and what resources are given. What the provider computes is no part of the JSON, so it stays unknown. */
function lookupIn(root: JsonObject, bodies: readonly Body[]): Lookup {
  const locals = isObject(root["locals"]) ? root["locals"] : {};
  const known = new Map<string, Value | undefined>();
  /** The value of a member, unless it leads back to itself, or grows without end. */
  const valueOf = (name: string, holder: JsonObject, key: string): Value | undefined => {
    if (known.has(name)) return known.get(name);
    known.set(name, undefined);
    const json = Object.hasOwn(holder, key) ? holder[key] : undefined;
    const value = json === undefined || json === null ? undefined : evaluated(json, lookup);
    if (value !== undefined && weightOf(value) <= HEAVIEST) known.set(name, value);
    return known.get(name);
  };
  const lookup: Lookup = (path) => {
    const [first = "", second = "", third = "", ...rest] = path;
    if (first === "local") return partOf(valueOf(`local.${second}`, locals, second), path.slice(2));
    const body = bodies.find(({ type, name }) => type === first && name === second)?.body;
    if (body === undefined || "count" in body || "for_each" in body || META_ARGUMENTS.has(third)) return undefined;
    return partOf(valueOf(`${first}.${second}.${third}`, body, third), rest);
  };
  return lookup;
}

/** References to references double what they hold: what is refused here is more than any platform takes. */
const HEAVIEST = 4 * 1024 * 1024;
const WEIGHTS = new WeakMap<object, number>();

function weightOf(value: Value): number {
  if (typeof value !== "object" || value === null) return String(value).length + 1;
  const weight =
    WEIGHTS.get(value) ?? Object.values(value).reduce<number>((sum, inner) => sum + weightOf(inner as Value), 1);
  WEIGHTS.set(value, weight);
  return weight;
}
