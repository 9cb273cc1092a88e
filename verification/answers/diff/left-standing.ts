import { type Control, controlAt } from "../../result";
import { type LiveChange, liveChangesIn } from "../../statements/live-state";
import { blocksOf, type JsonObject, membersOf } from "../../terraform/json";
import { Model } from "../../terraform/model";
import type { Place, Resource, Stack } from "../../terraform/stack";
import { type App, both, type Pair } from "../app";
import { Area, changeOf, type Difference, differenceOf, Direction } from "./difference";
import { identityOf } from "./forms";

/** A live thing that leaves the JSON and stays as it is. */
interface Left {
  readonly change: LiveChange & { readonly from: string };
  /** The resource that it was before the change; undefined where the JSON had none either. */
  readonly resource: Resource | undefined;
}

/** The effects of a change on live things, other than by the resources of its JSON. */
export interface LiveEffects {
  /** The app after the change, together with what it leaves standing. */
  readonly live: App;
  readonly left: readonly Left[];
  /** The other changes of live things, which aren't understood. */
  readonly unclear: readonly LiveChange[];
}

/** The live effects of a change's new blocks: it doesn't cause those of earlier ones. */
export function liveEffectsOf({ before, after }: Pair<App>): LiveEffects {
  const all = both({ before, after }, ({ model }) => liveChangesIn(model));
  const earlier = new Set(all.before.map(nameOf));
  const fresh = all.after.filter((change) => !earlier.has(nameOf(change)));
  const leaving = fresh.filter((change) => isLeaving(change, after.model));
  const left = leaving.flatMap((change) => {
    const earlier = before.model.stack(change.place.stack)?.resources.find(({ address }) => address === change.from);
    return earlier !== undefined && isAdopted(earlier, after.model) ? [] : { change, resource: earlier };
  });
  const unclear = fresh.filter((change) => !leaving.some((each) => each === change));
  return { live: left.length === 0 ? after : withLeft({ before, after }, left), left, unclear };
}

/** Whether an `import` block adopts the same thing as a resource, such as one of another stack. */
function isAdopted(earlier: Resource, { stacks }: Model): boolean {
  return stacks.some(({ json, resources }) => {
    const adopting = new Set(blocksOf(json["import"]).map(({ to }) => to));
    const candidates = resources.filter(({ type, address }) => type === earlier.type && adopting.has(address));
    return candidates.some((each) => identityOf(each) === identityOf(earlier));
  });
}

const nameOf = ({ place, reason }: LiveChange): string => `${place.stack} ${reason}`;

/** Whether a thing leaves its address, and no resource takes its place. */
function isLeaving(change: LiveChange, model: Model): change is Left["change"] {
  const { from, to, place } = change;
  const addresses = new Set(model.stack(place.stack)?.resources.map(({ address }) => address));
  return from !== undefined && !addresses.has(from) && (to === undefined || !addresses.has(to));
}

function withLeft({ before, after }: Pair<App>, left: readonly Left[]): App {
  const all = left.flatMap(({ resource }) => resource ?? []);
  const stacks = after.model.stacks.map((stack): Stack => {
    const own = all.filter((resource) => resource.stack === stack.name);
    const earlier = before.model.stack(stack.name);
    return {
      ...stack,
      resources: [...stack.resources, ...own],
      json: { ...stack.json, resource: own.reduce(withBody, stack.json["resource"]) },
      // An applier's program may lie in the earlier folder alone.
      file: (path) => stack.file(path) ?? earlier?.file(path),
    };
  });
  return { ...after, model: new Model(stacks) };
}

function withBody(resources: unknown, { type, address, body }: Resource): JsonObject {
  const types = membersOf(resources);
  const named = membersOf(types[type]);
  return { ...types, [type]: { ...named, [address.slice(type.length + 1)]: body } };
}

/** The words for a thing that stays, in place of those for its new state. */
const STAYS = "stays so, and no JSON says it any more";

/**
 * The differences that stay live although the JSON doesn't say them any more.
 *
 * @param gone how the app would differ if it went
 */
export function leftDifferences({ left }: LiveEffects, gone: readonly Difference[]): readonly Difference[] {
  const known = gone
    .filter(({ direction }) => direction !== Direction.UNDECIDED)
    .map((difference) => [difference, left.find((each) => decides(each.resource, difference.by.before))] as const);
  const told = new Set(known.map(([, each]) => each));
  return [
    ...known.map(([difference, each = left[0]]) => standing(difference, each)),
    ...left
      .filter((each) => !told.has(each))
      .map(({ change, resource }) =>
        differenceOf({
          ...{ direction: Direction.LEFT_STANDING, area: Area.UNKNOWN, environments: [change.place.stack] },
          sentence: `${change.from} ${STAYS}`,
          ...{ what: change.from, after: STAYS, notes: [change.reason], subject: { of: change.from, parts: [] } },
          by: { before: resource && controlAt(resource), after: controlOf(change) },
        }),
      ),
  ];
}

function standing({ id, announces: _, ...difference }: Difference, left: Left | undefined): Difference {
  return differenceOf({
    ...{ ...difference, direction: Direction.LEFT_STANDING, after: STAYS, exactly: id },
    sentence: changeOf({ ...difference, after: STAYS }),
    ...(left && {
      by: { ...difference.by, after: controlOf(left.change) },
      notes: [...difference.notes, left.change.reason],
    }),
  });
}

/** A block by its name, such as `removed`. */
function controlOf({ place }: LiveChange): Control {
  return { name: place.pointer.split("/")[1] ?? "", ...place };
}

/** Whether what decides a difference stands in a resource. */
function decides(resource: Place | undefined, control: Control | undefined): boolean {
  if (resource === undefined || control === undefined) return false;
  return resource.stack === control.stack && `${control.pointer}/`.startsWith(`${resource.pointer}/`);
}

/** The live changes that aren't understood. Differences that their resources decide become undecided too. */
export function unclearDifferences(
  { unclear, live }: LiveEffects,
  differences: readonly Difference[],
): readonly Difference[] {
  const becoming = unclear.flatMap(({ to, place, reason }) => {
    const resource = live.model.stack(place.stack)?.resources.find(({ address }) => address === to);
    return resource === undefined ? [] : { resource, reason };
  });
  const reasonsOf = ({ by }: Difference): readonly string[] =>
    becoming.filter(({ resource }) => decides(resource, by.after)).map(({ reason }) => reason);
  return [
    ...differences.map((difference) => asUndecided(difference, reasonsOf(difference))),
    ...unclear.map((change) =>
      differenceOf({
        ...{ direction: Direction.UNDECIDED, area: Area.UNKNOWN, environments: [change.place.stack] },
        ...{ what: change.reason, by: { after: controlOf(change) } },
        subject: { of: change.to ?? change.from ?? change.place.stack, parts: [] },
      }),
    ),
  ];
}

/** The directions of differences that open or weaken something whether or not they are understood. */
const OPENING: ReadonlySet<Direction> = new Set([Direction.OPENED, Direction.WEAKENED]);

function asUndecided({ id, ...difference }: Difference, reasons: readonly string[]): Difference {
  if (reasons.length === 0 || OPENING.has(difference.direction)) return { id, ...difference };
  const notes = [...difference.notes, ...reasons];
  return differenceOf({ ...difference, direction: Direction.UNDECIDED, notes, exactly: id });
}
