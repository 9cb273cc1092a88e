import { understood } from "../../../edge/conditions";
import type { End } from "../../../edge/ends";
import type { Given, RequestSet } from "../../../edge/describe";
import type { Values } from "../../../edge/values";
import { shownValue } from "../../../edge/secrecy";
import { cut, firstOf } from "../../../collections";
import { brief } from "../../explain/conditions";

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

/** The most characters of a part of a sentence. The exact requests stand below it. */
const LONGEST_PART = 60;

const EXCEPTIONS = " but not ";

/** Requests in the parts of a sentence. */
interface Target {
  /** `DELETE requests for paths containing /x`. */
  readonly what: string;
  /** `on 443`. */
  readonly on: string;
  /** `, except paths containing /y`, and conditions; may be empty. */
  readonly except: string;
}

function targetOf({ methods, hosts, paths, queries, ports, given }: RequestSet): Target {
  const things = [
    ...(hosts.kind === "all" ? [] : [part(hosts, "", "any host but ")]),
    ...(paths.kind === "only" ? [part(paths, "paths ", "")] : []),
    ...(queries.kind === "all" ? [] : [part(queries, "queries ", "any query but ")]),
  ].join(" with ");
  const verb = methods.kind === "all" ? "" : `${part(methods, "", "any method but ")} requests`;
  const excepted = paths.kind === "except" ? [`, except ${part({ ...paths, kind: "only" }, "paths ", "")}`] : [];
  const where = given.length === 0 ? [] : [", under a condition that no rule decides"];
  return {
    what: verb === "" ? things || "everything" : `${verb}${things === "" ? "" : ` for ${things}`}`,
    on: `on ${ports.kind === "all" ? "any port" : part(ports, "", "any port but ", " and ")}`,
    except: [...excepted, ...where].join(""),
  };
}

/** Where requests go, as short as a drawing takes it. */
export function targetInWords(requests: RequestSet): string {
  const { what, on, except } = targetOf(requests);
  return `${what} ${on}${except}`;
}

/** Names in a sentence: the first ones, without their exceptions, where all of them take too long. */
function part({ kind, names }: Values, only: string, except: string, between = " or "): string {
  const all = enumerated(names, between);
  const [first = ""] = names;
  const more =
    names.length > 1 ? ` and ${names.length - 1} more` : first.includes(EXCEPTIONS) ? " (with exceptions)" : "";
  const said = all.length <= LONGEST_PART ? all : `${cut(first.split(EXCEPTIONS)[0] ?? "")}${more}`;
  const isBare = /^[/\w*.-]+( (?:or|and) [/\w*.-]+)*$/.test(said);
  return `${kind === "except" ? except : isBare ? "" : only}${said}`;
}

/** The change of what becomes of requests, in one sentence. */
export function changeInWords(requests: RequestSet, before: End, after: End): string {
  const who = whom(requests.sources);
  const { what, on, except } = targetOf(requests);
  const of = `${on} for ${what}${except}`;
  const isMany = who.includes(", ") && !who.startsWith("anyone");
  const [is, meets, reaches] = isMany ? ["are", "meet", "reach"] : ["is", "meets", "reaches"];
  const lost = before.barriers.filter((barrier) => !after.barriers.includes(barrier));
  const met = after.barriers.filter((barrier) => !before.barriers.includes(barrier));
  if (before.kind === after.kind && lost.length > 0 && met.length === 0)
    return `${who} no longer ${meets} ${barriersInWords(lost)} ${of}`;
  if (before.kind === after.kind && met.length > 0 && lost.length === 0)
    return `${who} ${meets} ${barriersInWords(met)} ${of}`;
  if (before.kind !== "origin" && after.kind === "origin") {
    const isPublic = requests.sources.kind === "all" && requests.methods.kind === "all";
    const become = what.startsWith("paths") ? "become" : "becomes";
    return isPublic
      ? `${what} ${become} public ${on}${except}`
      : `${who} ${reaches} ${what} ${on}${except}, and ${ENDED[before.kind]} before`;
  }
  const headers = before.kind === "origin" && after.kind === "origin" ? differing(before.headers, after.headers) : [];
  if (headers.length > 0) return `the origin gets another ${enumerated(headers)} ${of}, from ${who}`;
  if (after.kind === "block" && before.kind !== "block") return `${who} ${is} blocked ${of}`;
  if (after.kind === "redirect" && before.kind !== "redirect") return `${who} ${is} redirected ${of}`;
  if (after.kind === "undecided") return `it is unknown whether ${who} ${reaches} ${what} ${on}${except}`;
  return `${who} ${of}: ${endInWords(before)} → ${endInWords(after)}`;
}

function differing(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]);
}

const ENDED = { block: "was blocked", redirect: "was redirected", undecided: "it was unknown" } as const;

const BARRIERS: Readonly<Record<string, string>> = {
  managed_challenge: "the challenge (managed_challenge)",
  challenge: "the challenge",
  js_challenge: "the challenge (js_challenge)",
};

const barriersInWords = (barriers: readonly string[]): string =>
  enumerated(barriers.map((barrier) => BARRIERS[barrier] ?? cut(barrier)));

/**
 * A host that is new or gone, in one sentence.
 *
 * @param target the origin that it leads to, where that is known
 */
export function hostInWords(requests: RequestSet, end: End, isNew: boolean, target?: string): string {
  const { what, on, except } = targetOf(requests);
  const who = whom(requests.sources);
  const isPublic = requests.sources.kind === "all";
  if (end.kind !== "origin") return `${what} is ${isNew ? "new" : "gone"} ${on}, and it is unknown who reaches it`;
  if (!isNew) return `${what} is no longer served ${on}${isPublic ? "" : ` to ${who}`}${except}`;
  const to = target === undefined ? "" : `, and leads to ${target}`;
  return `${what} becomes public ${on}${isPublic ? "" : ` for ${who}`}${except}${to}`;
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
