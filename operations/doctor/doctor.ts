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
import type { Dialler } from "../probe/dialler";
import { Chapter, type Checklist, type Item, markOf, type PlatformItem, type Step, type Subject } from "./checklist";
import { AT_THE_END, changedZone } from "./collisions";
import { cloudflareToken, githubToken, owners, renderToken, supabaseToken } from "./credentials";
import { deployer, deployerOf, keptSecrets } from "./deployer";
import { here, inputs } from "./here";
import { edgePaste } from "./paste";
import { repositories } from "./repositories";
import { application, proxies, render, supabase } from "./services";
import { zone } from "./zone";

/** What the doctor needs beside the environments. */
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
   * What may be deleted or overwritten: refs of live rules, files as `owner/name:path`.
   *
   * @default - nothing
   */
  readonly drop?: readonly string[];
  /** @default - the folder provider-locks of the project */
  readonly locks?: string;
  /** Told after each line: how many are looked at, of how many. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** A line with its chapter. */
interface Line extends Item {
  readonly chapter: Chapter;
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
  const lines = await linesOf(subject, stock, options);
  let done = 0;
  const steps = lines.map(async ({ chapter, title, look }): Promise<Step> => {
    const findings = sorted(await look());
    onProgress((done += 1), lines.length);
    return { chapter, title, mark: markOf(findings), findings };
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
    const [problem] = error.problems;
    return unreadable(
      `${folder} holds no ${problem?.allowed ?? "stack"}`,
      "run `npm run synth`, or name its output folder with --folder",
    );
  }
}

async function linesOf(
  subject: Subject,
  stock: Promise<Inventory> | undefined,
  { clients, folder, changed, locks = PROVIDER_LOCKS }: DoctorOptions,
): Promise<readonly Line[]> {
  const { environment, tenancy } = subject;
  const { name, repositories: owned = [], workerEgress, workers = [] } = environment;
  const notAsked = undecided(
    `example/${name}/asked`,
    "no platform was asked, since example values are left",
    "run this again once none is",
  );
  const plain = (chapter: Chapter, ...items: readonly Item[]): readonly Line[] =>
    items.map((item) => ({ ...item, chapter }));
  const on = (chapter: Chapter, platform: keyof Clients, items: readonly PlatformItem[]): readonly Line[] =>
    items.map(({ title, look }) => ({
      ...{ chapter, title },
      look: () => (stock === undefined ? [notAsked] : withClient(clients, platform, async (client) => look(client))),
    }));
  const asked = ({ title, look }: Item): Item => ({ title, look: () => (stock === undefined ? [notAsked] : look()) });
  const around = (chapter: Chapter, platform: keyof Clients): Line => ({
    ...{ chapter, title: `Nothing on ${chapter} beats the policy from outside the JSON` },
    look: async () =>
      stock === undefined ? [notAsked] : (await stock).findings.filter(({ id }) => platformOf(id) === platform),
  });
  const token = (variable: string, platform: keyof Clients, title: string, look: PlatformItem["look"]) =>
    on(Chapter.CREDENTIALS, platform, [{ title: `${variable} ${title}`, look }]);
  const repository = deployerOf(subject);
  const kept = async (): Promise<readonly string[]> =>
    stock === undefined || repository === undefined || clients.deployer.kind === "unreadable"
      ? []
      : keptSecrets(clients.deployer.value, repository, name);
  const hasProjects = projectsOf(environment).length > 0;
  return [
    ...plain(Chapter.HERE, ...here(subject, { folder, changed, locks })),
    ...(repository === undefined
      ? plain(Chapter.DEPLOYER, withoutDeployer(name))
      : on(Chapter.DEPLOYER, "deployer", await deployer(subject, repository))),
    ...(tenancy === undefined
      ? []
      : token("CLOUDFLARE_API_TOKEN", "cloudflare", "is valid, and reaches this app's zones alone", (client) =>
          cloudflareToken(client, subject),
        )),
    ...token("RENDER_API_KEY", "render", "is valid", (client) => renderToken(client, subject)),
    ...(hasProjects
      ? token("SUPABASE_ACCESS_TOKEN", "supabase", "is valid", (client) => supabaseToken(client, subject))
      : []),
    ...(owned.length === 0
      ? []
      : token("GITHUB_TOKEN", "github", "is an installation's, for these repositories alone", (client) =>
          githubToken(client, subject),
        )),
    ...plain(
      Chapter.CREDENTIALS,
      { title: "Every input of Terraform has a value", look: async () => inputs(subject, await kept()) },
      { title: "No variable leads the GitHub provider to another owner", look: () => owners(subject) },
    ),
    ...(tenancy === undefined ? [] : on(Chapter.CLOUDFLARE, "cloudflare", zone(subject))),
    around(Chapter.CLOUDFLARE, "cloudflare"),
    ...on(Chapter.RENDER, "render", render(subject)),
    around(Chapter.RENDER, "render"),
    ...plain(Chapter.RENDER, asked(application(subject))),
    ...(hasProjects
      ? [...on(Chapter.SUPABASE, "supabase", supabase(subject)), around(Chapter.SUPABASE, "supabase")]
      : []),
    ...(owned.length === 0 ? [] : on(Chapter.REPOSITORIES, "github", repositories(subject))),
    ...(workerEgress === undefined || workers.length === 0 ? [] : on(Chapter.AFTERWARDS, "render", [proxies(subject)])),
  ];
}

function withoutDeployer(name: string): Item {
  return {
    title: `The GitHub environments ${name}-plan and ${name} are there, with their secrets`,
    look: () => [
      undecided(
        "github/deployer",
        "it isn't known which repository deploys",
        'name it in an environment, infrastructure: "<owner>/<name>"',
      ),
    ],
  };
}

/** All that was found, once each. */
export function findingsOf({ steps }: Pick<Checklist, "steps">): readonly Finding[] {
  return sorted(steps.flatMap(({ findings }) => findings));
}
