import { baselineOf, recorded } from "./baseline";
import { sections } from "./sections";

/** Every mutant is judged anew. */
const MOST_MILLISECONDS = 600_000;

test(
  "the proof says what is recorded of it: verdicts, strengths and counterexamples",
  () => {
    expect(baselineOf(sections())).toEqual(recorded());
  },
  MOST_MILLISECONDS,
);
