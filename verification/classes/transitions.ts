import { advance, DEAD, type Machine } from "./machines/machine";

/** Not computed yet. */
const UNKNOWN = -2;

/** The steps of a machine by some symbols, each computed once. */
export class Transitions {
  private readonly rows: Int32Array[] = [];

  public constructor(
    private readonly machine: Machine,
    private readonly symbols: readonly number[],
  ) {}

  /** @param symbol the place of a byte among the symbols */
  public next(state: number, symbol: number): number {
    if (state === DEAD) return DEAD;
    const row = (this.rows[state] ??= new Int32Array(this.symbols.length).fill(UNKNOWN));
    const known = row[symbol] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    const next = advance(this.machine, state, this.symbols[symbol] ?? 0);
    row[symbol] = next;
    return next;
  }
}
