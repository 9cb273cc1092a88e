import { isObject, stringsIn } from "./terraform/json";
import { readStack, type Resource, type Stack, type StackFiles } from "./terraform/stack";
import { expressionsIn } from "./terraform/template";

/** What the stacks of an app make of the platforms, as far as their JSON says. */
export class Model {
  /** Every resource, in the order of the stacks. */
  public readonly resources: readonly Resource[];

  private constructor(public readonly stacks: readonly Stack[]) {
    this.resources = stacks.flatMap(({ resources }) => resources);
  }

  /**
   * @throws Error where the JSON of a stack isn't of Terraform's form
   */
  public static of(stacks: readonly StackFiles[]): Model {
    return new Model(stacks.map(readStack));
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

/** The addresses that something comes after, directly or through others. */
function predecessors(stack: Stack, address: string, found = new Set<string>()): ReadonlySet<string> {
  for (const next of referencesOf(stack, address)) {
    if (!found.has(next)) predecessors(stack, next, found.add(next));
  }
  return found;
}

const REFERENCES = new WeakMap<Stack, Map<string, readonly string[]>>();

/** What a resource, or a local, refers to: Terraform applies those first. */
function referencesOf(stack: Stack, address: string): readonly string[] {
  const ofStack = REFERENCES.get(stack) ?? new Map<string, readonly string[]>();
  REFERENCES.set(stack, ofStack);
  const known = ofStack.get(address) ?? readReferences(stack, address);
  ofStack.set(address, known);
  return known;
}

function readReferences({ resources, json }: Stack, address: string): readonly string[] {
  const [root, local = ""] = address.split(".");
  if (root === "local") return isObject(json["locals"]) ? referencesIn(json["locals"][local]) : [];
  const { depends_on: named, "//": _, ...rest } = resources.find((each) => each.address === address)?.body ?? {};
  return [...(Array.isArray(named) ? named.map(String) : []), ...referencesIn(rest)];
}

/** Every `<type>.<name>` and `local.<name>` in the interpolations of a value. */
function referencesIn(value: unknown): readonly string[] {
  return stringsIn({ value, pointer: "" })
    .flatMap((text) => expressionsIn(text.value))
    .filter((expression) => !OWN_WORDS.test(expression))
    .flatMap((expression) => [...expression.replace(NO_REFERENCE, " ").matchAll(REFERENCE)])
    .map(([reference]) => reference);
}

/** Loops give names of their own to what they go through, and heredocs hold any text. */
const OWN_WORDS = /\bfor\b|<</;
/** Strings and comments. */
const NO_REFERENCE = /"(?:[^"\\]|\\[\s\S])*"|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*/g;
const REFERENCE = /(?<![\w.-])[a-z]\w*\.[A-Za-z_][\w-]*/g;
