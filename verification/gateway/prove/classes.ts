import { printAddress } from "../../../network/address";
import { addressClasses } from "../../classes/addresses";
import { HOST_BYTES } from "../../classes/machines/domains";
import { run } from "../../classes/machines/machine";
import { NATURAL_BYTES } from "../../classes/natural-bytes";
import { stringClasses } from "../../classes/string-classes";
import { Answer, answerOf } from "../../solver/answer";
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
      return addressClasses(scope.sources.ranges, asked).flatMap(({ answers, witnesses }) =>
        witnesses.slice(0, 1).map((source) => ({ answers, witness: { source: printAddress(source) } })),
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
  const machines = areHosts ? [HOST_BYTES, hosts] : [HOST_BYTES];
  const domain = { name: Part.NAME, machines, bytes: NATURAL_BYTES };
  const found = stringClasses(domain, areHosts ? asked : [...asked, hosts], { values: likely, tidied: (name) => name });
  const named = found
    .filter(({ answers }) => areHosts || answers.at(-1) === Answer.NO)
    .map(({ answers, witness }) => ({ answers: answers.slice(0, asked.length), witness: { serverName: witness } }));
  if (areHosts) return named;
  const unnamed = asked.map((machine) => (run(machine, "") === Answer.NO ? Answer.NO : Answer.FREE));
  return [...named, { answers: unnamed, witness: { serverName: "" } }];
}
