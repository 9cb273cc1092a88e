/** The answer of an expression about a request: true, false, or undecided, with the reasons why. */
export class Verdict {
  public static readonly TRUE = new Verdict(true, []);
  public static readonly FALSE = new Verdict(false, []);

  private constructor(
    /** True or false; undefined where it is undecided. */
    public readonly value: boolean | undefined,
    /** Why it is undecided, each reason once. Empty where it is decided. */
    public readonly reasons: readonly string[],
  ) {}

  public static of(value: boolean): Verdict {
    return value ? Verdict.TRUE : Verdict.FALSE;
  }

  /** @param reasons why, such as `the value of http.host is not known`; at least one */
  public static undecided(...reasons: readonly string[]): Verdict {
    return new Verdict(undefined, [...new Set(reasons)]);
  }

  public get isTrue(): boolean {
    return this.value === true;
  }

  public get isFalse(): boolean {
    return this.value === false;
  }

  public get isUndecided(): boolean {
    return this.value === undefined;
  }

  /** False if any part is false; else undecided if any part is. */
  public static and(parts: Iterable<Verdict>): Verdict {
    return Verdict.join(parts, false);
  }

  /** True if any part is true; else undecided if any part is. */
  public static or(parts: Iterable<Verdict>): Verdict {
    return Verdict.join(parts, true);
  }

  /** Whether an odd number of parts is true: undecided if any part is. */
  public static xor(parts: Iterable<Verdict>): Verdict {
    const all = [...parts];
    const open = all.filter(({ isUndecided }) => isUndecided);
    if (open.length > 0) return Verdict.undecided(...open.flatMap(({ reasons }) => reasons));
    return Verdict.of(all.filter(({ isTrue }) => isTrue).length % 2 === 1);
  }

  public not(): Verdict {
    return this.value === undefined ? this : Verdict.of(!this.value);
  }

  /** Reads parts up to the first that decides alone. */
  private static join(parts: Iterable<Verdict>, decisive: boolean): Verdict {
    const reasons: string[] = [];
    for (const part of parts) {
      if (part.value === decisive) return part;
      reasons.push(...part.reasons);
    }
    return reasons.length > 0 ? Verdict.undecided(...reasons) : Verdict.of(!decisive);
  }
}
