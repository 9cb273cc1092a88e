import { PACKAGE_MANAGERS, type ScannedManifest } from "../../../policy/scanned-manifest";
import { PATHS } from "./repository-paths";
import type { ScanFilesInput } from "./scan-files-input";
import { TemplateValues, fill, shippedText } from "./template";
import { dayName, timeOfDay, weeklyTime } from "./weekly-time";

/**
 * The dependabot.yml of a repository: one entry per ecosystem that its manifests have, and one for its actions.
 *
 * Dependabot can't leave out mild advisories: its security updates of every severity include the critical ones. It pauses
 * itself after 90 days without activity on its pull requests
 * (https://docs.github.com/en/code-security/dependabot/troubleshooting-dependabot/dependabot-updates-stopped).
 */
export function dependabotConfig(input: ScanFilesInput): string {
  const updates = [
    ...[...directoriesByEcosystem(input.manifests)].map(([ecosystem, directories]) =>
      fill(shippedText("templates/dependabot-packages.yml"), {
        ecosystem,
        directories: items(directories),
        ...schedule(input.repository, ecosystem),
      }),
    ),
    fill(shippedText("templates/dependabot-actions.yml"), {
      "managed-workflows": items([PATHS.snykWorkflow, ...(input.pentest === undefined ? [] : [PATHS.pentestWorkflow])]),
      ...schedule(input.repository, "github-actions"),
    }),
  ];
  return fill(shippedText("templates/dependabot.yml"), { updates: updates.join("\n") });
}

/** An ecosystem may name a directory once, so several manifests in one directory share an entry. */
function directoriesByEcosystem(manifests: readonly ScannedManifest[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { packageManager, path } of manifests) {
    const { dependabotEcosystem } = PACKAGE_MANAGERS[packageManager];
    const directories = found.get(dependabotEcosystem) ?? new Set();
    found.set(dependabotEcosystem, directories.add(`/${path.split("/").slice(0, -1).join("/")}`));
  }
  return new Map([...found].map(([ecosystem, directories]) => [ecosystem, [...directories].sort()]));
}

function schedule(repository: string, ecosystem: string): TemplateValues {
  const time = weeklyTime(repository, `dependabot:${ecosystem}`);
  return { day: dayName(time), time: timeOfDay(time) };
}

function items(values: readonly string[]): string {
  return values.map((value) => `- "${value}"\n`).join("");
}
