import { resourceLine } from "../../policy/accept";
import { type AcceptableQuestion, refusalOf } from "../../policy/question";
import type { StatementId } from "../../policy/statements";
import { distinctBy, groupedBy } from "../collections";
import { placeAt, type Thing, type Unknown } from "../result";
import type { StatementResult } from "../statements/results";
import type { Place } from "../terraform/stack";

/** One thing that is unknown, however many results it leaves open. */
export interface UnknownThing {
  /** By which results refer to it: `U1`, `U2`, ... */
  readonly name: string;
  readonly reasons: readonly string[];
  readonly places: readonly Place[];
  /** The statements that it may bear on. */
  readonly bearing: readonly Bearing[];
  /** The lines by which environments accept it, where they can. */
  readonly lines: readonly AcceptingLine[];
  /** Why it can't be accepted by name, or not all of it. */
  readonly refusals: readonly string[];
}

/** The line by which an environment accepts what stands at a place. */
export interface AcceptingLine {
  readonly environment: string;
  readonly place: Place | undefined;
  readonly line: string;
}

/** Some statements of an environment. */
export interface Bearing {
  readonly environment: string;
  readonly statements: readonly StatementId[];
}

/** The unknown things of results, each once, in the order in which the results tell them. */
export interface UnknownThings {
  readonly all: readonly UnknownThing[];
  /** The things that a result is open for. */
  readonly of: (result: Pick<StatementResult, "unknown">) => readonly UnknownThing[];
}

interface Found {
  readonly unknown: Unknown;
  readonly result: StatementResult;
}

/** Things for the same reasons are told as one: there are so many of them only because there are so many places. */
export function unknownThingsIn(results: readonly StatementResult[]): UnknownThings {
  const found = results.flatMap((result) => result.unknown.map((unknown): Found => ({ unknown, result })));
  const things = [...groupedBy(found, ({ unknown }) => placeKey(unknown)).values()];
  const alike = [...groupedBy(things, (thing) => JSON.stringify(distinct(thing.map(reasonOf)))).values()];
  const told = alike.map((same, index) => ({ same: same.flat(), thing: thingOf(`U${index + 1}`, same.flat()) }));
  const named = new Map(told.flatMap(({ same, thing }) => same.map(({ unknown }) => [keyOf(unknown), thing] as const)));
  const all = told.map(({ thing }) => thing);
  return { all, of: ({ unknown }) => distinct(unknown.flatMap((each) => named.get(keyOf(each)) ?? [])) };
}

const keyOf = (unknown: Unknown): string => JSON.stringify([unknown.reason, unknown.place]);
const reasonOf = ({ unknown }: Found): string => unknown.reason;

/** Unknowns at one place are one thing. One without a place is told by its reason. */
function placeKey({ thing, place, reason }: Unknown): string {
  if (thing !== undefined) return JSON.stringify([thing.stack, thing.address]);
  return JSON.stringify(place === undefined ? [reason] : [place.stack, place.pointer]);
}

function thingOf(name: string, found: readonly Found[]): UnknownThing {
  const unknowns = found.map(({ unknown }) => unknown);
  const lines = found.flatMap(({ unknown, result: { environment } }): readonly AcceptingLine[] => {
    if (!isAcceptable(unknown)) return [];
    const { thing, question, place } = unknown;
    return [{ environment, place, line: resourceLine({ ...thing, question }) }];
  });
  return {
    name,
    reasons: distinct(found.map(reasonOf)),
    places: distinctBy(
      unknowns.flatMap(({ place }) => (place === undefined ? [] : placeAt(place))),
      ({ stack, pointer }) => `${stack}#${pointer}`,
    ),
    bearing: [...groupedBy(found, ({ result }) => result.environment)].map(([environment, own]) => ({
      environment,
      statements: distinct(own.map(({ result }) => result.statement)),
    })),
    lines: distinctBy(lines, ({ environment, line }) => `${environment} ${line}`),
    refusals: distinct(unknowns.flatMap((unknown) => (isAcceptable(unknown) ? [] : refused(unknown)))),
  };
}

type Acceptable = Unknown & { readonly thing: Thing; readonly question: AcceptableQuestion };

const isAcceptable = (unknown: Unknown): unknown is Acceptable =>
  unknown.acceptable === true && unknown.thing !== undefined && refusalOf(unknown.question) === undefined;

/** The reasons of these say what to do. */
const MENDED: ReadonlySet<Unknown["question"]> = new Set(["acceptance", "stack"]);

const refused = ({ question }: Unknown): readonly string[] =>
  MENDED.has(question) ? [] : [refusalOf(question) ?? "it may change what a statement rests on"];

const distinct = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

/** The statements that a thing bears on, in words: environments with the same ones stand together. */
export function bearingInWords(bearing: readonly Bearing[], results: readonly StatementResult[]): string {
  const asked = groupedBy(results, ({ environment }) => environment);
  const told = bearing.map(({ environment, statements }) => {
    const isAll = statements.length > 2 && statements.length === asked.get(environment)?.length;
    return { environment, what: isAll ? `all ${statements.length} statements` : statements.join(", ") };
  });
  return [...groupedBy(told, ({ what }) => what)]
    .map(([what, own]) => `${what} of ${own.map(({ environment }) => environment).join(", ")}`)
    .join("; ");
}
