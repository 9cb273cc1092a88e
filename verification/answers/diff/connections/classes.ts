import { AddressSet } from "../../../../network/address-set";
import { bytesOf } from "../../../../network/rules-language";
import { run } from "../../../solver/language/dfa";
import { addressesByAnswers } from "../../../solver/address-axis";
import type { GatewayPolicy } from "../../../gateway/account";
import { PORTS, type Protocol, PROTOCOLS } from "../../../gateway/connection";
import type { Condition } from "../../../gateway/language/condition";
import { conditionOfPolicy } from "../../../gateway/policy-condition";
import { classesOf } from "../../../gateway/prove/classes";
import { Part, type Question } from "../../../gateway/prove/question";
import { Rules } from "../../../gateway/prove/rules";
import { otherNames } from "../../../gateway/prove/scope";
import { Answer } from "../../../solver/formula";

/** Connections that the policies of both sides can't tell apart by one part, in words and by one that stands for them. */
export interface Class<Value> {
  readonly witness: Value;
  readonly words: string;
}

export interface Classes {
  readonly sources: readonly (Class<string> & { readonly addresses: AddressSet })[];
  readonly protocols: readonly Class<Protocol>[];
  readonly ports: readonly Class<number>[];
  readonly names: readonly Class<string>[];
}

/**
 * The classes of all connections that some policies tell apart, part by part.
 *
 * @throws BudgetExceeded when there are too many of them
 */
export function connectionClasses(policies: readonly GatewayPolicy[]): Classes {
  const rules = new Rules(policies);
  const atoms = [...new Set(rules.all.flatMap(({ formula }) => [...formula.atoms]))];
  const questions = atoms.flatMap((atom) => rules.at(atom).question ?? []);
  const of = (part: Part): readonly Question[] => questions.filter((question) => question.part === part);
  const named = [...new Set(policies.flatMap((policy) => namesIn(conditionOfPolicy(policy))))].sort();
  const ports = new Set(of(Part.PORT).flatMap((question) => ("ports" in question ? question.ports : [])));
  const single = new Set([...ports].flatMap(({ first, last }) => (first === last ? Number(first) : [])));
  const scope = {
    sources: AddressSet.everything(),
    protocols: PROTOCOLS,
    ports: [PORTS],
    names: { ...otherNames([]), likely: [...named, "evil.example.com"] },
  };
  return {
    sources: sourcesOf(of(Part.SOURCE)),
    protocols: PROTOCOLS.map((protocol) => ({ witness: protocol, words: protocol })),
    ports: classesOf(scope, Part.PORT, of(Part.PORT)).map(({ witness: { port = 0 } }) => ({
      witness: port,
      words: single.has(port) ? String(port) : single.size > 0 ? "other ports" : "any port",
    })),
    names: classesOf(scope, Part.NAME, of(Part.NAME)).map(({ answers, witness: { serverName = "" } }) => {
      const own = named.filter((name) => isAnsweredSo(of(Part.NAME), name, answers));
      return { witness: serverName, words: nameInWords(serverName, own) };
    }),
  };
}

function sourcesOf(questions: readonly Question[]): Classes["sources"] {
  const asked = questions.flatMap((question) => ("addresses" in question ? question.addresses : []));
  return [...addressesByAnswers(asked).values()].flatMap((ranges) => {
    const addresses = AddressSet.ofRanges("sources", ranges);
    const [block] = addresses.blocks;
    if (block === undefined) return [];
    const [witness = ""] = addresses.cidrs();
    return { addresses, witness: witness.replace(/\/.*$/, ""), words: witness };
  });
}

function namesIn(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.parts.flatMap(namesIn);
    case "not":
      return namesIn(condition.part);
    case "selection":
      return "names" in condition.selection ? condition.selection.names : [];
    case "unknown":
      return [];
  }
}

function isAnsweredSo(questions: readonly Question[], name: string, answers: readonly Answer[]): boolean {
  const machines = questions.flatMap((question) => ("machine" in question ? question.machine : []));
  return machines.every((machine, index) => run(machine, bytesOf(name)) === answers[index]);
}

function nameInWords(witness: string, own: readonly string[]): string {
  if (own.length > 0) return own.join(", ");
  return witness === "" ? "no server name" : "any other host";
}
