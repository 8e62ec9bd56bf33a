import { describe, expect, it } from "vitest";
import { makeStorable } from "../../src/async/storable-json.js";

const UNCHANGED = { kind: "storable", isChanged: false };

function nested(levels: number): object {
  let value: object = { at: "the bottom" };
  for (let level = 1; level < levels; level++) value = level % 2 === 0 ? [value] : { in: value };
  return value;
}

describe("a value from outside", () => {
  it.each([
    ["at the top", '{"__proto__":{"admin":true}}'],
    ["far inside", '{"value":[{"action":{"__proto__":null}}]}'],
    ["with an escape in its name", '{"a":{"__pro\\u0074o__":1}}'],
  ])("with a forbidden member %s is not taken", (_, text) => {
    const why = "a member called __proto__";
    expect(makeStorable(JSON.parse(text), ["__proto__"])).toEqual({ kind: "refused", why });
  });

  it("keeps a member called __proto__ where it is not forbidden, and mends its text", () => {
    const value = JSON.parse('{"__proto__":"\\u0000"}');
    expect(makeStorable(value)).toEqual({ kind: "storable", isChanged: true });
    expect(JSON.stringify(value)).toBe('{"__proto__":"\ufffd"}');
  });

  it("may say __proto__ in a text", () => {
    expect(makeStorable({ text: "__proto__" }, ["__proto__"])).toEqual(UNCHANGED);
  });

  it("may have 64 levels and no more, and may not end the process with a hundred thousand", () => {
    expect(makeStorable(nested(64))).toEqual(UNCHANGED);
    const refused = { kind: "refused", why: "more than 64 levels" };
    for (const levels of [65, 100_000]) expect(makeStorable(nested(levels))).toEqual(refused);
  });

  it("has no character that a store does not take, wherever it stands", () => {
    const value = { a: "x\0y", b: ["\ud800", { c: "\udc00\ud800" }], d: "\ud83d\udd11 Zo\u00eb \u0645" };
    expect(makeStorable(value)).toEqual({ kind: "storable", isChanged: true });
    expect(value).toEqual({
      a: "x\ufffdy",
      b: ["\ufffd", { c: "\ufffd\ufffd" }],
      d: "\ud83d\udd11 Zo\u00eb \u0645",
    });
  });
});
