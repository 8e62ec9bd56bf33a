import { expect, it } from "vitest";
import { type ArmFunctions, evaluate, evaluated } from "./arm-expressions.js";

const functions: ArmFunctions = {
  concat: (...parts: readonly string[]) => parts.join(""),
  group: () => ({ location: "westeurope", names: ["a", "b"] }),
};

it.each([
  ["text", "text"],
  ["[[text]", "[text]"],
  ["[concat('a', 'it''s', concat())]", "ait's"],
  ["[concat(group().location, group().names[1])]", "westeuropeb"],
  ["[12]", 12],
])("%s is evaluated", (text, value) => {
  expect(evaluate(text, functions)).toEqual(value);
});

it.each([
  ["[concat('a'", "no end"],
  ["[concat('a']", "not read"],
  ["[concat('a'))]", "not read"],
  ["[concat('a' 'b')]", "not read"],
  ["[conca('a')]", "not known"],
  ["[group().loction]", "no loction"],
  ["[concat('a)]", "not known"],
])("%s is refused", (text, why) => {
  expect(() => evaluate(text, functions)).toThrow(why);
});

it("names of properties are expressions, too", () => {
  expect(evaluated({ "[concat('a', 'b')]": ["[group().location]", 1, null] }, functions)).toEqual({
    ab: ["westeurope", 1, null],
  });
});
