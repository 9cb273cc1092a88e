/** All that something leads to, over any number of steps: a set gives out what is added while it is gone through. */
export function reachable<T>(start: T, next: (from: T) => readonly T[]): ReadonlySet<T> {
  const found = new Set(next(start));
  for (const each of found) for (const further of next(each)) found.add(further);
  return found;
}
