import { groupedBy, reachable } from "../collections";
import { predecessors } from "./references";
import { readStack, type Resource, type Stack, type StackSource } from "./stack";

/** The stacks of an app, with their resources. It knows no platform: each room finds its own part in it. */
export class Model {
  /** Every resource, in the order of the stacks. */
  public readonly resources: readonly Resource[];
  private readonly byName: ReadonlyMap<string, Stack>;
  private readonly byType: ReadonlyMap<string, readonly Resource[]>;

  public constructor(public readonly stacks: readonly Stack[]) {
    this.resources = stacks.flatMap(({ resources }) => resources);
    this.byName = new Map(stacks.map((stack) => [stack.name, stack]));
    this.byType = groupedBy(this.resources, ({ type }) => type);
  }

  /**
   * Reads the stacks of an app.
   *
   * @throws {InvalidInput} as `readStack`
   */
  public static of(stacks: readonly StackSource[]): Model {
    return new Model(stacks.map(readStack));
  }

  public stack(name: string): Stack | undefined {
    return this.byName.get(name);
  }

  /** The resources of a type. */
  public ofType(type: string): readonly Resource[] {
    return this.byType.get(type) ?? [];
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
