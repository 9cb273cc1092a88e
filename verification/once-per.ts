/**
 * A function whose answer is found once for each object that it is asked about, and forgotten with the object. Only for
 * things that don't change.
 */
export function oncePer<Key extends object, Answer>(find: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    const found = known.get(key) ?? { answer: find(key) };
    known.set(key, found);
    return found.answer;
  };
}

/** The same for each name within the object. */
export function oncePerName<Key extends object, Answer>(
  find: (key: Key, name: string) => Answer,
): (key: Key, name: string) => Answer {
  const answersOf = oncePer<Key, Map<string, { readonly answer: Answer }>>(() => new Map());
  return (key, name) => {
    const answers = answersOf(key);
    const found = answers.get(name) ?? { answer: find(key, name) };
    answers.set(name, found);
    return found.answer;
  };
}
