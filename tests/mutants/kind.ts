import type { StatementId } from "../../policy/statements";
import type { Folder, JsonTree, StackCopy } from "./folder";

/** One thing that is done to an output folder, at one place. */
export interface Mutant {
  /** Its place, and its change where a kind makes several. */
  readonly at: string;
  /** The stack that it is done to. */
  readonly stack: string;
  /** The statements that it breaks, each of them. */
  readonly breaks: readonly StatementId[];
  readonly change: (folder: Folder) => void;
  /** Whether it is judged together with the stacks of the other environments. */
  readonly needsAll?: boolean;
}

/** A way to break a policy, and every place of a stack where it can be done. */
export interface Kind {
  readonly name: string;
  readonly mutants: (stack: StackCopy) => readonly Mutant[];
}

/** A resource of a stack, its body to be changed at will. */
export interface Body {
  readonly type: string;
  readonly name: string;
  readonly body: JsonTree;
}

/** The resources of some types. */
export function bodiesIn({ json }: Pick<StackCopy, "json">, ...types: readonly string[]): readonly Body[] {
  const resources = (json["resource"] ?? {}) as Record<string, Record<string, JsonTree>>;
  return types.flatMap((type) => Object.entries(resources[type] ?? {}).map(([name, body]) => ({ type, name, body })));
}

/** The same resource in a copy of its stack. */
export function bodyIn(folder: Folder, stack: string, { type, name }: Omit<Body, "body">): JsonTree {
  const copy = folder.stacks.find((each) => each.name === stack);
  const found = copy && bodiesIn(copy, type).find((each) => each.name === name);
  if (found === undefined) throw new Error(`${stack} has no ${type}.${name}`);
  return found.body;
}

/** Adds a resource to a stack, or takes the place of one. */
export function put(folder: Folder, stack: string, { type, name, body }: Body): void {
  const copy = folder.stacks.find((each) => each.name === stack);
  if (copy === undefined) throw new Error(`there is no stack "${stack}"`);
  const resources = (copy.json["resource"] ?? {}) as Record<string, Record<string, JsonTree>>;
  copy.json["resource"] = { ...resources, [type]: { ...resources[type], [name]: body } };
}

export function drop(folder: Folder, stack: string, { type, name }: Omit<Body, "body">): void {
  const copy = folder.stacks.find((each) => each.name === stack);
  const resources = (copy?.json["resource"] ?? {}) as Record<string, Record<string, JsonTree>>;
  resources[type] = Object.fromEntries(Object.entries(resources[type] ?? {}).filter(([each]) => each !== name));
}

/** A change of a resource, and the statements that it breaks. */
export interface BodyChange {
  readonly breaks: readonly StatementId[];
  /** The name of the change, where a kind makes several changes to a resource. */
  readonly what?: string;
  /** Changes the body, or puts another resource beside it. @default - the resource is dropped */
  readonly change?: (body: JsonTree, beside: (other: Body) => void) => void;
}

/** A kind that changes resources of a type, one at a time. */
export function bodyKind(name: string, type: string, changes: (body: Body) => readonly BodyChange[]): Kind {
  return {
    name,
    mutants: (stack) =>
      bodiesIn(stack, type).flatMap((found) =>
        changes(found).map(({ breaks, what, change }) => ({
          at: [`${type}.${found.name}`, what].join(" ").trim(),
          stack: stack.name,
          breaks,
          change: (folder: Folder) =>
            change === undefined
              ? drop(folder, stack.name, found)
              : change(bodyIn(folder, stack.name, found), (other) => put(folder, stack.name, other)),
        })),
      ),
  };
}
