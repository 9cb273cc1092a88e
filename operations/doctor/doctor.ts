import { type Environment, tenancies } from "../../policy/environment";
import { InvalidInput } from "../../errors/invalid-input";
import { choose } from "../choose";
import { PROVIDER_LOCKS } from "../deploy/terraform";
import { readStack, type StackFolder } from "../deploy/stack";
import { type Finding, sorted, undecided } from "../finding";
import { type Inventory, platformOf, takeStock, withClient } from "../inventory/inventory";
import { projectsOf } from "../inventory/named";
import type { Clients } from "../platforms/clients";
import { type Reading, read, unreadable, type Variables } from "../platforms/platform";
import type { Dialler } from "../probe/ask";
import { Chapter, type Checklist, type Item, markOf, type PlatformItem, type Step, type Subject } from "./checklist";
import { AT_THE_END, changedZone } from "./collisions";
import { credentials } from "./credentials";
import { deployer, deployerOf, keptSecrets } from "./deployer";
import { here, inputs, owners } from "./here";
import { edgePaste } from "./paste";
import { repositories } from "./repositories";
import { application, proxies, render, supabase } from "./services";
import { zone } from "./zone";

/** Everything that the doctor needs beside the environments. */
export interface DoctorOptions {
  readonly clients: Clients;
  /** The variables of the process. */
  readonly variables: Variables;
  /** The output folder of a synth. */
  readonly folder: string;
  /** The files of the folder that differ from those that were proven; undefined where it has no proof. */
  readonly changed: readonly string[] | undefined;
  /** How an origin is asked. */
  readonly dialler: Dialler;
  /**
   * The things that may be deleted or overwritten: refs of live rules, files as `owner/name:path`.
   *
   * @default - nothing
   */
  readonly drop?: readonly string[];
  /** @default - the folder provider-locks of the project */
  readonly locks?: string;
  /** Told after each line: how many are looked at, of how many. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Everything that a first deploy of an environment needs, in order. It only reads, and asks the platforms side by side.
 *
 * @throws {InvalidInput} where there is no such environment, or the environments contradict each other
 */
export async function doctor(
  name: string,
  environments: readonly Environment[],
  options: DoctorOptions,
): Promise<Checklist> {
  const [policy] = choose(environments, name);
  const { clients, variables, folder, dialler, drop = [], onProgress = () => undefined } = options;
  const subject: Subject = {
    ...{ policy, environment: policy.environment, environments, variables, drop, dialler },
    tenancy: tenancies(environments).find(({ owner }) => owner.name === name),
    stack: {
      id: `synthesized/${name}`,
      subject: `what a deploy of ${name} writes`,
      reading: stackIn(folder, name),
    },
  };
  const stock = policy.exampleValues.length > 0 ? undefined : takeStock(environments, [policy], clients);
  const lines = (await chaptersOf(subject, stock, options)).flatMap(([chapter, items]) =>
    items.map((item) => ({ chapter, item })),
  );
  const look = (item: Item | PlatformItem) => {
    if (!("platform" in item)) return item.look();
    return stock === undefined
      ? [notAsked(name)]
      : withClient(clients, item.platform, async (client) => item.look(client));
  };
  let done = 0;
  const steps = lines.map(async ({ chapter, item }): Promise<Step> => {
    const findings = sorted(await look(item));
    onProgress((done += 1), lines.length);
    return { chapter, title: item.title, mark: markOf(findings), findings };
  });
  const looked = await Promise.all(steps);
  const isNeeded = looked.some(({ findings }) => findings.some(({ todo }) => todo.includes(AT_THE_END)));
  return {
    environment: name,
    steps: looked,
    ignored: (await stock)?.ignored ?? [],
    ...(isNeeded && clients.cloudflare.kind === "read"
      ? { paste: await edgePaste(await changedZone(clients.cloudflare.value, subject)) }
      : {}),
  };
}

function stackIn(folder: string, name: string): Reading<StackFolder> {
  try {
    return read(readStack(folder, name));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return unreadable(
      `${folder} holds no stack of ${name} that a synth wrote`,
      "run `npm run synth`, or name its output folder with --folder",
    );
  }
}

const notAsked = (name: string): Finding =>
  undecided(
    `example/${name}/asked`,
    "no platform was asked, since example values are left",
    "run this again once none is",
  );

/** The lines of each chapter. */
async function chaptersOf(
  subject: Subject,
  stock: Promise<Inventory> | undefined,
  { clients, folder, changed, locks = PROVIDER_LOCKS }: DoctorOptions,
): Promise<readonly (readonly [Chapter, readonly (Item | PlatformItem)[]])[]> {
  const { name, workerEgress, workers = [] } = subject.environment;
  const isAsked = stock !== undefined;
  const onceAsked = ({ title, look }: Item): Item => ({ title, look: () => (isAsked ? look() : [notAsked(name)]) });
  const around = (chapter: Chapter, platform: keyof Clients): Item =>
    onceAsked({
      title: `Nothing on ${chapter} beats the policy from outside the JSON`,
      look: async () => (await stock)?.findings.filter(({ id }) => platformOf(id) === platform) ?? [],
    });
  const repository = deployerOf(subject);
  const kept = async (): Promise<readonly string[]> =>
    !isAsked || repository === undefined || clients.deployer.kind === "unreadable"
      ? []
      : keptSecrets(clients.deployer.value, repository, name);
  return [
    [Chapter.HERE, here(subject, { folder, changed, locks })],
    [Chapter.DEPLOYER, await deployer(subject)],
    [
      Chapter.CREDENTIALS,
      [
        ...credentials(subject),
        { title: "Every input of Terraform has a value", look: async () => inputs(subject, await kept()) },
        { title: "No variable leads the GitHub provider to another owner", look: () => owners(subject) },
      ],
    ],
    [Chapter.CLOUDFLARE, [...zone(subject), around(Chapter.CLOUDFLARE, "cloudflare")]],
    [Chapter.RENDER, [...render(subject), around(Chapter.RENDER, "render"), onceAsked(application(subject))]],
    [
      Chapter.SUPABASE,
      projectsOf(subject.environment).length === 0 ? [] : [supabase(subject), around(Chapter.SUPABASE, "supabase")],
    ],
    [Chapter.REPOSITORIES, repositories(subject)],
    [Chapter.AFTERWARDS, workerEgress === undefined || workers.length === 0 ? [] : [proxies(subject)]],
  ];
}

/** All that was found, once each. */
export function findingsOf({ steps }: Pick<Checklist, "steps">): readonly Finding[] {
  return sorted(steps.flatMap(({ findings }) => findings));
}
