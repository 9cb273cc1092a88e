import type { AddressSet } from "../../../network/address-set";
import type { Origin } from "../../../policy/origin";
import type { StatementId } from "../../../policy/statements";
import type { EdgeRequest } from "../../edge/evaluate/edge-request";
import type { PortRange } from "../../edge/spectrum-ports";
import type { EdgeZone } from "../../edge/zone";
import type { Unknown } from "../../result";
import type { StatementResult } from "../../statements/results";
import type { Place } from "../../terraform/stack";
import type { TargetAccess, TargetKind } from "../targets";

/** An explanation as data. `explain.schema.json` is its published form. */
export type Explanation = RequestExplanation | ConnectionExplanation;

/** Grows when a reader of the old form would misread the new one. */
export const FORMAT = 1;

/** Why a request ends where it ends. */
export interface RequestExplanation {
  readonly format: typeof FORMAT;
  readonly kind: "request";
  readonly request: AskedRequest;
  readonly environment: string;
  /** The zone whose edge the request meets, by its name. */
  readonly zone: string;
  readonly decision: RequestDecision;
  /** Rules that may stop the request: only the platform knows. */
  readonly unless: readonly string[];
  /** The rule that decided it, such as a skip before the rule that would have ended it; undefined where none did. */
  readonly decidedBy?: DecidingRule | undefined;
  readonly normalisation: Normalisation;
  /** The phases that have rules, in the platform's order. */
  readonly phases: readonly PhaseView[];
  readonly origin: OriginView;
  readonly notes: readonly string[];
}

/** The request as its client sends it. */
interface AskedRequest extends Pick<EdgeRequest, "scheme" | "port" | "host" | "target"> {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderView[];
  readonly from: SourceView;
}

/** Where a request or a connection comes from. */
export interface SourceView {
  readonly address: string;
  /** The named sets that hold the address. */
  readonly sets: readonly string[];
  /** Whether no address was given: it stands for everybody whom no name is known for. */
  readonly isAnyone: boolean;
}

export type RequestDecision =
  | { readonly kind: "block"; readonly status: number }
  | { readonly kind: "redirect"; readonly status: number; readonly location: string }
  | { readonly kind: "origin" }
  /** The edge doesn't take the connection. */
  | { readonly kind: "refused"; readonly reason: string }
  | {
      readonly kind: "undecided";
      readonly reasons: readonly Unknown[];
      /** Where the rules alone let it end. @default - they are undecided themselves */
      readonly byTheRules?: RequestDecision;
    };

/** A rule, and where it stands. */
export interface RuleView extends Place {
  readonly ref: string;
  readonly description?: string | undefined;
}

export interface DecidingRule {
  readonly rule: RuleView;
  /** The statements that it holds. */
  readonly statements: readonly StatementView[];
  /** The parts of its condition that are true of the request. */
  readonly because: readonly SeenFact[];
}

/** A statement, and how it is held in the environment. Its notes say too what is wrong or unknown. */
export interface StatementView extends Pick<
  StatementResult,
  "sentence" | "verdict" | "strength" | "notes" | "assumptions" | "accepted"
> {
  readonly id: StatementId;
}

/** The path that was sent, and the one that the rules see. */
export interface Normalisation {
  /** Whether the zone normalises, for the rules and the origin alike. */
  readonly isOn: boolean;
  readonly before: string;
  readonly after: string;
}

/** A phase with the rules that it has. */
export interface PhaseView {
  /** As the platform calls it. */
  readonly name: string;
  readonly title: string;
  readonly steps: readonly StepView[];
}

export type State = "matched" | "not matched" | "undecided" | "skipped" | "not reached";

/** A rule and what came of it. */
export interface StepView {
  readonly rule: RuleView;
  readonly statements: readonly StatementId[];
  readonly state: State;
  /** The rule's effect on requests that match. */
  readonly does: string;
  /** Where it didn't match: the first conjunct that failed. Where it is undecided: what can't be told. */
  readonly why?: Why | undefined;
  /** Where it was skipped: the rule that skips it. */
  readonly by?: string | undefined;
}

/** A part of a condition, and what was seen of the request. */
export interface Why {
  readonly conjunct: string;
  readonly facts: readonly SeenFact[];
}

/** A question to the request, and what was seen. */
export interface SeenFact {
  readonly conjunct: string;
  readonly saw: string;
}

/** The origin behind the host, and what reaches it. */
export interface OriginView {
  readonly isReached: boolean;
  /** The service's id; undefined where no environment declares the host. */
  readonly service?: string | undefined;
  readonly address?: string | undefined;
  /** The headers that it gets, as far as they are known here. */
  readonly headers: readonly HeaderView[];
  /** The statements that the rules hold which set its headers. */
  readonly statements: readonly StatementView[];
}

/** A header. The value of one that may hold a secret is never shown, unless it is a reference. */
export interface HeaderView {
  readonly name: string;
  readonly value: string;
  /** The rule that sets it; undefined where the client does. */
  readonly by?: string;
}

/** Whether a source may connect to targets that don't speak HTTP. */
export interface ConnectionExplanation {
  readonly format: typeof FORMAT;
  readonly kind: "connection";
  readonly to: TargetKind;
  readonly from: SourceView;
  readonly targets: readonly Target[];
}

/** A datastore or a worker, and whether the source may connect to it. */
export interface Target extends Pick<TargetEntry, "name" | "ports" | "by" | "statements"> {
  readonly environment: string;
  readonly decision: "admitted" | "refused" | "undecided";
  /** Why: what was seen. */
  readonly because: string;
  /** Whom it admits, by name where there is one. */
  readonly admits: string;
}

/** The resource that puts a state in force through a platform's API. */
export interface Holder extends Place {
  readonly resource: string;
  readonly kind: string;
  /** The desired state, as the JSON has it. */
  readonly state: unknown;
}

/** How a command ends that explains this: 0 explained, 2 undecided. */
export function exitCodeOf(explanation: Explanation): 0 | 2 {
  const isUndecided =
    explanation.kind === "request"
      ? explanation.decision.kind === "undecided"
      : explanation.targets.some(({ decision }) => decision === "undecided");
  return isUndecided ? 2 : 0;
}

/**
 * All that the explanation of a request to one environment is worked out from. Nothing of the proof is asked again, so it can
 * be handed on as data.
 */
export interface EdgeBasis {
  readonly environment: string;
  /** The public hosts of the environment. */
  readonly hosts: readonly string[];
  readonly zoneName: string;
  readonly zone: EdgeZone;
  /** The origins behind all hosts of the zone. */
  readonly origins: ReadonlyMap<string, Origin>;
  readonly names: readonly AddressSet[];
  /** The statements about the edge, as they hold in the environment. */
  readonly statements: readonly StatementView[];
  /** Its rules by the keys of their places, each with the description that the JSON has for it and all that it holds. */
  readonly rules: ReadonlyMap<string, Pick<RuleView, "description"> & { readonly statements: readonly StatementId[] }>;
  readonly unknown: EdgeUnknowns;
  /** The ports that may be open past every rule, with the reasons. */
  readonly opened: readonly (PortRange & { readonly reasons: readonly Unknown[] })[];
}

/** All that the explanation of a connection to one environment is worked out from. */
export interface TargetBasis {
  readonly environment: string;
  /** The sets of addresses that people have a name for, in all environments. */
  readonly names: readonly AddressSet[];
  readonly targets: Readonly<Record<TargetKind, readonly TargetEntry[]>>;
}

/** A thing that isn't reached by HTTP, and whom it admits. */
export interface TargetEntry extends Pick<TargetAccess, "admitted" | "because" | "unknown"> {
  /** The id by which its platform knows it. */
  readonly name: string;
  /** None where nothing can connect. */
  readonly ports: readonly number[];
  /** The resource that puts that in force; undefined where none does. */
  readonly by?: Holder | undefined;
  /** A host and port that lead everybody to it past its list; undefined where none does. */
  readonly past?: string | undefined;
  readonly statements: readonly StatementView[];
}

/** Why the rules that stand in the JSON may not be all that decides a request. */
export interface EdgeUnknowns {
  readonly toHost: ReadonlyMap<string, readonly Unknown[]>;
  readonly overHttp: readonly Unknown[];
  readonly always: readonly Unknown[];
}
