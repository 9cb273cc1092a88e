import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import type { Policy } from "../../policy/policy";
import { type StatementId, STATEMENT_IDS } from "../../policy/statements";
import { PHASE } from "../edge/phases";
import { oncePer } from "../once-per";
import { placeAt } from "../result";
import { reachedFrom, type Source, type Template, templatesOf } from "../terraform/flow";
import { blocksOf } from "../terraform/json";
import { ANYTHING } from "../terraform/mentions";
import type { Model } from "../terraform/model";
import { SAFE_FUNCTIONS } from "../terraform/safe-functions";
import { sensitiveAttributesOf } from "../terraform/sensitive-attributes";
import type { Stack } from "../terraform/stack";
import { secretVariablesOf } from "./edge-secret";
import { familyOf } from "./influence";
import { scenesOf } from "./scene";
import type { AppUnknown } from "./unknown-blocks";

/** Something that is a secret, or may be one, beside the edge's own. */
interface Secret {
  readonly source: Source;
  readonly reason: string;
  /** The statements that whoever learns it could undo. */
  readonly statements: readonly StatementId[];
  /** Whether it may stand at a place, beside those that show nothing. */
  readonly isMeantFor: (place: Template) => boolean;
}

/** The places of an app that are given a secret, or what may be one, and that it isn't meant for. */
export const leaksBeside = oncePer((policies: readonly Policy[]) =>
  oncePer((model: Model): readonly AppUnknown[] => {
    const edge = new Set(scenesOf(model, policies).flatMap(secretVariablesOf));
    const tokens = new Set(policies.flatMap(tokensOf));
    return model.stacks.flatMap((stack) =>
      [...variablesOf(stack, edge, tokens), ...attributesOf(stack), ...readingsOf(stack)].flatMap((secret) =>
        leaksOf(stack, secret),
      ),
    );
  }),
);

function leaksOf(stack: Stack, { source, reason, statements, isMeantFor }: Secret): readonly AppUnknown[] {
  return reachedFrom(stack, [source])
    .filter((reached) => !isKept(reached) && !isMeantFor(reached))
    .map((reached) => ({
      statements,
      unknown: {
        reason: `${reason}, and whoever sees ${reached.address} learns it`,
        place: placeAt({ stack: reached.stack, pointer: reached.pointer }),
      },
    }));
}

/** Whether a place shows nothing of a secret: it is a local, which is followed on, or a condition. */
export const isKept = ({ address, members }: Template): boolean =>
  address.startsWith("local.") || CONDITION.test(members.join("."));

/** Terraform says of a sensitive value in a condition no more than that it is one. */
const CONDITION = /^(?:(?:lifecycle\.)?(?:pre|post)condition|validation|assert)\.condition$/;

/** The variables that a provider logs in with, that the scan's token comes from, or that are declared sensitive. */
function variablesOf(stack: Stack, edge: ReadonlySet<string>, tokens: ReadonlySet<string>): readonly Secret[] {
  const declared = blocksOf(stack.json["variable"]).flatMap((variables) => Object.entries(variables));
  return declared
    .filter(([name]) => !edge.has(`var.${name}`))
    .flatMap(([name, declaration]) => {
      const source = { address: `var.${name}`, members: [] };
      const reached = reachedFrom(stack, [source]);
      const isHiddenOrSent = (place: Template): boolean => isHidden(place) || isSentToOrigins(stack, place);
      const isToken = (place: Template): boolean => isTokenOfScan(stack, place, tokens);
      const credential = reached.filter(isCredential);
      const reason = `var.${name} is a credential`;
      if (credential.length > 0) {
        const statements = credential.flatMap(({ address }) => familyOf(`${address.split(".")[1] ?? ""}_`));
        return [{ source, reason, statements: orAll(statements), isMeantFor: isCredential }];
      }
      if (reached.some(isToken)) return [{ source, reason, statements: SCANS, isMeantFor: isToken }];
      const isSecret = blocksOf(declaration).some(
        (each) => SECRET.has(each["sensitive"]) || SECRET.has(each["ephemeral"]),
      );
      return isSecret
        ? [{ source, reason: `var.${name} is sensitive`, statements: STATEMENT_IDS, isMeantFor: isHiddenOrSent }]
        : [];
    });
}

/** Terraform reads booleans in words, too. Another value may become true. */
const SECRET = { has: (value: unknown): boolean => value !== undefined && value !== false && value !== "false" };

const SCANS: readonly StatementId[] = ["SCAN-1", "SCAN-3", "SCAN-4"];

const orAll = (statements: readonly StatementId[]) => (statements.length === 0 ? STATEMENT_IDS : statements);

function tokensOf({ environment: { repositories = [] } }: Policy): readonly string[] {
  return repositories.map(({ snyk }) => ({ ...SNYK_DEFAULTS, ...snyk }).tokenSecret.toUpperCase());
}

/** The value of a repository's secret that is named as the scan's token. */
function isTokenOfScan({ resources }: Stack, place: Template, tokens: ReadonlySet<string>): boolean {
  const { secret_name: name } = resources.find(({ address }) => address === place.address)?.attributes ?? {};
  return /^github_\w+_secret\./.test(place.address) && isHidden(place) && tokens.has(String(name).toUpperCase());
}

/**
 * The members by which providers log in. Of a provider that isn't known, every member but a few is one.
 *
 * @see https://registry.terraform.io/providers/cloudflare/cloudflare/5.22.0/docs
 * @see https://registry.terraform.io/providers/integrations/github/6.13.0/docs
 */
const LOGINS: Readonly<Record<string, RegExp>> = {
  cloudflare: /^(?:api_key|api_token|api_user_service_key)$/,
  github: /^(?:token|app_auth\.(?:id|installation_id|pem_file))$/,
};
const OTHER_LOGINS = /^(?!(?:alias|region|version)$)/;

function isCredential({ address, members }: Template): boolean {
  const [block = "", provider = ""] = address.split(".");
  const login = Object.hasOwn(LOGINS, provider) ? LOGINS[provider] : OTHER_LOGINS;
  return block === "provider" && (login?.test(members.join(".")) ?? false);
}

/** Whether a place is a secret by its provider's schema, or by what it is for. */
function isHidden(place: Template): boolean {
  const isThere = (each: readonly string[]): boolean => each.join(".") === place.members.join(".");
  return isCredential(place) || sensitiveAttributesOf(place.address).some(isThere);
}

/** A header's value on the way to an origin. */
function isSentToOrigins({ resources }: Stack, { address, members }: Template): boolean {
  const { type, attributes } = resources.find((each) => each.address === address) ?? {};
  const isHeader = /^rules\.action_parameters\.headers\.[^.]+\.value$/.test(members.join("."));
  return type === "cloudflare_ruleset" && attributes?.["phase"] === PHASE.LATE_TRANSFORM && isHeader;
}

/** What providers' schemas call sensitive, of the resources and the data of a stack. */
function attributesOf(stack: Stack): readonly Secret[] {
  return addressesIn(stack).flatMap((address) =>
    sensitiveAttributesOf(address).map((members) => ({
      source: { address, members },
      reason: `${address}.${members.join(".")} is sensitive`,
      statements: orAll(familyOf(address.replace("data.", ""))),
      isMeantFor: isHidden,
    })),
  );
}

/** What a stack's texts refer to. */
const addressesIn = oncePer((stack: Stack): readonly string[] => [
  ...new Set(templatesOf(stack).flatMap(({ mentions }) => mentions.map(({ address }) => address))),
]);

/** What is read where the apply runs, or from a platform: it may be any secret. */
function readingsOf(stack: Stack): readonly Secret[] {
  const addresses = addressesIn(stack);
  return addresses.flatMap((address) => {
    const statements = undoneBy(address, stack);
    if (statements.length === 0) return [];
    const reason = address === ANYTHING ? "this can't be read, so it may be any secret" : `${address} may be a secret`;
    return [{ source: { address, members: [] }, reason, statements, isMeantFor: isCredential }];
  });
}

function undoneBy(address: string, stack: Stack): readonly StatementId[] {
  const [, name, file] = /^([^(]+)\((.*)\)$/.exec(address) ?? [];
  if (name !== undefined) return SAFE_FUNCTIONS.has(name) || isAsset(file, stack) ? [] : STATEMENT_IDS;
  if (/^data\.cloudflare_rulesets?\./.test(address)) return ["WEB-1"];
  return address === ANYTHING || READING.test(address) ? STATEMENT_IDS : [];
}

/** A file that the synth wrote beside the stack: nothing in it is secret. */
const isAsset = (file = "", stack: Stack): boolean =>
  /^(?:\.\/)?assets\/(?!.*\.\.)/.test(file) && stack.file(file) !== undefined;

/** Data that a file, a state, a program or a request answers, or a provider that isn't known here. */
const READING = /^(?:ephemeral\.|data\.(?!(?:cloudflare|github|null|random|time|tls)_))/;
