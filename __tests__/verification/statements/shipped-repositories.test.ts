import { environments } from "../../../environments";
import { Strength } from "../../../policy/statements";
import { proofScenes } from "../../support/proof-scenes";
import { judged, STATEMENT_NAMES, verdict } from "./repository-changes";

describe("the shipped environments", () => {
  const scenes = proofScenes(environments);

  test.each(STATEMENT_NAMES)("hold %s where they have repositories", (statement) => {
    const verdicts = scenes.map((scene) => [scene.policy.name, verdict(judged(statement, scene))]);
    expect(Object.fromEntries(verdicts)).toEqual({
      dev: "not applicable",
      staging: "not applicable",
      production: "proven",
    });
  });

  test("say who owns each repository, and what they rest on", () => {
    const production = scenes.find(({ policy }) => policy.name === "production");
    const result = production === undefined ? undefined : judged("SCAN-1", production);
    expect(result).toMatchObject({ verdict: "proven", strength: Strength.ENFORCED });
    expect(result).toHaveProperty(
      "notes",
      expect.arrayContaining(["example/api is owned by production", "example/dashboard is owned by production"]),
    );
  });
});
