import type { StatementId } from "../../../../policy/statements";
import { allOf, type Conclusion } from "../../../../verification/statements/conclusion";
import { doubtsAbout } from "../../../../verification/statements/doubts/doubts";
import { PORTS_1, PORTS_2 } from "../../../../verification/statements/edge/ports";
import { WEB_1_EDGE } from "../../../../verification/statements/edge/secret";
import { HOOK_1 } from "../../../../verification/statements/edge/webhook";
import type { Scene } from "../../../../verification/statements/scene";
import type { Proposition } from "../../../../verification/statements/vocabulary";
import { basisInWords } from "../../../support/basis-in-words";
import { type ShopChange, shopScene } from "../../../support/shop";

/** The statements about the edge, of WEB-1 the part there. */
const EDGE = {
  "PORTS-1": PORTS_1,
  "PORTS-2": PORTS_2,
  "HOOK-1": HOOK_1,
  "WEB-1": WEB_1_EDGE,
} as const satisfies Partial<Record<StatementId, readonly Proposition[]>>;

export type EdgeStatement = keyof typeof EDGE;

export const EDGE_STATEMENTS = Object.keys(EDGE) as readonly EdgeStatement[];

/** What is known of a statement in a scene, or in the shop as it is changed. */
export function judged(statement: EdgeStatement, scene: Scene | ShopChange = shopScene()): Conclusion {
  const seen = typeof scene === "function" ? shopScene(scene) : scene;
  const doubts = doubtsAbout(statement, seen);
  const open: readonly Conclusion[] = doubts.length > 0 ? [{ kind: "undecided", doubts }] : [];
  return allOf([...EDGE[statement].map(({ conclude }) => conclude(seen)), ...open]);
}

/** The verdict on each of the statements. */
export function verdicts(scene: Scene | ShopChange): Readonly<Record<EdgeStatement, Conclusion["kind"]>> {
  const seen = typeof scene === "function" ? shopScene(scene) : scene;
  return Object.fromEntries(EDGE_STATEMENTS.map((id) => [id, judged(id, seen).kind])) as Record<
    EdgeStatement,
    Conclusion["kind"]
  >;
}

export const ALL_PROVEN = { "PORTS-1": "proven", "PORTS-2": "proven", "HOOK-1": "proven", "WEB-1": "proven" } as const;

/** A conclusion in words, with where each thing stands. */
export function inWords(conclusion: Conclusion): string {
  switch (conclusion.kind) {
    case "violated": {
      const { witnesses, what, by, change } = conclusion;
      return `violated: ${witnesses.join(", ")} ${what} [${by?.pointer ?? ""}] change: ${change}`;
    }
    case "undecided":
      return `undecided: ${conclusion.doubts.map(({ reason, place }) => `${reason} [${place?.pointer ?? ""}]`).join("; ")}`;
    case "proven":
      return `proven, ${conclusion.strength}: ${basisInWords(conclusion)}`;
    case "not applicable":
      return conclusion.kind;
  }
}
