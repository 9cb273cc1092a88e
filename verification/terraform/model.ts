import { zoneOf } from "../edge/zone-of";
import { groupedBy, reachable } from "../collections";
import { oncePer } from "../once-per";
import { isObject, stringsIn } from "./json";
import { readStack, type Resource, type Stack, type StackFiles } from "./stack";
import { expressionsIn } from "./expression";

/** What the stacks of an app make of the platforms, as far as their JSON says. */
export class Model {
  /** Every resource, in the order of the stacks. */
  public readonly resources: readonly Resource[];
  private readonly byName: ReadonlyMap<string, Stack>;
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;
  private readonly byZone: ReadonlyMap<string, readonly Resource[]>;

  private constructor(public readonly stacks: readonly Stack[]) {
    this.resources = stacks.flatMap(({ resources }) => resources);
    this.byName = new Map(stacks.map((stack) => [stack.name, stack]));
    this.byType = groupedBy(this.resources, ({ type }) => type);
    this.byZone = groupedBy(this.resources, zoneOf);
  }

  /**
   * @throws Error where the JSON of a stack isn't of Terraform's form
   */
  public static of(stacks: readonly StackFiles[]): Model {
    return new Model(stacks.map(readStack));
  }

  /** The stack of a name. */
  public stack(name: string): Stack | undefined {
    return this.byName.get(name);
  }

  /** The resources of a type. */
  public ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
  }

  /**
   * The resources that name a zone, by its id or by the same reference to it.
   *
   * @default type - any
   */
  public inZone(zone: string, type?: string): readonly Resource[] {
    const all = this.byZone.get(zone) ?? [];
    return type === undefined ? all : all.filter((resource) => resource.type === type);
  }

  /** Whether a resource is applied only once another one is there. */
  public isAfter(later: Resource, earlier: Resource): boolean {
    if (later.stack !== earlier.stack) return this.stacksBefore(later.stack).has(earlier.stack);
    const stack = this.stack(later.stack);
    return stack !== undefined && predecessors(stack, later.address).has(earlier.address);
  }

  private stacksBefore(name: string): ReadonlySet<string> {
    return reachable(name, (each) => this.stack(each)?.dependencies ?? []);
  }
}

/** The addresses that something comes after, directly or through others. */
function predecessors(stack: Stack, address: string): ReadonlySet<string> {
  return reachable(address, (each) => referencesOf(stack, each));
}

const knownReferencesOf = oncePer<Stack, Map<string, readonly string[]>>(() => new Map());

/** What a resource, or a local, refers to: Terraform applies those first. */
function referencesOf(stack: Stack, address: string): readonly string[] {
  const known = knownReferencesOf(stack);
  const references = known.get(address) ?? readReferences(stack, address);
  known.set(address, references);
  return references;
}

const bodiesOf = oncePer(
  ({ resources }: Stack) => new Map(resources.map(({ address, body }) => [address, body] as const)),
);

function readReferences(stack: Stack, address: string): readonly string[] {
  const [root, local = ""] = address.split(".");
  const { locals } = stack.json;
  if (root === "local") return isObject(locals) ? referencesIn(locals[local]) : [];
  const { depends_on: named, "//": _, ...rest } = bodiesOf(stack).get(address) ?? {};
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
