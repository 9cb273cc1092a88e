/** What to do about a thing that may be there all the same. */
export const orLetItBe = (todo: string): string =>
  `${todo}, or let it be: IgnoredThing.of(<its id>, <the reason>) in \`ignore\``;
