import { z } from "zod";
import { environmentSchema } from "../environment";

/** The JSON schema (2020-12) of a policy as JSON: the data of one environment. */
export function policySchema(): object {
  return {
    title: "The policy of one environment",
    ...z.toJSONSchema(environmentSchema, { target: "draft-2020-12", io: "input" }),
  };
}
