import type { StatementId } from "../../policy/statements";
import type { JsonTree } from "./folder";
import { type Body, bodyKind, type Kind } from "./kind";

export const NULL = "null_resource";

/** The statements that a kind of applier holds. A check of addresses holds the statement that relies on them. */
const HELD: Readonly<Record<string, readonly StatementId[]>> = {
  "supabase-network-restrictions": ["PORTS-3", "DB-1"],
  "render-key-value-allow-list": ["PORTS-4"],
  "render-web-service-subdomain": ["WEB-1"],
  "render-web-service-allow-list": ["WEB-1"],
  "render-service-type": ["WORK-1"],
};

/** The statements that an applier holds; none where a resource is no applier. */
export function heldByApplier({ name, body }: Body): readonly StatementId[] {
  const { kind } = (body["triggers"] ?? {}) as JsonTree;
  if (kind === "render-dedicated-addresses") return name.startsWith("Workers_") ? ["WORK-2"] : ["DB-1"];
  return HELD[String(kind)] ?? [];
}

/** A change of an applier, with its parts at hand. */
export interface ApplierChange {
  readonly what?: string;
  /** @default - everything that the applier holds */
  readonly breaks?: readonly StatementId[];
  readonly change: (applier: ApplierCopy) => void;
}

export interface ApplierCopy {
  readonly body: JsonTree;
  readonly exec: JsonTree;
  readonly triggers: JsonTree;
  readonly environment: JsonTree;
  /** Puts another resource beside it. */
  readonly beside: (other: Body) => void;
}

const isOf = (applier: Body, kind: string): boolean => ((applier.body["triggers"] ?? {}) as JsonTree)["kind"] === kind;

/** A kind that changes appliers, one at a time. */
export function applierKind(name: string, changes: (applier: Body) => readonly ApplierChange[]): Kind {
  return bodyKind(name, NULL, (applier) => {
    const held = heldByApplier(applier);
    if (held.length === 0) return [];
    return changes(applier).map(({ what = "", breaks = held, change }) => ({
      ...{ what, breaks },
      change: (body, beside) => change({ ...partsOf(body), beside }),
    }));
  });
}

/** A kind that tells appliers of a kind something else, in their triggers and in their environment. */
export function stateKind(
  name: string,
  kind: string,
  changes: readonly (readonly [(state: JsonTree) => JsonTree, (readonly StatementId[])?])[],
): Kind {
  return applierKind(name, (applier) =>
    changes
      .filter(([members]) => isOf(applier, kind) && isAnother(stateOf(applier.body), members))
      .map(([members, breaks]) => ({
        what: JSON.stringify(members(stateOf(applier.body))),
        ...(breaks === undefined ? {} : { breaks }),
        change: ({ body, triggers, environment }) => {
          const text = JSON.stringify({ ...stateOf(body), ...members(stateOf(body)) });
          Object.assign(triggers, { desired_state: text });
          Object.assign(environment, { DESIRED_STATE: text });
        },
      })),
  );
}

const isAnother = (state: JsonTree, members: (state: JsonTree) => JsonTree): boolean =>
  JSON.stringify({ ...state, ...members(state) }) !== JSON.stringify(state);

function partsOf(body: JsonTree): Omit<ApplierCopy, "beside"> {
  const [provisioner = {}] = body["provisioner"] as readonly JsonTree[];
  const exec = provisioner["local-exec"] as JsonTree;
  return { body, exec, triggers: body["triggers"] as JsonTree, environment: exec["environment"] as JsonTree };
}

function stateOf(body: JsonTree): JsonTree {
  return JSON.parse(String((body["triggers"] as JsonTree)["desired_state"])) as JsonTree;
}
