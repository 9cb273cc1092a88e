import { enforced, type Result } from "../result";
import { controlOfFile, holds, ifFound } from "./control";
import { cadenceWorkflowOf, knownAt, neededAt, PATHS, programsOf, writtenBefore } from "./files";
import { promiseOf } from "./pentest-policy";
import { pentestScopeIn, promisedScope } from "./pentest-scope";
import type { Subject } from "./subject";

/** Every week a workflow and programs that are known judge the register. They and what they read are there before. */
export function registerIsChecked(subject: Subject): readonly Result[] {
  return ifFound(cadenceWorkflowOf(subject), ({ file, value: { branch } }) => {
    const by = controlOfFile(file);
    const what = `${file.path}: its branch is ${branch}`;
    return [
      holds(branch === subject.branch, by, what, `write ${subject.branch}, as the environment's policy says`),
      enforced([by]),
      ...ifFound(programsOf(subject, "pentest-check", "one-issue"), (programs) =>
        ifFound(neededAt(subject, PATHS.policy), (policy) =>
          ifFound(neededAt(subject, PATHS.scope), (scope) => [
            writtenBefore(subject, [...programs, policy.file, scope.file], file),
          ]),
        ),
      ),
    ];
  });
}

/** The firm is told what the policy says, in a document that is known. */
export function firmIsTold(subject: Subject): readonly Result[] {
  const promised = promisedScope(promiseOf(subject));
  return ifFound(knownAt(subject, PATHS.scope, pentestScopeIn), ({ file, value }) =>
    Object.entries(value).map(([name, told]) => {
      const wanted = promised[name as keyof typeof promised];
      const what = `${file.path} tells the firm "${told}"`;
      return holds(told === wanted, controlOfFile(file), what, `write "${wanted}", as the environment's policy says`);
    }),
  );
}
