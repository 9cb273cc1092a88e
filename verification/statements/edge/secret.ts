import { inZone } from "../../edge/zone";
import { EDGE_SECRET_HEADER } from "../../../policy/origin";
import { Strength } from "../../../policy/statements";
import { PHASE } from "../../edge/phases";
import type { Proof } from "../../edge/proof";
import { isObject } from "../../terraform/json";
import { holdsText } from "../../terraform/value";
import { allOf, type Result, proven, undecided, violated } from "../../result";
import type { Scene } from "../scene";
import { always, never, only, type Propositions } from "../vocabulary";
import { conclude } from "./conclude";
import { controlsComeFirst, rulesOf } from "./order";
import { MEETS_THE_EDGE } from "./ports";
import { hostsOf } from "./records";
import { carries, carriesNothingElse, isKeptFromOthers, secretOf, unknownGivers } from "./requests/secret";
import { secretReaders } from "./secret-readers";

/** WEB-1 at the edge: a request that came through it bears the environment's secret, and nobody else's does. */
export const WEB_1_EDGE: Propositions = [
  only("with the environment's secret do requests leave for its hosts", (scene) =>
    decided(scene, carries, `passes without the environment's ${EDGE_SECRET_HEADER}`),
  ),
  never("is the secret replaced or taken away", (scene) =>
    decided(scene, carriesNothingElse, `has its ${EDGE_SECRET_HEADER} changed on the way`),
  ),
  never("does another host's origin learn the secret", (scene) =>
    decided(scene, isKeptFromOthers, `gets the environment's ${EDGE_SECRET_HEADER}, so another origin learns it`),
  ),
  never("is the secret written down, or shared with another environment", secrecy),
  ...MEETS_THE_EDGE,
  always("that the secret comes before the host is public", hostsOf, (host, scene) =>
    controlsComeFirst(host, scene, rulesOf(PHASE.LATE_TRANSFORM)),
  ),
];

const CHANGE = `set ${EDGE_SECRET_HEADER} to a sensitive variable of the environment's own, for its hosts and no others`;

type About = (zone: Scene["edge"]["zone"], hosts: readonly string[], value: string) => Proof;

function decided(scene: Scene, about: About, what: string): Result {
  const hosts = hostsOf(scene);
  const value = ownSecret(scene);
  return value === undefined
    ? without(hosts, scene)
    : conclude(about(scene.edge.zone, hosts, value), scene, CHANGE, what);
}

/** The value that requests for the environment's first host bear. */
function ownSecret(scene: Scene): string | undefined {
  return secretOf(scene.edge.zone, hostsOf(scene)[0] ?? "");
}

function without(hosts: readonly string[], { edge }: Scene): Result {
  const [unknown] = unknownGivers(edge.zone);
  if (unknown !== undefined) return undecided(`rule ${unknown.ref} may give ${EDGE_SECRET_HEADER} any value`, unknown);
  const what = `passes without the environment's ${EDGE_SECRET_HEADER}`;
  return violated({ counterexample: hosts, wrong: what, change: CHANGE });
}

/**
 * The secret is a sensitive variable: it stands in no file, nothing but its header is given it, and no other environment's
 * origin knows it.
 */
function secrecy(scene: Scene): Result {
  const value = ownSecret(scene);
  if (value === undefined) return without(hostsOf(scene), scene);
  const [, variable = ""] = /^\$\{var\.([A-Za-z0-9_-]+)\}$/.exec(value) ?? [];
  if (variable !== "" && isWrittenOut(value, scene)) {
    const what = `the text ${value} itself is sent as ${EDGE_SECRET_HEADER}: "$\${" is Terraform's escape`;
    return violated({ wrong: what, change: CHANGE });
  }
  if (!isSensitive(variable, scene)) {
    const what = `the value of ${EDGE_SECRET_HEADER} is no sensitive variable without a default, so files or outputs may show it`;
    return violated({ wrong: what, change: CHANGE });
  }
  const readers = secretReaders(variable, scene);
  if (readers.length > 0) return allOf(readers);
  const sharing = othersWith(value, scene);
  if (sharing.length === 0)
    return proven(Strength.ASSERTED, [], { notes: [`the secret comes from TF_VAR_${variable}`] });
  const what = "knows the same secret";
  return violated({ counterexample: sharing, wrong: what, change: CHANGE });
}

/** Whether a rule holds the value as text, and no reference to what it would stand for. */
function isWrittenOut(value: string, { model, edge }: Scene): boolean {
  return inZone(model, edge.zone.id, "cloudflare_ruleset").some(({ attributes }) => holdsText(attributes, value));
}

function isSensitive(variable: string, { model, policy }: Scene): boolean {
  const { json } = model.stack(policy.edgeOwner) ?? {};
  const variables = isObject(json?.["variable"]) ? json["variable"] : {};
  const declaration = variables[variable];
  return isObject(declaration) && declaration["sensitive"] === true && !("default" in declaration);
}

/** The other environments of the zone whose hosts bear the same value. */
function othersWith(value: string, { policy, edge }: Scene): readonly string[] {
  return edge.policy.tenants
    .filter(({ name }) => name !== policy.name)
    .filter(({ hosts }) => Object.keys(hosts).some((host) => secretOf(edge.zone, host) === value))
    .map(({ name }) => name);
}
