import { canonicalJson } from "../../../terraform/json";
import { unknownSettings } from "../../../statements/edge/settings";
import type { Scene } from "../../../statements/scene";
import { both, type Pair } from "../app";
import { Area, type Difference, differenceOf, Direction } from "../difference";

/** Zone settings that nobody here knows the effect of, where they differ. */
export function unknownSettingItems(scenes: Pair<readonly Scene[]>): readonly Difference[] {
  const { before, after } = both(scenes, unknownIn);
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .filter((key) => before.get(key)?.value !== after.get(key)?.value)
    .map((key) => {
      const { stack, reason, pointer } = after.get(key) ?? before.get(key) ?? { stack: "", reason: "", pointer: "" };
      return differenceOf({
        ...{ direction: Direction.UNDECIDED, area: Area.SETTINGS, environments: [stack] },
        what: "a zone setting: not understood, and differs",
        by: { after: { name: reason, stack, pointer } },
        notes: [reason],
        subject: { of: key, parts: [] },
      });
    });
}

interface Unknown {
  readonly stack: string;
  readonly pointer: string;
  readonly reason: string;
  readonly value: string;
}

function unknownIn(scenes: readonly Scene[]): ReadonlyMap<string, Unknown> {
  const resources = scenes[0]?.model.resources ?? [];
  const found = scenes.flatMap((scene) => unknownSettings(scene));
  return new Map(
    found
      .flatMap(({ unknown }) => unknown)
      .flatMap(({ reason, place }) => {
        const setting = resources.find(({ stack, pointer }) => stack === place?.stack && pointer === place.pointer);
        if (setting === undefined) return [];
        const { stack, pointer, attributes } = setting;
        return [[reason, { stack, pointer, reason, value: canonicalJson(attributes) }] as const];
      }),
  );
}
