import { Kind } from "../../../verification/diff/item";
import { changedBy, dropped, PROJECT, told } from "./apps";
import { CHANGES } from "./changes";

describe("what the JSON makes is compared in the same words", () => {
  test.each(CHANGES)("%s", (_name, change, expected) => {
    const decided = changedBy(change).filter(({ kind }) => kind !== Kind.UNDECIDED);
    expect(told(decided)).toEqual(expected);
  });

  test("each has a witness of each family, and what decided it", () => {
    const [item] = changedBy(dropped("null_resource", PROJECT));
    expect(item?.witnesses).toEqual([`192.0.2.1 → ${PROJECT}:5432`, `2001:db8::1 → ${PROJECT}:5432`]);
    expect(item?.by.before).toMatchObject({ stack: "shop", path: expect.stringContaining(PROJECT) as string });
  });
});
