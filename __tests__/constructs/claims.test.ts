import { Construct } from "constructs";
import { Claim, Claims } from "../../constructs/claims";
import { problemsWith } from "../support/problems";

class Root extends Construct {
  public constructor() {
    super(undefined as never, "");
  }
}

describe("claims", () => {
  const two = () => {
    const app = new Root();
    return { app, one: new Construct(app, "one"), other: new Construct(new Construct(app, "stack"), "other") };
  };

  test("are granted once in an app, and the error names both constructs", () => {
    const { app, one, other } = two();
    Claims.of(app).take(one, [Claim.phase("z", "p")]);
    const [problem] = problemsWith(() => {
      Claims.of(other).take(other, [Claim.phase("z", "p")]);
    });
    expect(problem).toMatchObject({
      at: "stack/other",
      got: "a second owner of the p rules of zone z, which one owns",
    });
  });

  test("are all granted or none", () => {
    const { app, one, other } = two();
    Claims.of(app).take(one, [Claim.record("z", "a")]);
    expect(() => {
      Claims.of(app).take(other, [Claim.record("z", "b"), Claim.record("z", "a")]);
    }).toThrow();
    expect(() => {
      Claims.of(app).take(one, [Claim.record("z", "b")]);
    }).not.toThrow();
  });

  test("are refused when one construct takes the same thing twice", () => {
    const { app, one } = two();
    expect(() => {
      Claims.of(app).take(one, [Claim.list("a", "l"), Claim.list("a", "l")]);
    }).toThrow("a second owner of the list l of account a");
  });

  test("don't meet across apps, zones or kinds", () => {
    const { app, one, other } = two();
    Claims.of(app).take(one, [Claim.phase("z", "p"), Claim.zoneSetting("z", "s"), Claim.variable("stack", "v")]);
    expect(() => {
      Claims.of(app).take(other, [Claim.phase("y", "p"), Claim.zoneSetting("z", "p"), Claim.variable("other", "v")]);
      const { app: second, one: first } = two();
      Claims.of(second).take(first, [Claim.phase("z", "p")]);
    }).not.toThrow();
  });
});
