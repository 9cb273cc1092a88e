/** What is wrong with a part of a file, and what would mend it. */
export interface Wrong {
  readonly what: string;
  readonly change: string;
}

export type Rule = readonly [holds: boolean, what: string, change: string];

/** What the first rule that doesn't hold says. */
export function firstBroken(rules: readonly Rule[]): Wrong | undefined {
  const [, what, change] = rules.find(([isHeld]) => !isHeld) ?? [];
  return what === undefined || change === undefined ? undefined : { what, change };
}
