import { setTimeout as pause } from "node:timers/promises";

/** Time, as work that waits sees it. Tests have one of their own. */
export interface Clock {
  /** The present, in milliseconds since 1970. */
  readonly now: () => number;
  /** Does something in so many milliseconds, unless it is called off by what this returns. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
  /** Waits so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** The machine's own. */
export const SYSTEM_CLOCK: Clock = {
  now: Date.now,
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  pause,
};

/** Lets so many pieces of work be under way at the same time; the others wait, in the order in which they come. */
export function inTurns(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
