import { printAddress } from "../../../network/address";
import { addressAxis } from "../../solver/address-axis";
import { HOST_BYTES, NATURAL_BYTES } from "../../solver/language/alphabets";
import { run } from "../../solver/language/dfa";
import { languageAxis } from "../../solver/language/language-axis";
import { Answer, answerOf } from "../../solver/formula";
import type { Connection } from "../connection";
import { portClasses } from "./port-classes";
import { Part, type Question } from "./question";
import type { ConnectionScope, Names } from "./scope";

/** The values of a part that have the same answers, and one that stands for them. */
export interface PartClass {
  readonly answers: readonly Answer[];
  readonly witness: Partial<Connection>;
}

/**
 * The classes of a part of a scope's connections that some questions about it tell apart.
 *
 * @throws BudgetExceeded when there are too many of them
 */
export function classesOf(scope: ConnectionScope, part: Part, questions: readonly Question[]): readonly PartClass[] {
  switch (part) {
    case Part.SOURCE: {
      const asked = questions.flatMap((question) => ("addresses" in question ? question.addresses : []));
      return addressAxis(scope.sources.ranges)
        .classes(asked)
        .flatMap(({ answers, examples }) =>
          examples.slice(0, 1).map((source) => ({ answers, witness: { source: printAddress(source) } })),
        );
    }
    case Part.PROTOCOL: {
      const asked = questions.flatMap((question) => ("protocols" in question ? [question.protocols] : []));
      return scope.protocols.map((protocol) => ({
        answers: asked.map((protocols) => answerOf(protocols.includes(protocol))),
        witness: { protocol },
      }));
    }
    case Part.PORT: {
      const asked = questions.flatMap((question) => ("ports" in question ? [question.ports] : []));
      return portClasses(scope.ports, asked).map(({ answers, witness }) => ({ answers, witness: { port: witness } }));
    }
    case Part.NAME:
      return nameClasses(scope.names, questions);
  }
}

/**
 * Server names are made of the bytes of host names (https://www.rfc-editor.org/rfc/rfc6066#section-3). Where there is
 * none, what a test makes of it is free, unless it wouldn't even be true of an empty one.
 */
function nameClasses({ hosts, areHosts, likely }: Names, questions: readonly Question[]): readonly PartClass[] {
  const asked = questions.flatMap((question) => ("machine" in question ? [question.machine] : []));
  const dfas = areHosts ? [HOST_BYTES, hosts] : [HOST_BYTES];
  const axis = languageAxis({ name: Part.NAME, dfas, bytes: NATURAL_BYTES, expected: likely });
  const found = axis.classes(areHosts ? asked : [...asked, hosts]);
  const named = found
    .filter(({ answers }) => areHosts || answers.at(-1) === Answer.NO)
    .map(({ answers, examples: [serverName = ""] }) => ({
      answers: answers.slice(0, asked.length),
      witness: { serverName },
    }));
  if (areHosts) return named;
  const unnamed = asked.map((machine) => (run(machine, "") === Answer.NO ? Answer.NO : Answer.UNKNOWN));
  return [...named, { answers: unnamed, witness: { serverName: "" } }];
}
