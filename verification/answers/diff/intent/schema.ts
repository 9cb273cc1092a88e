import { parse, RulesLanguageError } from "../../../../network/rules-language";
import { object } from "../../../../policy/shapes";
import { STATEMENT_IDS, type StatementId } from "../../../../policy/statements";
import { z } from "zod";

/** Requests that are meant to end otherwise: those for which all that is said of them is true. */
export interface IntendedRequests {
  /** The environment that they belong to: in a shared zone, by their hosts. @default - all */
  readonly environment?: string;
  readonly host?: string | readonly string[];
  /** Paths that hold this text in any spelling: decoded, in any case. */
  readonly path?: string;
  readonly method?: string | readonly string[];
  readonly port?: number | readonly number[];
  /** Addresses, blocks, ranges, or names of sets such as `meta`. */
  readonly from?: string | readonly string[];
  /** All addresses but these. */
  readonly notFrom?: string | readonly string[];
  /** Anything else, as an expression of Cloudflare's Rules language. */
  readonly where?: string;
}

/** Something else that is meant to differ. */
export interface IntendedThing {
  /** An id: of a zone, a datastore, a service, an account, a repository. */
  readonly of: string;
  /** Which parts of it. @default - all */
  readonly part?: string | readonly string[];
  /** Addresses, where it is about some. @default - all */
  readonly from?: string | readonly string[];
}

/** One thing that a change means to do. */
export interface IntentEntry {
  readonly opened?: IntendedRequests | IntendedThing;
  readonly closed?: IntendedRequests | IntendedThing;
  readonly changed?: IntendedRequests | IntendedThing;
  /** What is held or checked less: a setting, a scan, the penetration test, an input. */
  readonly weakened?: Omit<IntendedThing, "from">;
  readonly strengthened?: Omit<IntendedThing, "from">;
  /** Where in the policy something is meant to differ: `production.egress`. */
  readonly policy?: string;
  /** A statement that is only declared from now on. */
  readonly lowered?: { readonly statement: StatementId; readonly environment: string };
  /** An environment that is new, with all that is said of it alone. */
  readonly added?: { readonly environment: string };
  /** An environment that is gone, with all that is said of it alone. */
  readonly dropped?: { readonly environment: string };
}

/** What a change means to do. Everything else that it does is refused. */
export interface Intent {
  readonly format: 1;
  readonly intends: readonly IntentEntry[];
}

const text = z.string({ error: "a text" }).min(1, { error: "a text" });
const texts = z.union([text, z.array(text).min(1)], { error: "a text or a list of texts" });
const port = z.int({ error: "a port" }).min(1, { error: "a port" }).max(65_535, { error: "a port" });
const ports = z.union([port, z.array(port).min(1)], { error: "a port or a list of ports" });

const expression = text.superRefine((value, context) => {
  try {
    parse(value);
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    context.addIssue({ code: "custom", message: `an expression of the Rules language: ${error.message}` });
  }
});

const what = object({
  environment: text.optional(),
  host: texts.optional(),
  path: text.optional(),
  method: texts.optional(),
  port: ports.optional(),
  from: texts.optional(),
  notFrom: texts.optional(),
  where: expression.optional(),
  of: text.optional(),
  part: texts.optional(),
}).superRefine((value, context) => {
  const keys = Object.keys(value);
  const isThing = keys.includes("of");
  const isForeign = (key: string): boolean => isThing !== ["of", "part"].includes(key) && key !== "from";
  const foreign = keys.find(isForeign);
  if (keys.length === 0) context.addIssue({ code: "custom", message: "what is meant, not everything" });
  if (foreign === undefined) return;
  const message = isThing ? "only part and from together with of" : "of, the id of what has the part";
  context.addIssue({ code: "custom", path: [foreign], message });
});

const thing = object({ of: text, part: texts.optional() });

const environment = object({ environment: text });

const entry = object({
  opened: what.optional(),
  closed: what.optional(),
  changed: what.optional(),
  weakened: thing.optional(),
  strengthened: thing.optional(),
  policy: text.optional(),
  lowered: object({
    statement: z.enum(STATEMENT_IDS, { error: `the id of a statement: ${STATEMENT_IDS.join(", ")}` }),
    environment: text,
  }).optional(),
  added: environment.optional(),
  dropped: environment.optional(),
}).refine((value) => Object.keys(value).length === 1, { error: "exactly one of the keys" });

export const intentSchema = object({
  format: z.literal(1, { error: "1: the format that this version reads" }),
  intends: z.array(entry, { error: "a list of what is meant" }),
});

/** The JSON schema (2020-12) of an intent. */
export function publishedIntentSchema(): object {
  return {
    title: "What a change means to do: npm run policy -- diff --intent",
    ...z.toJSONSchema(intentSchema, { target: "draft-2020-12", io: "input" }),
  };
}
