import type { Origin } from "../../../policy/origin";
import {
  type Check,
  type Target,
  holds,
  type Judgement,
  undecided,
  unexpected,
  violated,
  isApplications,
  isCloudflares,
  isPassedOn,
  isRendersOwn,
  interferenceIn,
} from "../check";
import { type Answer, secureRequest } from "../question";

const FORBIDDEN = 403;
const NOT_FOUND = 404;
const FAILED = 500;

/**
 * WEB-1: the service's onrender.com name is off.
 *
 * Every name below onrender.com has an address. Where no service has the name, Render itself answers 404.
 *
 * @see https://render.com/docs/custom-domains
 */
export function onrenderChecks({ environment: { ingress } }: Target, { address }: Origin): readonly Check[] {
  return [
    {
      statements: ["WEB-1"],
      expects: `https://${address} is off`,
      question: secureRequest(address, "/"),
      judge: (answer) => judgeOff(answer, ingress !== undefined),
    },
  ];
}

/**
 * WEB-1: Render's edge, asked for a host past our zone, answers 403: the application misses the edge's secret.
 *
 * It is asked for a webhook where there is one. Render is behind Cloudflare, which may lead even this request through
 * our own zone, where the secret would be added; but there the guard blocks a webhook. So an answer of the application
 * means a way past our zone. Without a webhook, only the application's own 403 proves anything.
 */
export function renderEdgeChecks({ environment }: Target, host: string, { address }: Origin): readonly Check[] {
  const [webhook] = environment.webhooks ?? [];
  const target = webhook?.path ?? "/";
  return [
    {
      statements: ["WEB-1"],
      expects: `https://${host}${target}, asked of ${address}, answers 403`,
      question: secureRequest(host, target, { at: address }),
      judge: (answer) => judgeForbidden(answer, webhook !== undefined),
      blockedBy: host,
    },
  ];
}

function judgeOff(answer: Answer, hasAllowList: boolean): Judgement {
  if (answer.kind !== "response") return unexpected(answer);
  const { status, headers } = answer;
  if (isApplications(headers)) return violated(`the application answered ${status}`);
  const interference = interferenceIn(answer);
  if (interference !== undefined) return interference;
  if (status >= FAILED) return undecided(`answered ${status}`);
  if (status === FORBIDDEN && hasAllowList) return undecided("refused for this address, whether the name is on or off");
  if (status !== NOT_FOUND) return violated(`answered ${status}`);
  return isRendersOwn(headers)
    ? holds("Render answered 404: no service has the name")
    : undecided("answered 404, and neither Render nor the application says that it was it");
}

/** @param isGuarded whether our own zone would block the request, so that nobody adds the secret to it */
function judgeForbidden(answer: Answer, isGuarded: boolean): Judgement {
  if (answer.kind !== "response") return unexpected(answer);
  const { status, headers } = answer;
  if (isApplications(headers)) return judgeApplications(status, isGuarded);
  const interference = interferenceIn(answer);
  if (interference !== undefined) return interference;
  if (status === FORBIDDEN) {
    return isGuarded && isCloudflares(headers) && !isPassedOn(headers)
      ? holds("the edge before the application answered 403")
      : undecided("answered 403, and the application doesn't say that it was it");
  }
  if (isRendersOwn(headers) || status >= FAILED) return undecided(`answered ${status} before any application`);
  return judgeApplications(status, isGuarded);
}

function judgeApplications(status: number, isGuarded: boolean): Judgement {
  if (status === FORBIDDEN) return holds("the application answered 403");
  return isGuarded
    ? violated(`answered ${status} without the edge's secret`)
    : undecided(`answered ${status}; it may have come through our own zone, which adds the secret`);
}
