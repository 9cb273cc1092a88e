import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import type { Policy } from "../../policy/policy";
import { openMembersOf } from "../../policy/state-backend";
import { type StatementId, STATEMENT_IDS } from "../../policy/statements";
import { PHASE } from "../edge/phases";
import { membership, repositoryOf } from "../github/repository";
import { oncePer } from "../once-per";
import type { Unknown } from "../result";
import { reachedFrom, type Source, type Template, templatesOf } from "../terraform/flow";
import { blocksOf, type JsonObject, stringsIn } from "../terraform/json";
import { ANYTHING } from "../terraform/mentions";
import type { Model } from "../terraform/model";
import { credentialsOf, isSensitive, sensitiveAttributesOf } from "../terraform/providers";
import { SAFE_FUNCTIONS } from "../terraform/functions";
import type { Resource, Stack } from "../terraform/stack";
import { secretVariablesOf } from "./edge-secret";
import { providerNamedIn, statementsOfProvider } from "./coverage";
import { isCondition, isLocal, mayFailLoudly, shownIn } from "./shown";
import { scenesOf } from "./scene";
import type { AppUnknown } from "./unknown-blocks";

/** Something that is a secret, or may be one, beside the edge's own. */
interface Secret {
  readonly source: Source;
  readonly reason: string;
  /** The statements that its holder could undo. */
  readonly statements: readonly StatementId[];
  /** Whether it may stand at a place, beside those that show nothing. */
  readonly isMeantFor: (place: Template) => boolean;
}

/** The places of an app that get a secret, or a value that may be one, and that it isn't meant for. */
export const leaksBeside = oncePer((policies: readonly Policy[]) =>
  oncePer((model: Model): readonly AppUnknown[] => {
    const edge = new Set(scenesOf(model, policies).flatMap(secretVariablesOf));
    const tokens = tokenPlacesIn(model, policies.flatMap(tokensOf));
    return model.stacks.flatMap((stack) => [
      ...[...variablesOf(stack, edge, tokens), ...attributesOf(stack), ...readingsOf(stack)].flatMap((secret) =>
        leaksOf(stack, secret),
      ),
      ...uploadsIn(stack),
    ]);
  }),
);

function leaksOf(stack: Stack, { source, reason, statements, isMeantFor }: Secret): readonly AppUnknown[] {
  const reached = reachedFrom(stack, [source]);
  const shown = shownIn(stack, reached).filter((each) => !isMeantFor(each) || mayFailLoudly(each, stack));
  const unknowns = shown.map(({ address, pointer }) => ({
    reason: `${reason}, and whoever sees ${address} learns it`,
    question: "secret" as const,
    place: { stack: stack.name, pointer },
  }));
  return [...unknowns, ...openStatesOf(stack, reached)].map((unknown) => ({ statements, unknown }));
}

/**
 * Why others may read the state of a stack that holds some values. The state holds every value that resources, data and
 * outputs get.
 */
export function openStatesOf({ name, json }: Stack, reached: readonly Template[]): readonly Unknown[] {
  if (reached.every((each) => isLocal(each) || isCondition(each) || each.address.startsWith("provider."))) return [];
  return blocksOf(json["terraform"])
    .flatMap(({ backend, cloud }) => [
      ...blocksOf(backend).flatMap((backends) => Object.entries(backends)),
      ...blocksOf(cloud).map((told) => ["cloud", told] as const),
    ])
    .flatMap(([backend, told]) => blocksOf(told).flatMap((each) => reasonsAgainst(backend, each)))
    .map((reason) => ({
      reason: `${reason}, and the state holds the secret`,
      ...{ question: "secret", place: { stack: name, pointer: STATE } },
    }));
}

const STATE = "/terraform";

function reasonsAgainst(backend: string, told: JsonObject): readonly string[] {
  const open = openMembersOf(backend, told);
  if (open === undefined) return [`it is unknown who reads a state that ${backend} keeps`];
  return open.map((member) => `it is unknown who reads a state that ${backend} keeps with this ${member}`);
}

/** The variables that a provider logs in with, that the scan's token comes from, or that are declared sensitive. */
function variablesOf(stack: Stack, edge: ReadonlySet<string>, tokens: ReadonlySet<string>): readonly Secret[] {
  const declared = blocksOf(stack.json["variable"]).flatMap((variables) => Object.entries(variables));
  return declared
    .filter(([name]) => !edge.has(`var.${name}`))
    .flatMap(([name, declaration]) => {
      const source = { address: `var.${name}`, members: [] };
      const reached = reachedFrom(stack, [source]);
      const isHiddenOrSent = (place: Template): boolean => isHidden(place) || isSentToOrigins(stack, place);
      const isToken = (place: Template): boolean => isHidden(place) && tokens.has(`${stack.name} ${place.address}`);
      const credential = reached.filter(isCredential);
      const reason = `var.${name} is a credential`;
      if (credential.length > 0) {
        const statements = credential.flatMap(({ address }) => statementsOfProvider(address.split(".")[1] ?? ""));
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

/** The secret of a repository that the scan reads its token from. */
interface Token {
  readonly repository: string;
  readonly secret: string;
}

function tokensOf({ environment: { repositories = [] } }: Policy): readonly Token[] {
  return repositories.map(({ name, snyk }) => ({
    repository: name,
    secret: { ...SNYK_DEFAULTS, ...snyk }.tokenSecret.toUpperCase(),
  }));
}

/** The resources that are such a secret of its repository, or of one that may be it. */
function tokenPlacesIn(model: Model, tokens: readonly Token[]): ReadonlySet<string> {
  const secrets = model.resources.filter(({ type }) => /^github_\w+_secret$/.test(type));
  const holding = secrets.filter((resource) =>
    tokens.some(
      ({ repository, secret }) =>
        String(resource.attributes["secret_name"]).toUpperCase() === secret &&
        repositoryOf(resource) !== undefined &&
        membership(resource, repository, model) !== "another",
    ),
  );
  return new Set(holding.map(({ stack, address }) => `${stack} ${address}`));
}

/** Whether a provider logs in by the value at a place. Of an unknown provider, every member but a few counts. */
function isCredential({ address, members: [member = ""] }: Template): boolean {
  const [block = "", provider = ""] = address.split(".");
  return block === "provider" && (credentialsOf(provider)?.includes(member) ?? !NO_CREDENTIALS.has(member));
}

const NO_CREDENTIALS: ReadonlySet<string> = new Set(["alias", "region", "version"]);

/** Whether a place is for a secret, by its provider's schema or by its purpose. */
function isHidden(place: Template): boolean {
  return isCredential(place) || isSensitive(place.address, place.members);
}

const HEADER = /^rules\.action_parameters\.headers\.[^.]+\.value$/;

/** A header's value on the way to an origin. */
function isSentToOrigins({ resources }: Stack, { address, members }: Template): boolean {
  if (!/^cloudflare_ruleset\./.test(address) || !HEADER.test(members.join("."))) return false;
  return resources.find((each) => each.address === address)?.attributes["phase"] === PHASE.LATE_TRANSFORM;
}

/** The attributes of a stack's resources and data that providers' schemas call sensitive. */
function attributesOf(stack: Stack): readonly Secret[] {
  return addressesIn(stack).flatMap((address) =>
    sensitiveAttributesOf(address).map((members) => ({
      source: { address, members },
      reason: `${address}.${members.join(".")} is sensitive`,
      statements: orAll(statementsOfProvider(providerNamedIn(address.replace("data.", "")))),
      isMeantFor: isHidden,
    })),
  );
}

/** The addresses that a stack's texts refer to. */
const addressesIn = oncePer((stack: Stack): readonly string[] => [
  ...new Set(templatesOf(stack).flatMap(({ mentions }) => mentions.map(({ address }) => address))),
]);

/** Values that are read where the apply runs, or from a platform: each may be any secret. */
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
  const [, name, file] = /^(?:core::)?([^(]+)\((.*)\)$/.exec(address) ?? [];
  if (name !== undefined) return SAFE_FUNCTIONS.has(name) || isAsset(file, stack) ? [] : STATEMENT_IDS;
  if (/^data\.cloudflare_rulesets?\./.test(address)) return ["WEB-1"];
  return address === ANYTHING || READING.test(address) ? STATEMENT_IDS : [];
}

/** A file that the synth wrote beside the stack: nothing in it is secret. */
const isAsset = (file = "", stack: Stack): boolean =>
  /^(?:\.\/)?assets\/(?!.*\.\.)/.test(file) && stack.file(file) !== undefined;

/** Data that a file, a state, a program, a request or an unknown provider answers. */
const READING =
  /^(?:ephemeral\.|data\.(?!(?:cloudflare|github|null|random|time|tls)_|aws_(?:caller_identity|iam_policy_document|partition|region)\.))/;

/**
 * The members by which a provider itself reads files where the apply runs, and sends them to its platform. No other member of
 * Cloudflare's or GitHub's resources does.
 *
 * @see https://github.com/cloudflare/terraform-provider-cloudflare/tree/v5.22.0/docs/resources
 */
const UPLOADS: Readonly<Record<string, readonly string[]>> = {
  cloudflare_workers_script: ["content_file", "assets.directory"],
  cloudflare_worker_version: ["modules.content_file", "assets.directory"],
};

function uploadsIn(stack: Stack): readonly AppUnknown[] {
  return Object.keys(UPLOADS).flatMap((type) =>
    stack.resources.filter((resource) => resource.type === type).flatMap((resource) => uploadsOf(resource, stack)),
  );
}

function uploadsOf({ type, body, pointer: at }: Resource, stack: Stack): readonly AppUnknown[] {
  const isUpload = (pointer: string): boolean =>
    UPLOADS[type]?.includes(
      pointer
        .slice(at.length + 1)
        .replaceAll("/", ".")
        .replace(/\.\d+(?=\.|$)/g, ""),
    ) ?? false;
  return stringsIn({ value: body, pointer: at })
    .filter(({ value, pointer }) => isUpload(pointer) && !isAsset(value, stack))
    .map(({ pointer }) => ({
      statements: STATEMENT_IDS,
      unknown: {
        reason: "a file that isn't the synth's may hold any secret",
        ...{ question: "secret", place: { stack: stack.name, pointer } },
      },
    }));
}
