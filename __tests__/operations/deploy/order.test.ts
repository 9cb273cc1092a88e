import * as fc from "fast-check";
import { environments as shipped } from "../../../environments";
import { deployOrder, leftWithOwner } from "../../../operations/deploy/deploys";
import { Origin } from "../../../policy/origin";
import { Policy } from "../../../policy/policy";
import { aGuest, anEnvironment } from "../../support/environments";

const names = (policies: readonly Policy[], selection = {}): readonly string[] =>
  deployOrder(policies, selection).map(({ environment }) => environment);

const shop = anEnvironment({ name: "production" });
const guests = ["dev", "staging"].map((name) => aGuest(name, "production"));

test("the shipped environments go dev, staging, production, with the repositories of the last", () => {
  expect(deployOrder(Policy.across(shipped))).toEqual([
    { environment: "dev", after: "", owner: "", repositories: "" },
    { environment: "staging", after: "dev", owner: "", repositories: "" },
    { environment: "production", after: "staging", owner: "example", repositories: "api,dashboard" },
  ]);
});

test("guests of a zone come after its owner, wherever the owner is listed", () => {
  expect(names(Policy.across([...guests, shop]))).toEqual(["production", "dev", "staging"]);
});

const other = anEnvironment({
  name: "other",
  zone: { ...shop.zone, name: "other.dev", id: "b".repeat(32) } as typeof shop.zone,
  hosts: { "app.other.dev": Origin.render("srv-0ddba110ddba110ddba11", "other.onrender.com") },
});

test("in any order of environments, each comes once, and none before the owner of its zone", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([other, shop, ...guests], { minLength: 4 }), (environments) => {
      const order = names(Policy.across(environments));
      expect([...order].sort()).toEqual(["dev", "other", "production", "staging"]);
      for (const { name } of guests) expect(order.indexOf(name)).toBeGreaterThan(order.indexOf("production"));
    }),
    { numRuns: 24 },
  );
});

describe("a choice", () => {
  const policies = Policy.across(shipped);

  test.each([
    [{ only: ["production"] }, ["production"]],
    [{ only: ["production", "dev"] }, ["dev", "production"]],
    [{ without: ["production"] }, ["dev", "staging"]],
    [{ only: [], without: [] }, ["dev", "staging", "production"]],
    [{ only: ["dev"], without: ["dev"] }, []],
  ])("of %j is %j", (selection, chosen) => {
    expect(names(policies, selection)).toEqual(chosen);
  });

  test("waits only for what is deployed in the same run", () => {
    expect(deployOrder(policies, { without: ["staging"] }).map(({ after }) => after)).toEqual(["", "dev"]);
  });

  test("names every environment that doesn't exist", () => {
    expect(() => names(policies, { only: ["prod"], without: ["test"] })).toThrow(
      /--only: got "prod"; allowed: dev, staging, production.*\n.*--without: got "test"/,
    );
  });
});

describe("a guest of a zone", () => {
  const policies = Policy.across([...guests, shop, other]);

  test.each([
    [{ without: ["production"] }, ["other"], ["dev", "staging"]],
    [{ without: ["production", "dev"] }, ["other"], ["staging"]],
    [{ without: ["dev"] }, ["production", "staging", "other"], []],
    [{ only: ["production"] }, ["production"], []],
    [{ only: ["dev"] }, ["dev"], []],
    [{ only: ["dev"], without: ["production"] }, [], ["dev"]],
    [{ only: ["dev", "production"] }, ["production", "dev"], []],
    [{}, ["production", "dev", "staging", "other"], []],
  ])("is left out with its owner, and goes alone only where it is named: %j", (selection, chosen, left) => {
    expect(names(policies, selection)).toEqual(chosen);
    expect(leftWithOwner(policies, selection)).toEqual(
      left.map((environment) => ({ environment, owner: "production" })),
    );
  });
});
