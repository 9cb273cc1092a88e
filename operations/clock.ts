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
  pause: (milliseconds) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
};
