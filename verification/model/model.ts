import { readStack, type Resource, type Stack, type StackFiles } from "./terraform/stack";

/** What the stacks of an app make of the platforms, as far as their JSON says. */
export class Model {
  private constructor(public readonly stacks: readonly Stack[]) {}

  /**
   * @throws Error where the JSON of a stack isn't of Terraform's form
   */
  public static of(stacks: readonly StackFiles[]): Model {
    return new Model(stacks.map(readStack));
  }

  /** Every resource, in the order of the stacks. */
  public get resources(): readonly Resource[] {
    return this.stacks.flatMap(({ resources }) => resources);
  }

  /** The resources of a type. */
  public ofType(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** Whether a resource is applied only once another one is there. */
  public isAfter(later: Resource, earlier: Resource): boolean {
    if (later.stack !== earlier.stack) return this.stacksBefore(later.stack).has(earlier.stack);
    const stack = this.stacks.find(({ name }) => name === later.stack);
    return stack !== undefined && predecessors(stack, later.address).has(earlier.address);
  }

  private stacksBefore(name: string, found = new Set<string>()): ReadonlySet<string> {
    const { dependencies = [] } = this.stacks.find((stack) => stack.name === name) ?? {};
    for (const dependency of dependencies.filter((each) => !found.has(each))) {
      this.stacksBefore(dependency, found.add(dependency));
    }
    return found;
  }
}

/** The addresses that a resource comes after, directly or through others. */
function predecessors(stack: Stack, address: string, found = new Set<string>()): ReadonlySet<string> {
  const resource = stack.resources.find((each) => each.address === address);
  for (const next of resource === undefined ? [] : referencesOf(resource)) {
    if (!found.has(next)) predecessors(stack, next, found.add(next));
  }
  return found;
}

const REFERENCES = new WeakMap<Resource, readonly string[]>();

/** What a resource names in `depends_on`, or in an interpolation: Terraform applies those first. */
function referencesOf(resource: Resource): readonly string[] {
  const known = REFERENCES.get(resource) ?? readReferences(resource);
  REFERENCES.set(resource, known);
  return known;
}

function readReferences({ body }: Resource): readonly string[] {
  const { depends_on: named, "//": _, ...rest } = body;
  const listed = Array.isArray(named) ? named.map(String) : [];
  const interpolated = [...JSON.stringify(rest).matchAll(/(?<![$\w])\$\{((?:[^{}]|\{[^{}]*\})*)\}/g)]
    .flatMap(([, expression = ""]) => [...expression.matchAll(/(?<![\w.-])([a-z]\w*\.[A-Za-z_][\w-]*)/g)])
    .map(([, reference = ""]) => reference);
  return [...listed, ...interpolated];
}
