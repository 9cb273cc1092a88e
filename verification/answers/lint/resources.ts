import { Port } from "../../../network/ports";
import { ALL_PORTS, covers, spectrumPorts } from "../../edge/spectrum-ports";
import { placeAt } from "../../result";
import { escapedReferences } from "../../terraform/references";
import { child, isObject, type JsonObject, type Placed, stringsIn } from "../../terraform/json";
import type { Model } from "../../terraform/model";
import type { Resource, Stack } from "../../terraform/stack";
import { nameOfValue, plain } from "../../terraform/value";
import type { LintCheck, LintRule, LintSeverity } from "./finding";

/** A mistake within a stack, with its message in parts. */
interface Fault {
  readonly pointer: string;
  readonly wrong: string;
  readonly meant: string;
  readonly change: string;
  /** Tells it from others of the same place. @default - nothing */
  readonly key?: string;
}

interface JsonCheck {
  readonly rule: LintRule;
  readonly severity: LintSeverity;
  readonly faults: (stack: Stack) => readonly Fault[];
}

/** Ports of the datastores: closed to the public under whatever number the edge opens them. */
const CLOSED: readonly number[] = [Port.POSTGRES, Port.POSTGRES_POOLER, Port.REDIS];

/**
 * The attributes of type `dynamic`, which the bindings (@cdktf/provider-cloudflare 13.9.1) type as a map of anything: a
 * number comes out as `{}`, and a list as an object of its indices. Providers accept both.
 */
const DYNAMIC = [
  { type: "cloudflare_zone_setting", attribute: "value" },
  { type: "cloudflare_spectrum_application", attribute: "origin_port" },
] as const;

/** The types of records that can be proxied: https://developers.cloudflare.com/dns/proxy-status/ */
const PROXIABLE: readonly string[] = ["A", "AAAA", "CNAME"];

const ofType = ({ resources: all }: Stack, type: string): readonly Resource[] =>
  all.filter((resource) => resource.type === type);

const CHECKS: readonly JsonCheck[] = [
  {
    rule: "escaped-interpolation",
    severity: "error",
    faults: ({ json }) =>
      escapedReferences({ value: json, pointer: "" }).map(({ reference, ...fault }) => ({
        ...fault,
        key: reference,
        change: 'build the string with Fn.join("", ["... $", value]) or write the plain name and a dependency',
      })),
  },
  {
    rule: "lost-value",
    severity: "error",
    faults: (stack) =>
      DYNAMIC.flatMap(({ type, attribute }) =>
        ofType(stack, type).flatMap(({ body, pointer }) =>
          losses({ value: body[attribute], pointer: child(pointer, attribute) }, attribute),
        ),
      ),
  },
  {
    // Each opens a port of the edge beside the proxy's, past every rule for HTTP: https://developers.cloudflare.com/spectrum/
    rule: "spectrum-port",
    severity: "error",
    faults: (stack) =>
      ofType(stack, "cloudflare_spectrum_application").map(({ body: application, pointer }) => {
        const ranges = spectrumPorts(application);
        const exposed = CLOSED.filter((port) => ranges.some((range) => covers(range ?? ALL_PORTS, port)));
        const { protocol } = application;
        const name = typeof protocol === "string" ? protocol : "of no known protocol";
        return {
          pointer,
          wrong: `Spectrum ${name} ${exposed.length > 0 ? `exposes ${exposed.join(", ")}` : "opens a port"} to the public`,
          meant: "only 443, and 80 to redirect to it, are open to the public; the datastores' ports are closed",
          change: "remove the application: the proxy serves 443 and 80 without it",
        };
      }),
  },
  {
    // Cloudflare recommends custom rules in its place (https://developers.cloudflare.com/waf/tools/zone-lockdown/), and
    // nothing documents whether its pattern of URLs matches an encoded slash.
    rule: "lockdown",
    severity: "warning",
    faults: (stack) =>
      ofType(stack, "cloudflare_zone_lockdown").map(({ pointer }) => ({
        pointer,
        wrong: "a zone lockdown guards by a pattern of URLs, which an encoded slash (%2F) may pass by",
        meant: "a guard that holds for every spelling of the path",
        change: "guard the path by a custom rule: name it as a webhook of the environment",
      })),
  },
  {
    // A client with an origin's own address passes by the edge and its rules. The provider's default is unproxied
    // (cloudflare 5.22.0, `internal/services/dns_record/schema.go`), so only a literal `true` will do.
    rule: "unproxied-record",
    severity: "error",
    faults: (stack) =>
      ofType(stack, "cloudflare_dns_record")
        .filter(({ body: record }) => mayBeProxied(record) && record["proxied"] !== true)
        .map(({ body: record, pointer }) => ({
          pointer,
          wrong: `the record ${JSON.stringify(record["name"])} (${String(record["type"])}) isn't proxied for certain: its content is public, past every rule of the edge`,
          meant: "a host that is reached through the edge only",
          change: 'set "proxied" to the literal true, or remove the record',
        })),
  },
];

/** Numbers and lists that the bindings lost on the way to the JSON. */
function losses({ value, pointer }: Placed<unknown>, attribute: string): readonly Fault[] {
  if (typeof value !== "object" || value === null) return [];
  const keys = Object.keys(value);
  const loss = isObject(value) ? LOSSES.find(({ isSeenIn }) => isSeenIn(keys)) : undefined;
  if (loss !== undefined) {
    const { wrong, meant, example } = loss;
    return [
      { pointer, wrong, meant, change: `set it past the bindings: resource.addOverride("${attribute}", ${example})` },
    ];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    losses({ value: inner, pointer: child(pointer, key) }, attribute),
  );
}

const LOSSES = [
  {
    isSeenIn: (keys: readonly string[]) => keys.length === 0,
    wrong: "the value is an empty object: the bindings lost a number or a boolean",
    meant: "a number or a boolean",
    example: "30",
  },
  {
    isSeenIn: (keys: readonly string[]) => keys.every((key, index) => key === String(index)),
    wrong: "the value is an object of indices: the bindings lost a list",
    meant: "a list",
    example: '["A", "B"]',
  },
] as const;

const mayBeProxied = ({ type }: JsonObject): boolean =>
  typeof type !== "string" || type.includes("${") || PROXIABLE.includes(type.toUpperCase());

/**
 * Mistakes in a synthesized stack that the bindings, Terraform and the providers let pass: values lost on the way to the
 * JSON, and resources that open what the policy closes. The rules of the edge aren't judged here.
 */
export const resources: LintCheck = ({ model }) =>
  model.stacks.flatMap((stack) =>
    CHECKS.flatMap(({ rule, severity, faults }) =>
      faults(stack).map(({ pointer, wrong, meant, change, key }) => ({
        ...{ rule, severity, change },
        place: { stack: stack.name, pointer, ...pathAt(stack, pointer) },
        what: `${wrong}; meant: ${meant}`,
        ...(key === undefined ? {} : { key: [key] }),
      })),
    ),
  );

/** The construct of the resource that a pointer leads into. */
function pathAt({ resources: all }: Stack, pointer: string) {
  const path = all.find((each) => `${pointer}/`.startsWith(`${each.pointer}/`))?.path;
  return path === undefined ? {} : { path };
}

/** Lists that nothing else in the app names, disabled rules included. They count for the account all the same. */
export const unusedLists: LintCheck = ({ model }) =>
  model
    .ofType("cloudflare_list")
    .filter((list) => !isUsed(list, model))
    .map((list) => ({
      rule: "unused-list",
      severity: "warning",
      place: placeAt(list),
      what: `no rule of the app names the list $${nameOf(list)}`,
      change: "remove the list, unless rules elsewhere in the account use it",
    }));

const nameOf = ({ attributes }: Resource): string => nameOfValue(attributes["name"]);

function isUsed(list: Resource, model: Model): boolean {
  const name = nameOf(list);
  return model.resources
    .filter((resource) => resource !== list)
    .flatMap(({ attributes }) => stringsIn({ value: plain(attributes), pointer: "" }))
    .some(({ value }) => value === name || namesIn(value).includes(name) || value.includes(list.address));
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$([a-z0-9_.]+)/g)].map(([, name = ""]) => name);
}
