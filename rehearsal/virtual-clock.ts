import type { Clock } from "../operations/waiting";

/** A clock that stands still, but for waits, which take no time, and for what a test lets pass. */
export class VirtualClock implements Clock {
  /** The milliseconds of each wait so far. */
  public readonly pauses: number[] = [];
  private present = Date.UTC(2026, 0, 15);
  private readonly timers = new Map<symbol, { readonly due: number; readonly act: () => void }>();

  public readonly now = (): number => this.present;

  public readonly after = (milliseconds: number, act: () => void): (() => void) => {
    const key = Symbol();
    this.timers.set(key, { due: this.present + milliseconds, act });
    return () => void this.timers.delete(key);
  };

  public readonly pause = (milliseconds: number): Promise<void> => {
    this.pauses.push(milliseconds);
    const end = this.present + milliseconds;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.pass(Math.max(0, end - this.present));
        resolve();
      });
    });
  };

  /** Lets time pass: what is due by then happens. */
  public pass(milliseconds: number): void {
    this.present += milliseconds;
    for (const [key, { due, act }] of [...this.timers].sort(([, one], [, other]) => one.due - other.due)) {
      if (due > this.present) continue;
      this.timers.delete(key);
      act();
    }
  }

  /** Lets pass what the next thing that is due takes. */
  public passToNext(): void {
    const dues = [...this.timers.values()].map(({ due }) => due);
    if (dues.length > 0) this.pass(Math.max(0, Math.min(...dues) - this.present));
  }
}
