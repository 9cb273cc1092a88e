/** The member of a name that users write: none for a name that every object has, such as `constructor`. */
export function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The first of some names, and how many more there are. */
export function firstOf(names: readonly string[], most: number, between = ", "): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(between)} and ${rest} more` : names.join(between);
}

/** A text of so many characters at most. Behind a longer one stands how many it has. */
export function cut(text: string, most = 120): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most).join("")}… (${characters.length} characters)` : text;
}

/** Things of which no two have the same key. */
export function distinctBy<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => unknown): readonly Thing[] {
  return [...new Map(things.map((thing) => [keyOf(thing), thing])).values()];
}

/** Things in groups by a common key, in their own order. */
export function groupedBy<Thing, Key>(
  things: readonly Thing[],
  keyOf: (thing: Thing) => Key,
): ReadonlyMap<Key, readonly Thing[]> {
  const groups = new Map<Key, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(thing);
  }
  return groups;
}

/** Everything that a thing leads to, over any number of steps. A set also gives out members that are added meanwhile. */
export function reachable<T>(start: T, next: (from: T) => readonly T[]): ReadonlySet<T> {
  const found = new Set(next(start));
  for (const each of found) for (const further of next(each)) found.add(further);
  return found;
}
