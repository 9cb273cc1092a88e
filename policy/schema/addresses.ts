import { z } from "zod";
import { readEntries } from "../../network/address-entry-problems";

/** One entry of an address set: an address, a CIDR or a range. */
export const addressText = z.string({ error: "an address, a CIDR or a range" }).superRefine((entry, context) => {
  for (const { allowed, change } of readEntries([entry], "addresses").problems) {
    context.addIssue({ code: "custom", message: allowed, params: { change } });
  }
});
