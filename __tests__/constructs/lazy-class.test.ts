import { lazyClass } from "../../constructs/lazy-class";

class Parent {
  public static made = 0;

  public constructor(public readonly value: string) {
    Parent.made += 1;
  }

  public static of(value: string): Parent {
    return new Parent(value);
  }

  public shout(): string {
    return this.value.toUpperCase();
  }
}

class Child extends Parent {}

/** A lazy Child, and how often it was loaded. */
function lazyChild() {
  const times = { loaded: 0 };
  const Lazy = lazyClass("Child", () => {
    times.loaded += 1;
    return Child;
  });
  return { Lazy, times };
}

/** The error that Node.js throws where a module is missing. */
function missing(request: string): Error {
  const message = `Cannot find module '${request}'\nRequire stack:\n- /app/index.js`;
  return Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });
}

describe("a lazy class", () => {
  test("isn't loaded by being handed on", () => {
    const { Lazy, times } = lazyChild();
    const exported = { ...{ Lazy } };
    expect([typeof exported.Lazy, times.loaded]).toEqual(["function", 0]);
  });

  test("makes instances of the class itself", () => {
    const { Lazy } = lazyChild();
    const made = new Lazy("a");
    expect(made.constructor).toBe(Child);
    expect(Object.getPrototypeOf(made)).toBe(Child.prototype);
    expect(made.shout()).toBe("A");
  });

  test("knows the instances of the class itself as its own", () => {
    const { Lazy } = lazyChild();
    expect([new Lazy("a") instanceof Child, new Child("a") instanceof Lazy, new Lazy("a") instanceof Parent]).toEqual([
      true,
      true,
      true,
    ]);
    expect(new Parent("a") instanceof Lazy).toBe(false);
  });

  test("has the name, the members and the parent of the class", () => {
    const { Lazy } = lazyChild();
    expect(Lazy.name).toBe("Child");
    expect(Lazy.of("a")).toBeInstanceOf(Parent);
    expect("of" in Lazy).toBe(true);
    expect(Object.getPrototypeOf(Lazy)).toBe(Parent);
  });

  test("can be extended", () => {
    const { Lazy } = lazyChild();
    class Grandchild extends Lazy {
      public override shout(): string {
        return `${super.shout()}!`;
      }
    }
    const made = new Grandchild("a");
    expect([made.shout(), made.constructor, made instanceof Child, Grandchild.of("b").value]).toEqual([
      "A!",
      Grandchild,
      true,
      "b",
    ]);
  });

  test.each([
    ["@cdktf/provider-github/lib/actions-secret", "@cdktf/provider-github"],
    ["constructs", "constructs"],
    ["zod/v4", "zod"],
  ])("names the package that is missing where %s is", (request, name) => {
    const error = missing(request);
    const Lazy = lazyClass("Child", (): typeof Child => {
      throw error;
    });
    expect(() => new Lazy("a")).toThrow(
      expect.objectContaining({ message: `Child needs the package ${name}, which isn't installed`, cause: error }),
    );
  });

  test.each([missing("./lost"), missing("/app/lost"), new Error("Cannot find module 'a'"), "text"])(
    "leaves another error as it is: %s",
    (error) => {
      const Lazy = lazyClass("Child", (): typeof Child => {
        throw error;
      });
      let thrown: unknown;
      try {
        new Lazy("a");
      } catch (caught) {
        thrown = caught;
      }
      expect(thrown).toBe(error);
    },
  );
});
