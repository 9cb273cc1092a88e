import { groupedBy } from "../collections";
import { Evaluation, META_ARGUMENTS } from "./evaluation";
import { partOf } from "./expression";
import { child, isObject, type JsonObject } from "./json";
import type { Value, ValueObject } from "./value";

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

/**
 * Reads a stack.
 *
 * @throws Error where the JSON isn't of Terraform's form
 */
export function readStack({ name, json, dependencies = [], file = () => undefined }: StackFiles): Stack {
  const root = objectAt(json, "");
  const bodies = bodiesIn(root);
  const named = groupedBy(bodies, ({ type }) => type);
  const evaluation = new Evaluation(
    isObject(root["locals"]) ? root["locals"] : {},
    (type, resource) => named.get(type)?.find((each) => each.name === resource)?.body,
  );
  const resources = bodies.map(({ type, name: resource, body, pointer }) => {
    const path = partOf(body["//"] as Value, ["metadata", "path"]);
    return {
      stack: name,
      type,
      address: `${type}.${resource}`,
      pointer,
      ...(typeof path === "string" ? { path } : {}),
      body,
      attributes: attributesOf(body, evaluation),
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

function attributesOf(body: JsonObject, evaluation: Evaluation): ValueObject {
  const attributes = Object.entries(body).filter(([key]) => !META_ARGUMENTS.has(key));
  return Object.fromEntries(attributes.map(([key, value]) => [key, evaluation.valueOf(value)]));
}
