import fc from "fast-check";

/** An expression as text, with its meaning by the generator's own account. */
export interface Meaning {
  readonly text: string;
  /** How tightly the text binds: 1 or, 2 xor, 3 and, 4 anything else. */
  readonly binding: number;
  readonly holds: (request: Facts) => boolean;
}

/** The few facts of a request that generated expressions ask about. */
export interface Facts {
  readonly ssl: boolean;
  readonly bot: boolean;
  readonly port: number;
  readonly host: string;
}

export const facts: fc.Arbitrary<Facts> = fc.record({
  ssl: fc.boolean(),
  bot: fc.boolean(),
  port: fc.constantFrom(79, 80, 81, 442, 443, 444),
  host: fc.constantFrom("", "a", "A", "ab", "ba", "app.example.com"),
});

const atom = (text: string, holds: Meaning["holds"]): Meaning => ({ text, binding: 4, holds });

const ports = fc.constantFrom(80, 443);
const words: fc.Arbitrary<string> = fc.constantFrom("", "a", "b", "ab", "app");

const atoms: fc.Arbitrary<Meaning> = fc.oneof(
  fc.constant(atom("ssl", ({ ssl }) => ssl)),
  fc.constant(atom("cf.client.bot", ({ bot }) => bot)),
  fc.constant(atom("true", () => true)),
  ports.map((port) => atom(`cf.edge.server_port == ${port}`, (request) => request.port === port)),
  ports.map((port) => atom(`cf.edge.server_port ne ${port}`, (request) => request.port !== port)),
  ports.map((port) => atom(`cf.edge.server_port lt ${port}`, (request) => request.port < port)),
  ports.map((port) =>
    atom(
      `cf.edge.server_port in {1 ${port - 1}..${port}}`,
      (request) => request.port === port || request.port === port - 1,
    ),
  ),
  words.map((word) => atom(`http.host eq "${word}"`, ({ host }) => host === word)),
  words.map((word) => atom(`http.host contains "${word}"`, ({ host }) => host.includes(word))),
  words.map((word) => atom(`starts_with(http.host, "${word}")`, ({ host }) => host.startsWith(word))),
  words.map((word) => atom(`lower(http.host) == "${word}"`, ({ host }) => host.toLowerCase() === word)),
  fc
    .array(words)
    .map((set) => atom(`http.host in {${set.map((word) => `"${word}"`).join(" ")}}`, ({ host }) => set.includes(host))),
);

const OPERATORS = [
  { binding: 1, spellings: [" or ", "||", " || "], join: (one: boolean, other: boolean) => one || other },
  { binding: 2, spellings: [" xor ", "^^"], join: (one: boolean, other: boolean) => one !== other },
  { binding: 3, spellings: [" and ", "&&", "\nand\n"], join: (one: boolean, other: boolean) => one && other },
];

/** Expressions of every operator, with the parentheses that they need and some that they do not. */
export const meanings: fc.Arbitrary<Meaning> = fc.letrec<{ meaning: Meaning }>((tie) => ({
  meaning: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    atoms,
    fc.tuple(fc.constantFrom("not ", "!", "! "), tie("meaning"), fc.boolean()).map(([spelling, part, extra]) => ({
      text: `${spelling}${within(part, 4, extra)}`,
      binding: 4,
      holds: (request: Facts) => !part.holds(request),
    })),
    fc
      .tuple(fc.constantFrom(...OPERATORS), fc.nat(2), tie("meaning"), tie("meaning"), fc.boolean())
      .map(([{ binding, spellings, join }, spelling, left, right, extra]) => ({
        text: [within(left, binding, extra), within(right, binding + 1, !extra)].join(
          spellings[spelling % spellings.length],
        ),
        binding,
        holds: (request: Facts) => join(left.holds(request), right.holds(request)),
      })),
  ),
})).meaning;

function within({ text, binding }: Meaning, least: number, extra: boolean): string {
  return binding < least || extra ? `(${text})` : text;
}
