import { InvalidInput, type Problem, shown } from "../../errors/invalid-input";
import { Evaluation, META_ARGUMENTS } from "./evaluation";
import { partOf } from "./expression";
import { child, isObject, type JsonObject, membersOf } from "./json";
import type { Value, ValueObject } from "./value";

/** A stack as any reader finds it: one of an output folder, of a plan, of a test. */
export interface StackSource {
  readonly name: string;
  /** Terraform's configuration in its JSON syntax, parsed. */
  readonly json: unknown;
  /** The stacks that are deployed before it. */
  readonly dependencies?: readonly string[];
  /** A file by its path beside the JSON; undefined where there is none. */
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
  /** Its attributes, evaluated; without the members that Terraform itself reads (see `body`). */
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
 * @throws {InvalidInput} naming everything that should be an object and isn't, by its pointer
 */
export function readStack({ name, json, dependencies = [], file = () => undefined }: StackSource): Stack {
  const problems: Problem[] = [];
  const objectAt: ObjectAt = (value, pointer) => {
    if (isObject(value)) return value;
    problems.push({
      at: pointer || "the value",
      got: `${shown(value)} is no JSON object`,
      allowed: "one, as cdktf writes it there",
    });
    return {};
  };
  const root = objectAt(json, "");
  const bodies = bodiesIn(root, objectAt);
  InvalidInput.throwIfAny(`the stack ${name}`, problems);
  const placed = new Map(bodies.map(({ pointer, body }) => [pointer, body]));
  const locals = membersOf(root["locals"]);
  const evaluation = new Evaluation(locals, (type, resource) => placed.get(pointerOf(type, resource)));
  const resources = bodies.map((each) => ({
    ...{ stack: name, ...each, ...pathOf(each.body) },
    attributes: attributesOf(each.body, evaluation),
  }));
  return { name, json: root, dependencies, file, resources };
}

type ObjectAt = (value: unknown, pointer: string) => JsonObject;

const pointerOf = (type: string, name: string): string => child(child("/resource", type), name);

function bodiesIn({ resource = {} }: JsonObject, objectAt: ObjectAt) {
  return Object.entries(objectAt(resource, "/resource")).flatMap(([type, named]) =>
    Object.entries(objectAt(named, child("/resource", type))).map(([name, body]) => {
      const pointer = pointerOf(type, name);
      return { type, address: `${type}.${name}`, pointer, body: objectAt(body, pointer) };
    }),
  );
}

/** The construct that wrote a resource. */
function pathOf(body: JsonObject): Pick<Place, "path"> {
  const path = partOf(body["//"] as Value, ["metadata", "path"]);
  return typeof path === "string" ? { path } : {};
}

function attributesOf(body: JsonObject, evaluation: Evaluation): ValueObject {
  const attributes = Object.entries(body).filter(([key]) => !META_ARGUMENTS.has(key));
  return Object.fromEntries(attributes.map(([key, value]) => [key, evaluation.valueOf(value)]));
}
