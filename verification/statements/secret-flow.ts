import { EDGE_SECRET_HEADER } from "../../policy/edge-secret";
import { areParametersOpaque, inZone, type ZoneRule } from "../edge/zone";
import { PHASE } from "../edge/phases";
import { allOf, asserted, type Result, undecided, undecidedBy, violated } from "../result";
import { child, isObject, type JsonObject, stringsIn, membersOf } from "../terraform/json";
import { type Reached, reachedFrom } from "../terraform/flow";
import { holdsText } from "../terraform/value";
import { ofSecret, secretOf, SET_THE_SECRET } from "./edge-secret";
import { openStatesOf } from "./leaks";
import type { Scene } from "./scene";
import { isRepeated, shownIn } from "./shown";

const HEADER = EDGE_SECRET_HEADER.toLowerCase();

/**
 * The secret is a sensitive variable. It stands in no file, only its header gets it, and no other environment's origin
 * knows it.
 */
export const staysSecret = ofSecret(({ scene, value }) => {
  const broken = (wrong: string, counterexample: readonly string[] = []): Result =>
    violated({ counterexample, wrong, change: SET_THE_SECRET });
  const [, variable = ""] = /^\$\{var\.([A-Za-z0-9_-]+)\}$/.exec(value) ?? [];
  if (variable !== "" && isWrittenOut(value, scene))
    return broken(`the text ${value} itself is sent as ${EDGE_SECRET_HEADER}: "$\${" is Terraform's escape`);
  if (!isSensitive(variable, scene)) {
    return broken(
      `the value of ${EDGE_SECRET_HEADER} is no sensitive variable without a default, so files or outputs may show it`,
    );
  }
  const readers = [...leaksOf(variable, scene), ...readersOf(scene)];
  const found = allOf(readers);
  if (found.verdict !== "not applicable") return found;
  const sharing = othersWith(value, scene);
  return sharing.length > 0
    ? broken("knows the same secret", sharing)
    : asserted([], {
        notes: [`the secret comes from TF_VAR_${variable}`],
        assumptions: isLong(variable, scene) ? [] : [`nobody guesses TF_VAR_${variable}, whose length no apply checks`],
      });
});

/** Whether a rule holds the value as text, and not as a reference. */
function isWrittenOut(value: string, { model, edge }: Scene): boolean {
  return inZone(model, edge.zone.id, "cloudflare_ruleset").some(({ attributes }) => holdsText(attributes, value));
}

function isSensitive(variable: string, { model, policy }: Scene): boolean {
  const { json } = model.stack(policy.edgeOwner) ?? {};
  const variables = membersOf(json?.["variable"]);
  const declaration = variables[variable];
  return isObject(declaration) && declaration["sensitive"] === true && !("default" in declaration);
}

/** Whether an apply fails with a secret that is short: `can(regex("^[!-~]{32,}$", var.secret))` */
function isLong(variable: string, { model, policy }: Scene): boolean {
  const stack = model.stack(policy.edgeOwner);
  if (stack === undefined) return false;
  return stringsIn({ value: stack.json, pointer: "" }).some(({ value, pointer }) => {
    const [, least, asked] = LENGTH.exec(value) ?? [];
    const isAsked = asked === variable && Number(least) >= LEAST;
    return isAsked && CONDITION.test(pointer) && !isRepeated(pointer, stack);
  });
}

const LEAST = 32;
const LENGTH = /^\$\{can\(regex\("\^\[[^\]]+\]\{(\d+),\}\$", var\.([\w-]+)\)\)\}$/;
const CONDITION = /\/(?:lifecycle\/(?:\d+\/)?precondition|validation)\/(?:\d+\/)?condition$/;

/** The other environments of the zone whose hosts bear the same value. */
function othersWith(value: string, { policy, edge }: Scene): readonly string[] {
  return edge.policy.tenants
    .filter(({ name }) => name !== policy.name)
    .filter(({ hosts }) => Object.keys(hosts).some((host) => secretOf(edge.zone, host) === value))
    .map(({ name }) => name);
}

/** Where the secret goes, but for its header's value, and conditions that only ask whether it will do. */
function leaksOf(variable: string, { model, edge }: Scene): readonly Result[] {
  const late = edge.zone.phases.get(PHASE.LATE_TRANSFORM) ?? [];
  const own = new Set(late.flatMap((rule) => headerPlaces(rule, variable)));
  return model.stacks.flatMap((stack) => {
    const reached = reachedFrom(stack, [{ address: `var.${variable}`, members: [] }]);
    const shown = shownIn(stack, reached).filter((each) => !own.has(`${stack.name}#${each.pointer}`));
    return [...shown.map((each) => leak(variable, each)), undecidedBy(openStatesOf(stack, reached))];
  });
}

function headerPlaces({ stack, pointer, parameters }: ZoneRule, variable: string): readonly string[] {
  const headers = membersOf(parameters["headers"]);
  return Object.entries(headers)
    .filter(([name, operation]) => name.toLowerCase() === HEADER && isSetTo(`\${var.${variable}}`, operation))
    .map(([name]) => `${stack}#${["action_parameters", "headers", name, "value"].reduce(child, pointer)}`);
}

const isSetTo = (value: string, operation: unknown): boolean => isObject(operation) && operation["value"] === value;

function leak(variable: string, reached: Reached): Result {
  const { address, stack, pointer, isCertain } = reached;
  if (!isCertain)
    return undecided(`${address} may be given the secret, and whoever sees it learns it`, { stack, pointer }, "secret");
  return violated({
    counterexample: [address],
    wrong: "is given the secret, and whoever sees it learns it",
    by: { name: address, stack, pointer },
    change: `use var.${variable} as the value of ${EDGE_SECRET_HEADER} alone`,
  });
}

/**
 * The phases that see the header with its secret: the values that their rules write may hold it.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 * @see https://developers.cloudflare.com/logs/reference/custom-fields/
 */
const SEEING: readonly string[] = [PHASE.LATE_TRANSFORM, PHASE.RESPONSE_HEADERS, PHASE.LOG_FIELDS];

function readersOf({ edge: { zone } }: Scene): readonly Result[] {
  return SEEING.flatMap((phase) => zone.phases.get(phase) ?? [])
    .filter(mayRead)
    .map((rule) => undecided(`rule ${rule.ref} may write ${EDGE_SECRET_HEADER} where others see it`, rule, "secret"));
}

function mayRead(rule: ZoneRule): boolean {
  const texts = textsOf(rule.parameters);
  if (areParametersOpaque(rule) || texts.some((text) => READS.test(text))) return true;
  return !rule.areParametersKnown && texts.some((text) => /[$%]\{/.test(text));
}

/** The texts of the parameters, without the constant values of headers, which read nothing. */
function textsOf(parameters: JsonObject): readonly string[] {
  return stringsIn({ value: parameters, pointer: "" })
    .filter(({ pointer }) => !pointer.endsWith("/value"))
    .map(({ value }) => value);
}

/** The header by its name, and all headers but a single one of another name. */
const READS = new RegExp(`${HEADER}|http\\.request\\.headers(?!\\.(?:names|truncated)|\\["[\\w-]+"\\])`, "i");
