import { shown } from "../../../errors/invalid-input";
import { Port } from "../../../network/ports";
import type { Check } from "../check";
import { holds, type Judgement, unexpected, violated, undecided } from "../judgement";
import { isCloudflares } from "../marks";
import type { Answer, HttpQuestion } from "../question";
import { judgeBlock } from "./block";
import { interferenceIn } from "./interference";

/** A target that no application knows: path and query have to come back as they are. */
const TARGET = "/probe/port-80?kept=1";

const PERMANENT: readonly number[] = [301, 308];
const REDIRECTS: readonly number[] = [...PERMANENT, 302, 303, 307];

/** PORTS-2: 80 redirects to the same host, path and query on 443, whatever is asked of it. */
export function redirectChecks(host: string): readonly Check[] {
  const location = `https://${host}${TARGET}`;
  const asked = { kind: "http", method: "GET", target: TARGET, hostHeader: host } as const;
  return [
    check(host, `redirects for good to ${location}`, asked, (answer) => judgeRedirect(answer, location)),
    check(host, "only redirects or blocks a POST", { ...asked, method: "POST" }, (answer) =>
      judgeNothingElse(answer, host),
    ),
    check(host, `only redirects or blocks ${host}:80`, { ...asked, hostHeader: `${host}:80` }, (answer) =>
      judgeNothingElse(answer, host),
    ),
  ];
}

function check(host: string, expects: string, asked: HttpQuestion, judge: Check["judge"]): Check {
  const at = { host, port: Port.HTTP };
  return { statements: ["PORTS-2"], expects: `http://${host} ${expects}`, question: { at, ...asked }, judge };
}

function judgeRedirect(answer: Answer, location: string): Judgement {
  if (answer.kind !== "response") return unexpected(answer);
  const { status, headers } = answer;
  const got = `answered ${status}${headers.location === undefined ? "" : ` to ${shown(headers.location)}`}`;
  if (!isCloudflares(headers)) return undecided(`${got} by somebody who doesn't say that it is the edge`);
  if (PERMANENT.includes(status) && headers.location === location) return holds(got);
  return interferenceIn(answer) ?? violated(got);
}

function judgeNothingElse(answer: Answer, host: string): Judgement {
  if (answer.kind !== "response" || !REDIRECTS.includes(answer.status)) return judgeBlock(answer);
  const { status, headers } = answer;
  const got = `answered ${status} to ${shown(headers.location)}`;
  if (!isCloudflares(headers)) return undecided(`${got} by somebody who doesn't say that it is the edge`);
  const url = URL.canParse(headers.location ?? "") ? new URL(headers.location ?? "") : undefined;
  return url?.protocol === "https:" && url.host === host ? holds(got) : violated(got);
}
