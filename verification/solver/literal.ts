/** An answer to a question, which is known by its number. */
export interface Literal {
  readonly atom: number;
  readonly holds: boolean;
}

/** Equal keys, equal sets of literals. */
export function keyOf(literals: readonly Literal[]): string {
  return literals
    .map(({ atom, holds }) => (holds ? `${atom}` : `-${atom}`))
    .sort()
    .join(" ");
}

export function flipped({ atom, holds }: Literal): Literal {
  return { atom, holds: !holds };
}
