import { acceptedAs, type AcceptedResource, inWords, resourceLine } from "../../policy/accept";
import { refusalOf } from "../../policy/question";
import type { StatementId } from "../../policy/statements";
import { rulesIn, type ZoneRule } from "../edge/zone";
import { oncePer, oncePerName } from "../once-per";
import { type Acceptance, placeAt, type Result, type Thing, undecidedBy, type Unknown } from "../result";
import { digestOf, withoutMember } from "../terraform/digest";
import { valueAt } from "../terraform/identity";
import type { Model } from "../terraform/model";
import type { Place, Resource, Stack } from "../terraform/stack";
import { keepsItsIdentity, ruleStandsBeside, standsBeside } from "./beside";
import type { Scene } from "./scene";
import { unknownAbout } from "./unknowns";

/** The place of an unknown: a resource, or a rule of one. */
interface Site {
  readonly stack: Stack;
  readonly resource: Resource;
  readonly address: string;
  /** Where the rule stands, where it is one. */
  readonly rule?: string;
}

function siteOf({ stack: name, pointer }: Place, model: Model): Site | undefined {
  const stack = model.stack(name);
  const resource = stack?.resources.find((each) => pointer === each.pointer || pointer.startsWith(`${each.pointer}/`));
  if (stack === undefined || resource === undefined) return undefined;
  const [, rule, index] = /^(\/rules\/(\d+))(?:\/|$)/.exec(pointer.slice(resource.pointer.length)) ?? [];
  if (rule === undefined || resource.type !== "cloudflare_ruleset")
    return { stack, resource, address: resource.address };
  return { stack, resource, address: `${resource.address}.rules[${index ?? ""}]`, rule: `${resource.pointer}${rule}` };
}

/** A rule has the digest of its own body and of its ruleset without its rules. */
function thingAt({ stack, resource, address, rule }: Site): Thing {
  const values =
    rule === undefined ? [resource.body] : [valueAt(stack.json, rule), withoutMember(stack, resource.pointer, "rules")];
  return { stack: stack.name, address, digest: digestOf(stack, values) };
}

/** An unknown with the thing that it stands in, and whether an environment may accept it. */
function told(unknown: Unknown, scene: Scene): Unknown {
  const site = unknown.place && siteOf(unknown.place, scene.model);
  if (site === undefined) return unknown;
  const thing = thingAt(site);
  return { ...unknown, thing, ...(isAcceptable(unknown, site, scene) ? { acceptable: true } : {}) };
}

function isAcceptable({ question }: Unknown, { resource, rule }: Site, scene: Scene): boolean {
  if (refusalOf(question) !== undefined) return false;
  if (question === "lifecycle" && !keepsItsIdentity(resource)) return false;
  if (rule === undefined) return standsBeside(resource, scene);
  const own = ruleAt(scene, resource.stack, rule);
  return own !== undefined && ruleStandsBeside(own, scene);
}

const ruleAt = ({ edge }: Scene, stack: string, pointer: string): ZoneRule | undefined =>
  rulesIn(edge.zone).find((rule) => rule.stack === stack && rule.pointer === pointer);

/** The same for all that is unknown of a scene, each once. */
export const tellerOf = oncePer((scene: Scene) => {
  const known = new Map<string, Unknown>();
  return (unknown: Unknown): Unknown => {
    const key = JSON.stringify(unknown);
    const ready = known.get(key) ?? told(unknown, scene);
    known.set(key, ready);
    return ready;
  };
});

/** The entries of an environment that accept an unknown of a scene, each with that unknown. */
export type Accepted = ReadonlyMap<AcceptedResource, Unknown>;

/** Whether an entry is about an unknown, at any digest. */
const isAbout = ({ stack, address, question }: AcceptedResource, unknown: Unknown): boolean =>
  unknown.question === question && unknown.thing?.stack === stack && unknown.thing.address === address;

export const entriesOf = ({ policy }: Scene): readonly AcceptedResource[] =>
  acceptedAs("resource", policy.environment.accept);

/** The entries of the scene's environment that accept some of these unknowns, as `tellerOf` tells them. */
export function acceptedOf(unknowns: readonly Unknown[], scene: Scene): Accepted {
  return new Map(
    entriesOf(scene).flatMap((entry) => {
      const meant = unknowns.find((each) => isAbout(entry, each) && each.thing?.digest === entry.digest);
      return meant?.acceptable === true ? [[entry, meant] as const] : [];
    }),
  );
}

/** The unknowns that bear on a statement, without those that the scene's environment accepts. */
export function openAbout(statement: StatementId, scene: Scene): readonly Unknown[] {
  const tell = tellerOf(scene);
  const all = unknownAbout(statement, scene);
  const accepted = [...acceptedOf(all.map(tell), scene).keys()];
  return all.filter((unknown) => !accepted.some((entry) => isAbout(entry, tell(unknown))));
}

/** A result without its accepted reasons. */
export function withoutAccepted(result: Result, accepted: Accepted): Result {
  if (result.verdict !== "undecided") return result;
  const isAccepted = (unknown: Unknown): boolean => [...accepted.keys()].some((entry) => isAbout(entry, unknown));
  return undecidedBy(
    result.unknown.filter((unknown) => !isAccepted(unknown)),
    result.counterexample,
  );
}

/**
 * A scene without the rules about which a question is accepted: with any answer, they end no request that a policy
 * speaks of.
 */
export function withoutRules(scene: Scene, accepted: Accepted): Scene {
  const places = [...accepted.values()].flatMap(({ place }) =>
    place === undefined ? [] : (siteOf(place, scene.model) ?? []),
  );
  const left = places.flatMap(({ stack, rule }) => (rule === undefined ? [] : [`${stack.name}#${rule}`])).sort();
  return left.length === 0 ? scene : scenesWithout(scene, left.join(" "));
}

const scenesWithout = oncePerName((scene: Scene, left: string): Scene => {
  const { zone, policy } = scene.edge;
  const isLeft = ({ stack, pointer }: Place): boolean => left.split(" ").includes(`${stack}#${pointer}`);
  const phases = [...zone.phases].map(([phase, rules]) => [phase, rules.filter((rule) => !isLeft(rule))] as const);
  return { ...scene, edge: { policy, zone: { ...zone, phases: new Map(phases) } } };
});

/** The acceptances as a result carries them. */
export function acceptancesOf(accepted: Accepted): readonly Acceptance[] {
  return [...accepted].map(([entry, unknown]) => ({
    what: `${inWords(entry)}: ${unknown.reason}`,
    reason: entry.reason,
    unknown,
  }));
}

/**
 * The entries of a scene's environment that accept nothing, as unknowns. Only their removal answers these.
 *
 * @param unknowns all unknowns of the scene, with or without the accepted ones
 */
export function staleIn(scene: Scene, unknowns: readonly Unknown[]): readonly Unknown[] {
  const accepted = acceptedOf(unknowns, scene);
  return entriesOf(scene)
    .filter((entry) => !accepted.has(entry))
    .map((entry) => {
      const { stack, address } = entry;
      const resource = scene.model.stack(stack)?.resources.find((each) => address.split(".rules[")[0] === each.address);
      return {
        reason: `${resourceLine(entry)} of ${scene.policy.name}.accept ${faultOf(entry, resource, unknowns)}`,
        question: "acceptance",
        ...{ place: resource === undefined ? { stack, pointer: "" } : placeAt(resource) },
      };
    });
}

function faultOf(entry: AcceptedResource, resource: Resource | undefined, unknowns: readonly Unknown[]): string {
  if (resource === undefined) return "accepts a thing that isn't there: remove it";
  const open = unknowns.find((each) => isAbout(entry, each));
  if (open?.thing === undefined) return "accepts a question that isn't open: remove it";
  if (open.acceptable !== true) return "accepts what can't be accepted: remove it";
  return `was for another body: look again, and write the digest ${open.thing.digest}`;
}
