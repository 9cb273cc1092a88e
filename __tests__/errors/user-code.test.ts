import { loadedFrom } from "../../errors/user-code";

const FOLDER = "/app/environments";

function errorAt(place: string): Error {
  const error = new TypeError("x is not a function");
  error.stack = `TypeError: x is not a function\n    at ${place}`;
  return error;
}

test("a module that loads is handed on", async () => {
  expect(await loadedFrom(FOLDER, () => Promise.resolve(7))).toBe(7);
});

test.each(["/app/policy/zone.ts:1:2", "/app/environments-old/dev.ts:1:2", "node:internal/modules/run_main:1:2"])(
  "a fault of the program stays what it is: %s",
  async (place) => {
    const fault = errorAt(place);
    await expect(loadedFrom(FOLDER, () => Promise.reject(fault))).rejects.toBe(fault);
  },
);

test("a fault that the user's code leads to is named where that code is", async () => {
  const fault = errorAt("of (/app/policy/zone.ts:51:2)\n    at <anonymous> (/app/environments/dev.ts:9:14)");
  await expect(loadedFrom(FOLDER, () => Promise.reject(fault))).rejects.toThrow(
    /environments\/dev\.ts:9:14: got TypeError: x is not a function; allowed: code that runs$/,
  );
});

test("a thrown value that is no error stays what it is", async () => {
  const thrown: Promise<never> = Promise.reject("out of paper" as unknown as Error);
  await expect(loadedFrom(FOLDER, () => thrown)).rejects.toBe("out of paper");
});
