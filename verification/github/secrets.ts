import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import type { Resource } from "../terraform/stack";
import { Opaque } from "../terraform/value";
import { enforced, type Result, undecided } from "../result";
import { controlOf, ifFound, violated } from "./control";
import { snykWorkflowOf, writtenBefore } from "./files";
import { lacking, type Subject } from "./subject";

/** Where the policy has Terraform write the token, it is in the secrets that the scan reads, before the first scan. */
export function tokenIsThere(subject: Subject): readonly Result[] {
  const { promise, written } = subject;
  const { writeToken, tokenSecret, dependabotSecret } = { ...SNYK_DEFAULTS, ...promise.snyk };
  if (!writeToken) {
    return [
      enforced([], {
        assumptions: [`somebody sets the secret ${tokenSecret} of ${promise.name} by hand: a scan without it fails`],
      }),
    ];
  }
  const kinds = [
    ["Actions", written.actionsSecrets] as const,
    ...(dependabotSecret ? [["Dependabot", written.dependabotSecrets] as const] : []),
  ];
  return kinds.flatMap(([kind, secrets]) =>
    holdsToken(subject, kind, secrets.filter(isNamed(tokenSecret)), tokenSecret),
  );
}

const isNamed =
  (name: string) =>
  ({ attributes: { secret_name: secret } }: Resource): boolean =>
    typeof secret !== "string" || secret.toUpperCase() === name.toUpperCase();

function holdsToken(
  subject: Subject,
  kind: string,
  [secret, second]: readonly Resource[],
  name: string,
): readonly Result[] {
  if (secret === undefined)
    return [lacking(subject, `nothing writes the ${kind} secret ${name}`, "write it, as ScanSchedule does")];
  if (second !== undefined) {
    const reason = `the ${kind} secret ${name} has two owners: ${secret.stack} ${secret.address} and this`;
    return [undecided(reason, controlOf(second))];
  }
  const { secret_name: named, plaintext_value: value } = secret.attributes;
  if (named instanceof Opaque) {
    const reason = `only the apply knows whether this is the ${kind} secret ${name}`;
    return [undecided(reason, controlOf(secret, "/secret_name"))];
  }
  if (!(value instanceof Opaque) || !/^\$\{var\.\w+\}$/.test(value.text)) {
    const what = "its value is no variable of the process that runs Terraform";
    return [violated(what, controlOf(secret, "/plaintext_value"), "take it from a sensitive variable")];
  }
  const written = { path: `the secret ${name}`, branch: undefined, text: undefined, resource: secret };
  return ifFound(snykWorkflowOf(subject), ({ file }) => [writtenBefore(subject, [written], file)]);
}
