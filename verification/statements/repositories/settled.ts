import { NotUnderstood } from "../../model/repositories/not-understood";
import type { WrittenFile } from "../../model/repositories/written-repository";
import type { Resource } from "../../model/terraform/stack";
import { allOf, type Basis, type Conclusion, type Control, provenBy, undecided, type Violated } from "../conclusion";
import { Strength } from "../../../policy/strength";

/** Thrown where a question is settled before it is asked in full. */
class Settled extends Error {
  public constructor(public readonly conclusion: Conclusion) {
    super(conclusion.kind);
  }
}

/** Ends a question with what is known of it already. */
export function settle(conclusion: Conclusion): never {
  throw new Settled(conclusion);
}

/** What a question comes to, also where it is settled halfway. */
export function concluded(ask: () => Conclusion | readonly Conclusion[]): Conclusion {
  try {
    return allOf([ask()].flat());
  } catch (error) {
    if (error instanceof Settled) return error.conclusion;
    throw error;
  }
}

/** What several questions come to, each of which may be settled halfway. */
export function together(...asks: readonly (() => Conclusion | readonly Conclusion[])[]): Conclusion {
  return allOf(asks.map(concluded));
}

/** Reads a file; where it isn't understood, nobody can say. */
export function reading<T>(file: WrittenFile, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return settle(undecided(`${file.path}: ${error.message}`, controlOfFile(file)));
  }
}

/** A file by its repository and path, where its text stands. */
export function controlOfFile({ path, resource }: WrittenFile): Control {
  return placed(`${String(resource.attributes["repository"])}:${path}`, resource, `${resource.pointer}/content`);
}

export function controlOf(resource: Resource, member = ""): Control {
  return placed(resource.address, resource, `${resource.pointer}${member}`);
}

function placed(name: string, { stack, path }: Resource, pointer: string): Control {
  return { name, stack, pointer, ...(path === undefined ? {} : { path }) };
}

export function violated(what: string, by: Control | undefined, change: string): Violated {
  return { kind: "violated", witnesses: [], what, by, change };
}

export const enforced = (controls: readonly Control[], basis: Partial<Basis> = {}): Conclusion =>
  provenBy(Strength.ENFORCED, controls, basis);

/** Proven by a control where a condition holds, violated where it doesn't. */
export function holds(condition: boolean, by: Control, what: string, change: string): Conclusion {
  return condition ? enforced([by]) : violated(what, by, change);
}
