import { type Subject, subjectOf } from "../../github/subject";
import { isObject } from "../../terraform/json";
import type { Resource, Stack } from "../../terraform/stack";
import { type App, both } from "./app";
import { Area, type Difference } from "./difference";
import { asWhole, type Fact, factDifferences } from "./fact";
import { fileDifferences } from "./files";
import { pentestFacts } from "./pentests";
import { scanFacts } from "./scans";
import type { Sides } from "./sides";

/** How repositories differ. One that a single side writes is one difference: what is held in it stands below. */
export function repositoryDifferences({ repositories }: Sides): readonly Difference[] {
  const names = both(repositories, (all) => new Set(all.map(keyOf)));
  const isShared = (subject: Subject): boolean => names.before.has(keyOf(subject)) && names.after.has(keyOf(subject));
  const shared = both(repositories, (all) => all.filter(isShared));
  const single = both(repositories, (all) => all.filter((subject) => !isShared(subject)));
  return [
    ...factDifferences(both(shared, (all) => all.flatMap(heldIn))),
    ...fileDifferences(shared),
    ...single.before.flatMap((subject) => wholly(subject, false)),
    ...single.after.flatMap((subject) => wholly(subject, true)),
  ];
}

const keyOf = ({ written: { name } }: Subject): string => name.toLowerCase();

const heldIn = (subject: Subject): readonly Fact[] => [...scanFacts(subject), ...pentestFacts(subject)];

/** A repository that one side alone writes. */
function wholly(subject: Subject, isNew: boolean): readonly Difference[] {
  const { environment, written } = subject;
  const { name: of, files } = written;
  const about = { area: Area.SCANS, environments: [environment] };
  const paths = files.map(({ path }) => path).sort();
  const facts = [
    ...heldIn(subject),
    {
      ...{ ...about, what: `the files that are written to ${of}`, subject: { of, parts: ["files"] } },
      ...{ value: paths.join(", "), absent: { value: "none" } },
    },
  ];
  const parts = factDifferences(isNew ? { before: [], after: facts } : { before: facts, after: [] });
  return asWhole(parts, { ...about, what: `the repository ${of}`, of, isNew, words: ["written", "not written"] });
}

/** Every repository that the stacks of an app write, or that its policies name. */
export function repositoriesOf({ model, policies }: App): readonly Subject[] {
  const promised = policies.flatMap(({ name, environment: { repositories = [] } }) =>
    repositories.map((promise) => ({ environment: name, promise })),
  );
  const named = new Set(promised.map(({ promise }) => promise.name.toLowerCase()));
  const written = model.stacks
    .flatMap((stack) => fullNames(stack).map((name) => ({ environment: stack.name, promise: unnamed(name) })))
    .filter(({ promise }) => !named.has(promise.name.toLowerCase()));
  const all = [...promised, ...new Map(written.map((each) => [each.promise.name.toLowerCase(), each])).values()];
  return all
    .map(({ environment, promise }) => subjectOf(model, environment, promise))
    .filter((subject) => resourcesOf(subject).length > 0);
}

/** A repository of which no policy says anything. */
const unnamed = (name: string): Subject["promise"] => ({ name, manifests: [] }) as unknown as Subject["promise"];

/** The resources that are read as parts of a repository. */
export function resourcesOf({ written }: Subject): readonly Resource[] {
  const { files, alerts, securityUpdates, rulesets } = written;
  return [...files.map(({ resource }) => resource), ...alerts, ...securityUpdates, ...rulesets];
}

/** The repositories that a stack's resources may be of. */
function fullNames({ json, resources }: Stack): readonly string[] {
  const providers = isObject(json["provider"]) ? json["provider"] : {};
  const owners = [providers["github"] ?? []].flat().flatMap((each: unknown) => (isObject(each) ? each["owner"] : []));
  const own = resources
    .filter(({ type }) => type.startsWith("github_"))
    .map(({ attributes }) => attributes["repository"]);
  const names = [...new Set(own)].filter((name) => typeof name === "string");
  return owners
    .filter((owner) => typeof owner === "string")
    .flatMap((owner) => names.map((name) => `${owner}/${name}`));
}
