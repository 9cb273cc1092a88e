import type { NamedAddresses } from "../../edge/values";
import { scenesOf } from "../../statements/scene";
import { type App, both, type Pair } from "./app";
import { accountsOf, egressItems, otherLayerFacts, proxyAdmissions } from "./connections/egress";
import { admissionItems, admissions } from "./facts/admitted";
import { appliedFacts } from "./facts/applied";
import { demandItems } from "./facts/demands";
import { type Fact, factItems } from "./facts/fact";
import { handedOverFacts, recordFacts, spectrumFacts } from "./facts/records";
import { repositoriesOf, resourcesOf } from "./facts/repositories";
import { repositoryItems } from "./facts/repository-items";
import { settingFacts } from "./facts/settings";
import { unknownSettingItems } from "./facts/unknown-settings";
import { asWhole } from "./facts/whole";
import { Area, type Difference, ranked } from "./difference";
import { namesIn } from "./names";
import { policyItems } from "./policies/environments";
import { blockItems } from "./remainder/blocks";
import { type Aside, faultsIn, remainderOf } from "./remainder/resources";
import { type EdgePair, edgePairs } from "./requests/edges";
import { newHosts, requestItems } from "./requests/requests";
import { isFirstHold, serviceOf } from "./requests/services";
import { statementItems } from "./statements";

/** How two apps differ. */
export interface Comparison {
  /** Each of one environment or zone, the most urgent first. Without any, nothing behaves otherwise, and nothing else is promised. */
  readonly differences: readonly Difference[];
  /** What differs and bears on no statement. */
  readonly asides: readonly Aside[];
  /** How many resources are written otherwise, whatever that means. */
  readonly rewritten: number;
}

/** How an app differs from another one: what is promised, what is proven, and who reaches what. Nothing is sampled. */
export function compare(apps: Pair<App>): Comparison {
  return comparison(apps, statementItems);
}

/** How an app differs from another one beside what is proven of them, which takes most of the time. */
export function compareBesideProofs(apps: Pair<App>): Comparison {
  return comparison(apps, () => []);
}

function comparison(apps: Pair<App>, proofs: (apps: Pair<App>) => readonly Difference[]): Comparison {
  if (isSame(apps)) return { differences: [], asides: [], rewritten: 0 };
  const scenes = both(apps, ({ model, policies }) => scenesOf(model, policies));
  const edges = edgePairs(apps, scenes);
  const names = namesIn(apps);
  const subjects = both(apps, repositoriesOf);
  const remainder = remainderOf(apps, {
    resources: new Set([...subjects.before, ...subjects.after].flatMap(resourcesOf)),
    lists: new Set(
      edges.flatMap(({ before, after }) => [...(before?.zone.lists.keys() ?? []), ...(after?.zone.lists.keys() ?? [])]),
    ),
  });
  const promised = both(apps, ({ policies }) => policies.map(({ environment }) => environment));
  const items = [
    ...policyItems(promised.before, promised.after),
    ...edges.flatMap((pair) => requestItems(pair, names)),
    ...connectionItems(apps, edges, names),
    ...repositoryItems(subjects),
    ...demandItems(apps),
    ...remainder.items,
    ...blockItems(apps),
    ...unknownSettingItems(scenes),
    ...proofs(apps),
  ];
  return { differences: ranked(withoutAnnouncements(items)), asides: remainder.asides, rewritten: remainder.rewritten };
}

/** A thing that is new is told by what becomes of it. */
function withoutAnnouncements(items: readonly Difference[]): readonly Difference[] {
  const fresh = items.filter(({ area, by }) => area !== Area.POLICY && by.before === undefined);
  const told = new Set(fresh.flatMap(({ subject: { of, parts } }) => [of, ...parts]));
  return items.filter(({ announces }) => announces === undefined || !told.has(announces));
}

function isSame(apps: Pair<App>): boolean {
  const { before, after } = both(apps, ({ model, policies }) =>
    JSON.stringify([
      policies,
      model.stacks.map(({ name, json, dependencies }) => [name, json, dependencies]),
      [...faultsIn(model).keys()],
    ]),
  );
  return before === after;
}

/** What isn't HTTP, and where names lead. */
function connectionItems(
  apps: Pair<App>,
  edges: readonly EdgePair[],
  names: readonly NamedAddresses[],
): readonly Difference[] {
  const accounts = accountsOf(apps);
  const facts = both(apps, (app): readonly Fact[] => [
    ...appliedFacts(app),
    ...accounts.flatMap((account) => otherLayerFacts(app, account)),
  ]);
  const reached = both(apps, (app) => [
    ...admissions(app),
    ...accounts.flatMap((account) => proxyAdmissions(app, account)),
  ]);
  return [
    ...edges.flatMap((pair) => edgeItems(apps, pair)),
    ...beside([...factItems(facts), ...admissionItems(reached, names)], edges),
    ...accounts.flatMap((account) => egressItems(apps, account, names)),
  ];
}

function edgeItems(apps: Pair<App>, { before, after }: EdgePair): readonly Difference[] {
  const comparing = (factsOf: (app: App, edge: Edge) => readonly Fact[]): readonly Difference[] =>
    factItems({
      before: before === undefined ? [] : factsOf(apps.before, before),
      after: after === undefined ? [] : factsOf(apps.after, after),
    });
  const settings = comparing(({ model }, edge) => settingFacts(model, edge));
  return [
    ...(before !== undefined && after !== undefined
      ? settings
      : settingsOf(settings, before ?? after, after !== undefined)),
    ...comparing(edgeFacts).filter((item) => !isServing(item, before, after)),
  ];
}

/** The settings of a zone that one side alone has. */
function settingsOf(settings: readonly Difference[], edge: Edge | undefined, isNew: boolean): readonly Difference[] {
  if (edge === undefined) return settings;
  const { name, environments } = edge;
  const what = `the settings of ${name}`;
  return asWhole(settings, { area: Area.SETTINGS, environments, what, of: name, isNew, words: ["held", "not held"] });
}

type Edge = NonNullable<EdgePair["after"]>;

const edgeFacts = ({ model }: App, edge: Edge): readonly Fact[] => [
  ...recordFacts(edge),
  ...handedOverFacts(edge),
  ...spectrumFacts(model, edge),
];

/** That a name meets the edge now, or no longer does, is told with the requests for it. */
function isServing(
  { area, before, after, subject }: Difference,
  one: Edge | undefined,
  other: Edge | undefined,
): boolean {
  if (area !== Area.RECORDS) return false;
  const [host = ""] = subject.parts;
  const isFresh = before === NOWHERE && other?.served.has(host) === true;
  return isFresh || (after === NOWHERE && one?.served.has(host) === true);
}

const NOWHERE = "nowhere";

/** A custom domain that is a name of the edge, and the service that a new host leads to, are told of with the requests. */
function beside(items: readonly Difference[], edges: readonly EdgePair[]): readonly Difference[] {
  const told = new Set(edges.flatMap(({ before, after }) => [...(before?.served ?? []), ...(after?.served ?? [])]));
  const held = new Set(
    edges.flatMap((pair) => {
      const { after } = pair;
      return after === undefined ? [] : newHosts(pair).flatMap((host) => serviceOf(host, after) ?? []);
    }),
  );
  return items.filter(
    (item) =>
      item.area !== Area.WEB_SERVICE ||
      !(item.subject.parts.some((part) => told.has(part)) || (isFirstHold(item) && held.has(item.subject.of))),
  );
}
