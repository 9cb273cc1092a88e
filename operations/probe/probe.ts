import { acceptedAs, type LoweredStatement } from "../../policy/accept";
import type { StatementId } from "../../policy/statements";
import { InvalidInput, type Problem } from "../../errors/invalid-input";
import { notListed } from "../../errors/nearest";
import { nameOf } from "../../policy/datastore";
import type { Environment } from "../../policy/environment";
import { codeOfAll, type ExitCode } from "../exit-code";
import { choose, exampleProblems } from "../choose";
import { inTurns } from "../waiting";
import { ask, type Dialler, sourceOf, trace, type Vantage, vantageOf } from "./ask";
import {
  type Check,
  type Target,
  type Unasked,
  judgeBlock,
  type Judgement,
  undecided,
  Verdict,
  worstOf,
} from "./check";
import { datastoreChecks, onrenderChecks, renderEdgeChecks } from "./checks/past-the-edge";
import { frontPage, httpsChecks, otherPortChecks, redirectChecks, webhookChecks } from "./checks/edge";
import type { Answer, Answers, Question } from "./question";

/** The things that a probe takes beside the environments. */
export interface ProbeOptions {
  readonly dialler: Dialler;
  /**
   * The names of the platforms' shared proxies by the id of the datastore behind them: Supabase's shared pooler,
   * Render's proxy for Key Value. The environment doesn't say in which region they are.
   *
   * @default - none: what is behind them is undecided
   */
  readonly proxies?: Readonly<Record<string, string>>;
  /** Told after each check: how many are done, of how many. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** The outcome of one check. */
export interface Outcome {
  readonly statements: readonly StatementId[];
  /** The expectation: what has to be seen, and where. */
  readonly expects: string;
  readonly verdict: Verdict;
  /** The reason: what was seen, or why it is unknown. */
  readonly because: string;
}

/** The outcome of a probe. */
export interface Probed {
  readonly environment: string;
  /** The statements that the environment only declares: what breaks them is shown and doesn't count. */
  readonly lowered: readonly LoweredStatement[];
  /** The public addresses that were looked from, as far as they are known. */
  readonly vantage: Vantage;
  readonly findings: readonly Outcome[];
}

/** Whether a finding counts: not where each statement that it looks at is only declared. */
export function counts({ lowered }: Pick<Probed, "lowered">, { statements }: Outcome): boolean {
  return !statements.every((id) => lowered.some(({ statement }) => statement === id));
}

const CODES = { holds: 0, violated: 1, undecided: 2 } as const satisfies Record<Verdict, number>;

/** 0: everything that counts holds. 1: something doesn't. 2: it is unknown. */
export function exitCodeOf(probed: Probed): ExitCode {
  return codeOfAll(probed.findings.filter((finding) => counts(probed, finding)).map(({ verdict }) => CODES[verdict]));
}

/** How it went, and from where it was looked, in one line. */
export function summaryOf({ environment, vantage, findings }: Probed): string {
  const addresses = Object.values(vantage);
  const from = addresses.length > 0 ? addresses.join(" and ") : "an address that isn't known";
  const number = (wanted: Verdict) => findings.filter(({ verdict }) => verdict === wanted).length;
  const [hold, violated, undecided] = [Verdict.HOLDS, Verdict.VIOLATED, Verdict.UNDECIDED].map(number);
  return `${environment}, from ${from}: ${hold} hold, ${violated} violated, ${undecided} undecided`;
}

/** The hosts that proxies of the platforms have. */
const PROXY = {
  supabase: /^[a-z0-9-]+\.pooler\.supabase\.com$/,
  "render-key-value": /^[a-z]+-(?:keyvalue|redis)\.render\.com$/,
} as const;

/**
 * Looks at an environment from outside, where this machine is: a fixed list of questions to the environment's own
 * hosts, one connection each; to datastores, one for each family of addresses.
 *
 * @param name the environment to look at
 * @param environments all of the app
 * @throws {InvalidInput} where there is no such environment, it still holds example values, or a proxy isn't one of its
 *   datastores'
 */
export async function probe(
  name: string,
  environments: readonly Environment[],
  { dialler, proxies = {}, onProgress = () => undefined }: ProbeOptions,
): Promise<Probed> {
  const target = targetOf(name, environments, proxies);
  const { hosts, accept } = target.environment;
  const names = Object.keys(hosts);
  const asked = asking(dialler);
  const fronts = await Promise.all(names.map((host) => asked(frontPage(host))));
  const blocked = names.filter((_, index) => fronts[index]?.every(isBlock));
  const [traced] = await asked(trace(names[0] ?? ""));
  const vantage = vantageOf(traced);
  const checks = checksOf(target);
  let done = 0;
  const findings = checks.map(async (check) => {
    const outcome = await outcomeOf(check, { asked, vantage, blocked });
    onProgress((done += 1), checks.length);
    return outcome;
  });
  return { environment: name, lowered: acceptedAs("declared", accept), vantage, findings: await Promise.all(findings) };
}

/** How many connections are open at the same time. */
const AT_ONCE = 4;

/**
 * Asks questions a few at a time. A name is looked up once, and nobody waits twice where nothing said whether a connection is
 * accepted: that is the same for every question.
 */
function asking(dialler: Dialler): (question: Question) => Promise<Answers> {
  const names = new Map<string, ReturnType<Dialler["resolve"]>>();
  const silent = new Map<string, Answers>();
  const inTurn = inTurns(AT_ONCE);
  const resolve: Dialler["resolve"] = (host) => {
    const answer = names.get(host) ?? dialler.resolve(host);
    names.set(host, answer);
    return answer;
  };
  return (question) =>
    inTurn(async () => {
      const place = JSON.stringify(question.at);
      const known = silent.get(place) ?? (await ask(question, { ...dialler, resolve }));
      if (known.every(({ kind }) => kind === "silent")) silent.set(place, known);
      return known;
    });
}

interface Surroundings {
  readonly asked: (question: Question) => Promise<Answers>;
  readonly vantage: Vantage;
  /** The hosts that the edge blocks from here altogether. */
  readonly blocked: readonly string[];
}

async function outcomeOf(check: Check | Unasked, surroundings: Surroundings): Promise<Outcome> {
  const { statements, expects } = check;
  if ("unasked" in check) return { statements, expects, ...undecided(check.unasked) };
  const [first, ...others] = await surroundings.asked(check.question);
  const judge = (answer: Answer): Judgement => weighed(check, answer, surroundings);
  return { statements, expects, ...worstOf(judge(first), ...others.map(judge)) };
}

/** A judgement, unless the place that it was made from takes its weight. */
function weighed({ judge, admitted, blockedBy }: Check, answer: Answer, { vantage, blocked }: Surroundings): Judgement {
  const judgement = judge(answer);
  const { verdict, because } = judgement;
  if (
    verdict === Verdict.HOLDS &&
    answer.kind === "response" &&
    blockedBy !== undefined &&
    blocked.includes(blockedBy)
  ) {
    return undecided(`${because}, but ${blockedBy} is blocked from here altogether: this proves nothing`);
  }
  if (admitted === undefined || admitted.isEmpty || verdict === Verdict.UNDECIDED) return judgement;
  const source = sourceOf(answer, vantage);
  if (source === undefined) {
    return verdict === Verdict.HOLDS
      ? judgement
      : undecided(`${because}, and it isn't known whether this machine's address is one of ${admitted.name}`);
  }
  return admitted.contains(source)
    ? undecided(`${because}, but ${source} is one of ${admitted.name}: this proves nothing`)
    : judgement;
}

/** Whether the edge blocks what it serves to everybody. */
function isBlock(answer: Answer): boolean {
  return answer.kind === "response" && judgeBlock(answer).verdict === Verdict.HOLDS;
}

function targetOf(
  name: string,
  environments: readonly Environment[],
  proxies: Readonly<Record<string, string>>,
): Target {
  const [policy] = choose(environments, name);
  InvalidInput.throwIfAny(`the input of the probe of ${name}`, [
    ...exampleProblems(policy),
    ...Object.entries(proxies).flatMap(([id, host]) => proxyProblems(policy.environment, id, host)),
  ]);
  const owner = environments.find((one) => one.name === policy.edgeOwner);
  return { environment: policy.environment, hsts: owner?.edge?.hsts, proxies: new Map(Object.entries(proxies)) };
}

function proxyProblems({ datastores = [] }: Environment, id: string, host: string): readonly Problem[] {
  const at = `--proxy ${id}=${host}`;
  const datastore = datastores.find((one) => nameOf(one) === id);
  if (datastore === undefined) {
    return [notListed(at, id, datastores.map(nameOf))];
  }
  const allowed = datastore.kind === "supabase" ? "<name>.pooler.supabase.com" : "<region>-keyvalue.render.com";
  return PROXY[datastore.kind].test(host) ? [] : [{ at, got: `"${host}"`, allowed }];
}

/** Everything that is asked about an environment: as many questions as what it declares, and of nobody else. */
export function checksOf(target: Target): readonly (Check | Unasked)[] {
  const { hosts, webhooks = [], datastores = [] } = target.environment;
  const checks = [
    ...Object.entries(hosts).flatMap(([host, origin]) => [
      ...httpsChecks(host, target.hsts),
      ...redirectChecks(host),
      ...otherPortChecks(host),
      ...webhooks.flatMap((webhook) => webhookChecks(host, webhook)),
      ...onrenderChecks(target, origin),
      ...renderEdgeChecks(target, host, origin),
    ]),
    ...datastores.flatMap((datastore) => datastoreChecks(target, datastore)),
  ];
  // Hosts may share an origin, and two senders a path.
  return [...new Map(checks.map((check) => [check.expects, check])).values()];
}
