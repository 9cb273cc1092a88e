import { holds, type Judgement, undecided, unexpected, violated } from "../judgement";
import { isCloudflares, isPassedOn } from "../marks";
import type { Answer } from "../question";
import { interferenceIn } from "./interference";

/** What the edge answers before any rule where it can't make sense of a request. */
const MALFORMED = 400;
const BLOCKED = 403;

/** Nothing but a block, or no connection at all: never an answer of the origin, and no redirect. */
export function judgeBlock(answer: Answer): Judgement {
  if (answer.kind === "closed") return holds("nothing accepts a connection");
  if (answer.kind === "declined") return holds(`the handshake is declined: ${answer.alert}`);
  if (answer.kind !== "response") return unexpected(answer);
  const { status, headers } = answer;
  if (isPassedOn(headers)) return violated(`answered ${status} from behind the edge`);
  if (!isCloudflares(headers)) return undecided(`answered ${status} by somebody who doesn't say that it is the edge`);
  const interference = interferenceIn(answer);
  if (interference !== undefined) return interference;
  if (status === BLOCKED) return holds("blocked (403)");
  if (status === MALFORMED) return holds("refused as malformed (400)");
  return violated(`answered ${status}`);
}
