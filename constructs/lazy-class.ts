type AnyClass = abstract new (...args: never[]) => object;

/**
 * A class that is loaded when it is first used: made, extended, or asked for a member. It can be exported by its name, also
 * to ES modules, which read every export of a module when they import one.
 *
 * @param name the class's name
 * @param load gives the class
 * @throws {Error} when it is first used, where a package that it needs isn't installed
 */
export function lazyClass<Class extends AnyClass>(name: string, load: () => Class): Class {
  const loaded = (): Class => {
    try {
      return load();
    } catch (error) {
      throw missingPackage(name, error) ?? error;
    }
  };
  const placeholder = function (): void {
    // Never called. It is a function since the prototype of a class can't be given another value by a proxy.
  };
  Object.defineProperty(placeholder, "name", { value: name });
  const lazy: object = new Proxy(placeholder, {
    construct: (_, args, maker) => Reflect.construct(loaded(), args, maker === lazy ? loaded() : maker) as object,
    get: (_, key) => Reflect.get(loaded(), key) as unknown,
    has: (_, key) => Reflect.has(loaded(), key),
    getPrototypeOf: () => Reflect.getPrototypeOf(loaded()),
  });
  return lazy as Class;
}

/** The error that says which package to install, where that is why a class can't be loaded. */
function missingPackage(name: string, cause: unknown): Error | undefined {
  const { code, message } = Object(cause) as { readonly code?: unknown; readonly message?: unknown };
  const [, missing] = /^Cannot find module '((?:@[^/']+\/)?[^./'][^/']*)/.exec(String(message)) ?? [];
  if (code !== "MODULE_NOT_FOUND" || missing === undefined) return undefined;
  return new Error(`${name} needs the package ${missing}, which isn't installed`, { cause });
}
