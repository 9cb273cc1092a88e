import { InvalidInput, shown } from "../../errors/invalid-input";
import { FEED_QUESTIONS, type FeedQuestions } from "./feed-questions";

/**
 * The feeds of these names, in the project's order; all of them when there is no name.
 *
 * @throws InvalidInput when a name is no feed's
 */
export function chooseFeeds(names: readonly string[]): readonly FeedQuestions[] {
  const known = FEED_QUESTIONS.map(({ name }) => name);
  InvalidInput.throwIfAny(
    "the list of feeds",
    names
      .filter((name) => !known.includes(name))
      .map((name, index) => ({ at: `feed ${index + 1}`, got: shown(name), allowed: known.join(" or ") })),
  );
  return FEED_QUESTIONS.filter(({ name }) => names.length === 0 || names.includes(name));
}
