import type { StatementId } from "../../../policy/statements";
import { allOf, type Result, undecidedBy } from "../../../verification/result";
import { unknownAbout } from "../../../verification/statements/unknowns";
import { PORTS_1 } from "../../../verification/statements/ports-1";
import { PORTS_2 } from "../../../verification/statements/ports-2";
import { WEB_1_AT_THE_EDGE } from "../../../verification/statements/web-1";
import { HOOK_1 } from "../../../verification/statements/hook-1";
import type { Scene } from "../../../verification/statements/scene";
import type { Assertions } from "../../../verification/statements/assertion";
import { basisInWords } from "../../support/basis-in-words";
import { type ShopChange, shopScene } from "../../support/shop";

/** The statements about the edge, of WEB-1 the part there. */
const EDGE = {
  "PORTS-1": PORTS_1,
  "PORTS-2": PORTS_2,
  "HOOK-1": HOOK_1,
  "WEB-1": WEB_1_AT_THE_EDGE,
} as const satisfies Partial<Record<StatementId, Assertions>>;

export type EdgeStatement = keyof typeof EDGE;

export const EDGE_STATEMENTS = Object.keys(EDGE) as readonly EdgeStatement[];

/** The result of a statement in a scene, or in the shop after a change. */
export function judged(statement: EdgeStatement, scene: Scene | ShopChange = shopScene()): Result {
  const seen = typeof scene === "function" ? shopScene(scene) : scene;
  return allOf([...EDGE[statement].map(({ check }) => check(seen)), undecidedBy(unknownAbout(statement, seen))]);
}

/** The verdict on each of the statements. */
export function verdicts(scene: Scene | ShopChange): Readonly<Record<EdgeStatement, Result["verdict"]>> {
  const seen = typeof scene === "function" ? shopScene(scene) : scene;
  return Object.fromEntries(EDGE_STATEMENTS.map((id) => [id, judged(id, seen).verdict])) as Record<
    EdgeStatement,
    Result["verdict"]
  >;
}

export const ALL_PROVEN = { "PORTS-1": "proven", "PORTS-2": "proven", "HOOK-1": "proven", "WEB-1": "proven" } as const;

/** A result in words, with where each thing stands. */
export function inWords(result: Result): string {
  switch (result.verdict) {
    case "violated": {
      const { counterexample, wrong, controls, change } = result;
      const [by] = controls;
      return `violated: ${counterexample.join(", ")} ${String(wrong)} [${by?.pointer ?? ""}] change: ${String(change)}`;
    }
    case "undecided":
      return `undecided: ${result.unknown.map(({ reason, place }) => `${reason} [${place?.pointer ?? ""}]`).join("; ")}`;
    case "proven":
      return `proven, ${String(result.strength)}: ${basisInWords(result)}`;
    case "accepted":
    case "not applicable":
      return result.verdict;
  }
}
