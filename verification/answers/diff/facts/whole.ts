import { type Draft, type Difference, differenceOf, Direction } from "../difference";

/** What one side alone has, such as a repository: what its item says beside what is told of its parts. */
export type Whole = Pick<Draft, "area" | "environments" | "what"> & {
  readonly of: string;
  /** Whether it is new; else it is gone. */
  readonly isNew: boolean;
  /** What it is where it is there, and where it isn't. */
  readonly words: readonly [there: string, missing: string];
};

/** The items of its parts as one, with what is held below. What isn't understood stays an item of its own. */
export function asWhole(items: readonly Difference[], { of, isNew, words, ...draft }: Whole): readonly Difference[] {
  const known = items.filter(({ direction }) => direction !== Direction.UNDECIDED);
  const [first] = known;
  if (first === undefined) return items;
  const [there, missing] = words;
  const turn = isNew ? Direction.STRENGTHENED : Direction.WEAKENED;
  return [
    ...items.filter((item) => !known.includes(item)),
    differenceOf({
      ...draft,
      direction: known.some(({ direction }) => direction === turn) ? turn : Direction.CHANGED,
      ...(isNew ? { before: missing, after: there } : { before: there, after: missing }),
      by: first.by,
      notes: known.map(({ what, before, after }) => `${what}: ${(isNew ? after : before) ?? ""}`),
      subject: { of, parts: [] },
      exactly: known.map(({ id }) => id).sort(),
    }),
  ];
}
