import { describe, expect, it } from "vitest";
import { asJson } from "../../src/core/json.js";

interface Named {
  readonly name: string;
  readonly models?: readonly string[];
}

describe("a value as JSON", () => {
  it("is the same value", () => {
    const named: Named = { name: "Pilot", models: ["one", "two"] };
    expect(asJson({ named, counts: [1, null, true] })).toEqual({ named, counts: [1, null, true] });
  });

  it("is refused by the compiler where JSON has no form for a part of it", () => {
    const unread = { name: "Pilot", models: undefined as readonly string[] | undefined };
    // @ts-expect-error a member that is undefined has no form
    asJson(unread);
    // @ts-expect-error nor has a function, however deep
    asJson([{ name: "Pilot", read: () => 1 }]);
    // @ts-expect-error and of what is unknown, nothing is known
    asJson({ name: unread as unknown });
    expect(Object.keys(unread)).toEqual(["name", "models"]);
  });
});
