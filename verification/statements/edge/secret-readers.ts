import { EDGE_SECRET_HEADER } from "../../../policy/origin";
import { PHASE } from "../../edge/phases";
import { type ZoneRule, areParametersOpaque } from "../../edge/zone";
import { child, isObject, type JsonObject, stringsIn } from "../../terraform/json";
import type { Place } from "../../terraform/stack";
import { usesOf } from "../../terraform/references";
import { type Result, undecided, violated } from "../../result";
import type { Scene } from "../scene";

/** Whatever else than its header is given the secret, and whatever may read it there. */
export function secretReaders(variable: string, scene: Scene): readonly Result[] {
  return [...given(variable, scene).map((place) => violation(variable, place)), ...readersOf(scene)];
}

const HEADER = EDGE_SECRET_HEADER.toLowerCase();

/** Where the secret's variable stands, but for the header's value, and conditions that only ask whether it will do. */
function given(variable: string, { model, edge }: Scene): readonly Place[] {
  const late = edge.zone.phases.get(PHASE.LATE_TRANSFORM) ?? [];
  const own = new Set(late.flatMap((rule) => headerPlaces(rule, variable)));
  return model.stacks
    .flatMap((stack) => usesOf(stack, variable))
    .filter(
      ({ stack, pointer }) => !own.has(`${stack}#${pointer}`) && !isPassedOn(pointer) && !CONDITION.test(pointer),
    );
}

/** What a local holds counts where the local is used. */
const isPassedOn = (pointer: string): boolean => pointer.startsWith("/locals/");

/** Terraform says of a sensitive value in a condition no more than that it is one. */
const CONDITION =
  /^\/(?:resource|data)\/[^/]+\/[^/]+\/lifecycle(?:\/\d+)?\/(?:pre|post)condition(?:\/\d+)?\/condition$|^\/variable\/[^/]+\/validation(?:\/\d+)?\/condition$/;

function headerPlaces({ stack, pointer, parameters }: ZoneRule, variable: string): readonly string[] {
  const headers = isObject(parameters["headers"]) ? parameters["headers"] : {};
  return Object.entries(headers)
    .filter(([name, operation]) => name.toLowerCase() === HEADER && isSetTo(`\${var.${variable}}`, operation))
    .map(([name]) => `${stack}#${["action_parameters", "headers", name, "value"].reduce(child, pointer)}`);
}

const isSetTo = (value: string, operation: unknown): boolean => isObject(operation) && operation["value"] === value;

function violation(variable: string, { stack, pointer }: Place): Result {
  const [, block = "", type = "", name = ""] = pointer.split("/");
  const by = { name: block === "resource" ? `${type}.${name}` : `${block}.${type}`, stack, pointer };
  return violated({
    counterexample: [by.name],
    wrong: "is given the secret, and whoever sees it learns it",
    by,
    change: `use var.${variable} as the value of ${EDGE_SECRET_HEADER} alone`,
  });
}

/**
 * The phases that see the header with its secret: what their rules write may hold it.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 * @see https://developers.cloudflare.com/logs/reference/custom-fields/
 */
const SEEING: readonly string[] = [PHASE.LATE_TRANSFORM, PHASE.RESPONSE_HEADERS, PHASE.LOG_FIELDS];

function readersOf({ edge: { zone } }: Scene): readonly Result[] {
  return SEEING.flatMap((phase) => zone.phases.get(phase) ?? [])
    .filter(mayRead)
    .map((rule) => undecided(`rule ${rule.ref} may write ${EDGE_SECRET_HEADER} where others see it`, rule));
}

function mayRead(rule: ZoneRule): boolean {
  const texts = textsOf(rule.parameters);
  if (areParametersOpaque(rule) || texts.some((text) => READS.test(text))) return true;
  return !rule.areParametersKnown && texts.some((text) => /[$%]\{/.test(text));
}

/** What the parameters hold beside the constant values of headers, which read nothing. */
function textsOf(parameters: JsonObject): readonly string[] {
  return stringsIn({ value: parameters, pointer: "" })
    .filter(({ pointer }) => !pointer.endsWith("/value"))
    .map(({ value }) => value);
}

/** The header by its name, and all headers but a single one of another name. */
const READS = new RegExp(`${HEADER}|http\\.request\\.headers(?!\\.(?:names|truncated)|\\["[\\w-]+"\\])`, "i");
