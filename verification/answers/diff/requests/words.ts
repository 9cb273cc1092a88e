import { understood } from "../../../edge/conditions";
import type { End } from "../../../edge/ends";
import type { Given, RequestSet } from "../../../edge/describe";
import type { Values } from "../../../edge/values";
import { shownValue } from "../../../edge/secrecy";
import { firstOf } from "../../../collections";
import { brief, cut } from "../../explain/conditions";

/** How many names of a set are written out. */
const SHOWN = 4;

const enumerated = (names: readonly string[], between?: string): string => firstOf(names, SHOWN, between);

/** The senders of requests or connections, in words. */
export function whom({ kind, names }: Values): string {
  switch (kind) {
    case "all":
      return "anyone";
    case "only":
      return enumerated(names);
    case "except":
      return `anyone but ${enumerated(names)}`;
  }
}

/** Requests in words: `anyone but meta → POST paths containing /webhooks/meta on 443`. */
export function requestsInWords({ sources, methods, hosts, paths, queries, ports, given }: RequestSet): string {
  const verb = phrase(methods, (names) => names, "any method but");
  const what = [
    ...phrase(
      hosts,
      (names) => (/^[\w*.-]+( or [\w*.-]+)*$/.test(names) ? `host ${names}` : `hosts ${names}`),
      "any host but",
    ),
    ...phrase(paths, (names) => (/^\//.test(names) ? names : `paths ${names}`), "paths other than those"),
    ...phrase(queries, (names) => `with a query ${names}`, "with a query other than"),
  ];
  const { kind, names } = ports;
  const port = kind === "all" ? "on any port" : `on ${kind === "except" ? "any port but " : ""}${enumerated(names)}`;
  const target = what.length === 0 ? "everything" : what.join(", ");
  const assumed = given.length === 0 ? [] : [`where ${given.map(condition).join(" and ")}`];
  return [`${whom(sources)} →`, ...verb, target, port, ...assumed].join(" ");
}

function phrase({ kind, names }: Values, only: (names: string) => string, except: string): readonly string[] {
  if (kind === "all") return [];
  const all = enumerated(names, " or ");
  return [kind === "only" ? only(all) : `${except} ${all}`];
}

/** A condition that is assumed of requests because no rule decides it. */
function condition({ condition: text, holds }: Given): string {
  return holds ? readable(text) : `not ${readable(text)}`;
}

function readable(text: string): string {
  const expression = understood(text);
  if (expression === undefined) return cut(text);
  return expression.kind === "combination" ? `(${brief(expression)})` : brief(expression);
}

/** Where requests end, in words. */
export function endInWords(end: End): string {
  return [endAlone(end), ...end.barriers.map((barrier) => `behind ${cut(barrier)}`)].join(", ");
}

function endAlone(end: End): string {
  switch (end.kind) {
    case "block":
      return `block (${end.status})`;
    case "redirect":
      return `redirect (${end.status}) to ${cut(end.target)}`;
    case "undecided":
      return "undecided";
    case "origin": {
      const settings = Object.entries(end.settings).map(
        ([phase, value]) => `with ${phase} ${cut(withoutSecrets(value))}`,
      );
      return ["origin", ...Object.entries(end.headers).map(headerInWords), ...settings].join(", ");
    }
  }
}

function headerInWords([name, value]: readonly [string, string]): string {
  return value === REMOVED ? `without ${name}` : `with ${name}: ${cut(shownValue(name, value))}`;
}

/** How the removal of a header is written. */
const REMOVED = '{"operation":"remove"}';

/** The most characters that are written out: people don't read longer texts. */
const LONGEST = 2_000;

/** Parameters that are written as in the JSON, with the values of headers that may be secrets left out. */
function withoutSecrets(text: string): string {
  if (text.length > LONGEST) return `(${text.length} characters)`;
  return text.replace(
    /"([^"\\]+)":\{([^{}]*)"value":"((?:[^"\\]|\\.)*)"/g,
    (_, name: string, rest: string, value: string) => {
      return `"${name}":{${rest}"value":"${shownValue(name, value)}"`;
    },
  );
}
