import { InvalidInput } from "../errors/invalid-input";
import { nearest } from "../errors/nearest";

/** Node.js and JSON ask any object for these. */
const ASKED_OF_ANY = new Set(["then", "toJSON"]);

/**
 * The members of a noun. Environments run without a type check, so a misspelt member is refused where it is read, with the
 * nearest one.
 *
 * @param noun its name, as environments write it
 * @throws {InvalidInput} from each read of a member that isn't there
 */
export function members<T extends object>(noun: string, all: T): T {
  const known = Object.keys(all).map((name) => `${noun}.${name}`);
  return new Proxy(all, {
    get(target, key, receiver) {
      if (typeof key === "symbol" || key in target || ASKED_OF_ANY.has(key)) {
        return Reflect.get(target, key, receiver) as unknown;
      }
      const got = `${noun}.${key}`;
      const near = nearest(got, known);
      throw new InvalidInput("the policy", [
        {
          at: noun,
          got,
          allowed: known.join(", "),
          ...(near === undefined ? {} : { change: `did you mean ${near}?` }),
        },
      ]);
    },
  });
}
