const BYTES = 256;
const CASE_BIT = 0x20;
const SINGLES: ByteSet[] = [];

/** A set of bytes. */
export class ByteSet {
  public static readonly NONE = ByteSet.where(() => false);
  public static readonly ALL = ByteSet.where(() => true);

  private constructor(private readonly members: readonly boolean[]) {}

  public static where(holds: (byte: number) => boolean): ByteSet {
    return new ByteSet(Array.from({ length: BYTES }, (_, byte) => holds(byte)));
  }

  /** The bytes of ranges, both ends of each included. */
  public static ranges(...ranges: readonly (readonly [number, number])[]): ByteSet {
    return ByteSet.where((byte) => ranges.some(([first, last]) => first <= byte && byte <= last));
  }

  public static of(...bytes: readonly number[]): ByteSet {
    return ByteSet.where((byte) => bytes.includes(byte));
  }

  /** The set of one byte, of which there is one instance. */
  public static single(byte: number): ByteSet {
    return (SINGLES[byte] ??= ByteSet.of(byte));
  }

  public has(byte: number): boolean {
    return this.members[byte] === true;
  }

  public union(other: ByteSet): ByteSet {
    return ByteSet.where((byte) => this.has(byte) || other.has(byte));
  }

  public intersection(other: ByteSet): ByteSet {
    return ByteSet.where((byte) => this.has(byte) && other.has(byte));
  }

  public difference(other: ByteSet): ByteSet {
    return ByteSet.where((byte) => this.has(byte) && !other.has(byte));
  }

  public symmetricDifference(other: ByteSet): ByteSet {
    return ByteSet.where((byte) => this.has(byte) !== other.has(byte));
  }

  public complement(): ByteSet {
    return ByteSet.where((byte) => !this.has(byte));
  }

  /** The set with every ASCII letter in both cases. */
  public foldCase(): ByteSet {
    return ByteSet.where((byte) => this.has(byte) || (isAsciiLetter(byte) && this.has(byte ^ CASE_BIT)));
  }
}

function isAsciiLetter(byte: number): boolean {
  const lower = byte | CASE_BIT;
  return 0x61 <= lower && lower <= 0x7a;
}

function chars(pattern: RegExp): ByteSet {
  return ByteSet.where((byte) => byte < 0x80 && pattern.test(String.fromCharCode(byte)));
}

/** `\d`, `\s` and `\w` without Unicode: https://docs.rs/regex/latest/regex/#perl-character-classes-unicode-friendly */
export const PERL_CLASSES: ReadonlyMap<string, ByteSet> = new Map([
  ["d", chars(/[0-9]/)],
  ["s", chars(/[\t-\r ]/)],
  ["w", chars(/\w/)],
]);

/** The classes of `[[:name:]]`: https://docs.rs/regex/latest/regex/#ascii-character-classes */
export const ASCII_CLASSES: ReadonlyMap<string, ByteSet> = new Map([
  ["alnum", chars(/[0-9A-Za-z]/)],
  ["alpha", chars(/[A-Za-z]/)],
  ["ascii", chars(/[^]/)],
  ["blank", chars(/[\t ]/)],

  ["cntrl", chars(/[\0-\x1f\x7f]/)],
  ["digit", chars(/[0-9]/)],
  ["graph", chars(/[!-~]/)],
  ["lower", chars(/[a-z]/)],
  ["print", chars(/[ -~]/)],
  ["punct", chars(/[!-/:-@[-`{-~]/)],
  ["space", chars(/[\t-\r ]/)],
  ["upper", chars(/[A-Z]/)],
  ["word", chars(/\w/)],
  ["xdigit", chars(/[0-9A-Fa-f]/)],
]);
