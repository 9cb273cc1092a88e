import { Assertion, type Bytes } from "../../../../network/rules-language";

const LF = "\n";
const CR = "\r";

interface Surroundings {
  /** The byte before, or the empty string at the start. */
  readonly before: string;
  /** The byte behind, or the empty string at the end. */
  readonly behind: string;
}

type Test = (surroundings: Surroundings) => boolean;

/** What each assertion asks, as https://docs.rs/regex-automata/0.4.14/regex_automata/util/look/enum.Look.html has it. */
const TESTS: Readonly<Record<Assertion, Test>> = {
  [Assertion.TEXT_START]: ({ before }) => before === "",
  [Assertion.TEXT_END]: ({ behind }) => behind === "",
  [Assertion.LINE_START]: ({ before }) => before === "" || before === LF,
  [Assertion.LINE_END]: ({ behind }) => behind === "" || behind === LF,
  [Assertion.CRLF_LINE_START]: ({ before, behind }) =>
    before === "" || before === LF || (before === CR && behind !== LF),
  [Assertion.CRLF_LINE_END]: ({ before, behind }) => behind === "" || behind === CR || (behind === LF && before !== CR),
  [Assertion.WORD_BOUNDARY]: ({ before, behind }) => isWord(before) !== isWord(behind),
  [Assertion.NOT_WORD_BOUNDARY]: ({ before, behind }) => isWord(before) === isWord(behind),
  [Assertion.WORD_START]: ({ before, behind }) => !isWord(before) && isWord(behind),
  [Assertion.WORD_END]: ({ before, behind }) => isWord(before) && !isWord(behind),
  [Assertion.WORD_START_HALF]: ({ before }) => !isWord(before),
  [Assertion.WORD_END_HALF]: ({ behind }) => !isWord(behind),
};

/** Whether an assertion holds between two bytes of a value: before the one at the offset. */
export function holdsAt(assertion: Assertion, value: Bytes, at: number): boolean {
  return TESTS[assertion]({ before: value.charAt(at - 1), behind: value.charAt(at) });
}

function isWord(byte: string): boolean {
  return /^\w$/.test(byte);
}
