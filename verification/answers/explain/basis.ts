import type { Origin } from "../../../policy/origin";
import type { StatementId } from "../../../policy/statements";
import type { PortRange } from "../../edge/spectrum-ports";
import type { EdgeZone } from "../../edge/zone";
import type { Unknown } from "../../result";
import type { Place } from "../../terraform/stack";
import type { TargetAccess, TargetKind } from "../targets";
import type { Holder, RuleView, StatementView } from "./explanation";
import type { NamedSets } from "./named-sets";

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
  readonly names: NamedSets;
  /** The statements about the edge, as they hold in the environment. */
  readonly statements: readonly StatementView[];
  readonly rules: RuleNotes;
  readonly unknown: EdgeUnknowns;
  /** The ports that may be open past every rule, with the reasons. */
  readonly opened: readonly (PortRange & { readonly reasons: readonly Unknown[] })[];
}

/** All that the explanation of a connection to one environment is worked out from. */
export interface TargetBasis {
  readonly environment: string;
  /** The sets of addresses that people have a name for, in all environments. */
  readonly names: NamedSets;
  readonly targets: Readonly<Record<TargetKind, readonly TargetEntry[]>>;
}

/** A thing that isn't reached by HTTP, and whom it admits. */
export interface TargetEntry extends Pick<TargetAccess, "admitted" | "because" | "unknown"> {
  readonly name: string;
  readonly ports: readonly number[];
  /** The resource that puts that in force; undefined where none does. */
  readonly by?: Holder;
  /** A host and port that lead everybody to it past its list; undefined where none does. */
  readonly past?: string;
  readonly statements: readonly StatementView[];
}

/** Why the rules that stand in the JSON may not be all that decides a request. */
export interface EdgeUnknowns {
  readonly toHost: ReadonlyMap<string, readonly Unknown[]>;
  readonly overHttp: readonly Unknown[];
  readonly always: readonly Unknown[];
}

/** The rules of an environment's edge by their places, each with the description that the JSON has for it and what it holds. */
export type RuleNotes = ReadonlyMap<string, RuleNote>;

interface RuleNote extends Pick<RuleView, "description"> {
  readonly statements: readonly StatementId[];
}

export const placeKey = ({ stack, pointer }: Place): string => `${stack} ${pointer}`;
