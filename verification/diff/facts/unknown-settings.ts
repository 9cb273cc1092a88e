import { unknownSettings } from "../../statements/edge/settings";
import { scenesOf } from "../../statements/scene";
import { type App, both, type Pair } from "../app";
import { Area, type Item, itemOf, Kind } from "../item";
import { canonicalJson } from "../../diagram/effect";

/** Zone settings that nobody here knows the effect of, where they differ. */
export function unknownSettingItems(apps: Pair<App>): readonly Item[] {
  const { before, after } = both(apps, unknownIn);
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .filter((key) => before.get(key)?.value !== after.get(key)?.value)
    .map((key) => {
      const { stack, reason, pointer } = after.get(key) ?? before.get(key) ?? { stack: "", reason: "", pointer: "" };
      return itemOf({
        ...{ kind: Kind.UNDECIDED, area: Area.SETTINGS, environments: [stack] },
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

function unknownIn({ model, policies }: App): ReadonlyMap<string, Unknown> {
  const found = scenesOf(model, policies).flatMap((scene) => unknownSettings(scene));
  return new Map(
    found
      .flatMap((conclusion) => (conclusion.kind === "undecided" ? conclusion.doubts : []))
      .flatMap(({ reason, place }) => {
        const setting = model.resources.find(
          ({ stack, pointer }) => stack === place?.stack && pointer === place.pointer,
        );
        if (setting === undefined) return [];
        const { stack, pointer, attributes } = setting;
        return [[reason, { stack, pointer, reason, value: canonicalJson(attributes) }] as const];
      }),
  );
}
