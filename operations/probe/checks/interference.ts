import { type Judgement, undecided } from "../judgement";
import { isChallenge } from "../marks";
import type { HttpResponse } from "../question";

const TOO_MANY = 429;

/** What somebody answered before the rules, or before the application; undefined where it is none of that. */
export function interferenceIn({ status, headers }: HttpResponse): Judgement | undefined {
  if (isChallenge(headers)) return undecided("a challenge stands before the rules");
  return status === TOO_MANY ? undecided("the rate of this address is limited (429)") : undefined;
}
