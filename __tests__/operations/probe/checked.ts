import type { IncomingMessage, ServerResponse } from "node:http";
import { checksOf } from "../../../operations/probe/probe";
import type { Verdict, Target } from "../../../operations/probe/check";
import { during, judged } from "./judged";
import { http, https, type StandInInternet } from "../../../rehearsal/internet";
import { edgeAnswers } from "../../../rehearsal/answers";
import { EDGE, PROXIES, shop, shopOnline } from "./stand-in-shop";

export const subject: Target = { environment: shop(), hsts: undefined, proxies: new Map(Object.entries(PROXIES)) };
export const checks = checksOf(subject);

/** The verdicts of the checks that expect something, each once. */
export async function verdicts(
  internet: StandInInternet,
  expects: RegExp,
  of: ReturnType<typeof checksOf> = checks,
): Promise<readonly Verdict[]> {
  const all = await during(internet, () => judged(internet, of, expects));
  return [...new Set(all.map(({ verdict }) => verdict))];
}

export type Answerer = (response: ServerResponse, request: IncomingMessage) => void;

/** The shop's Internet, with an edge that answers so on every port. */
export function everybody(serve: Answerer): StandInInternet {
  const internet = shopOnline();
  for (const port of [80, 8080])
    internet.at(
      EDGE,
      port,
      http((request, response) => serve(response, request)),
    );
  for (const port of [443, 8443])
    internet.at(
      EDGE,
      port,
      https((request, response) => serve(response, request)),
    );
  return internet;
}

export const to =
  (location: string, status = 301): Answerer =>
  (response) => {
    edgeAnswers(response, status, { location });
  };

export const portal: Answerer = (response) => {
  response.writeHead(200, { server: "portal" }).end("<h1>Log in</h1>");
};

export const portalRedirects: Answerer = (response) => {
  response.writeHead(302, { location: "http://portal.dev" }).end();
};

export const challenge: Answerer = (response) => {
  edgeAnswers(response, 403, { "cf-mitigated": "challenge" });
};
