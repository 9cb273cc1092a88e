import { Model } from "../../../verification/terraform/model";
import type { Resource } from "../../../verification/terraform/stack";

const LENGTH = 10_000;
const indexes = Array.from({ length: LENGTH }, (_, index) => index);
const [first, last] = ["null_resource.z0", `null_resource.z${LENGTH - 1}`];

function resourceAt(model: Model, address: string, stack?: string): Resource {
  const found = model.resources.find((each) => each.address === address && (stack ?? each.stack) === each.stack);
  if (found === undefined) throw new Error(`there is no ${address}`);
  return found;
}

test("a resource comes after the end of a chain of dependencies, however long it is", () => {
  const chain = indexes.map((index) => [
    `z${index}`,
    index === 0 ? {} : { depends_on: [`null_resource.z${index - 1}`] },
  ]);
  const resource = { null_resource: Object.fromEntries(chain) as object };
  const model = Model.of([{ name: "shop", json: { resource } }]);
  expect(model.isAfter(resourceAt(model, last), resourceAt(model, first))).toBe(true);
  expect(model.isAfter(resourceAt(model, first), resourceAt(model, last))).toBe(false);
});

test("a stack comes after the end of a chain of stacks, however long it is", () => {
  const json = { resource: { null_resource: { z0: {} } } };
  const name = (index: number) => `stack${index}`;
  const stacks = indexes.map((index) => ({
    name: name(index),
    json,
    dependencies: index === 0 ? [] : [name(index - 1)],
  }));
  const model = Model.of(stacks);
  const [one, other] = [resourceAt(model, first, name(LENGTH - 1)), resourceAt(model, first, name(0))];
  expect([model.isAfter(one, other), model.isAfter(other, one)]).toEqual([true, false]);
});

test("what depends on itself is after itself, and nothing else", () => {
  const resource = {
    null_resource: { a: { depends_on: ["null_resource.b"] }, b: { depends_on: ["null_resource.a"] }, c: {} },
  };
  const model = Model.of([{ name: "shop", json: { resource } }]);
  const [a, c] = [resourceAt(model, "null_resource.a"), resourceAt(model, "null_resource.c")];
  expect([model.isAfter(a, a), model.isAfter(a, c), model.isAfter(c, a)]).toEqual([true, false, false]);
});
