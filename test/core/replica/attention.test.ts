import { beforeEach, describe, expect, it } from "vitest";
import { OwnAttention } from "../../../src/core/replica/attention.js";

let logged: unknown[][];
let attention: OwnAttention;

beforeEach(() => {
  logged = [];
  const note = (...line: unknown[]): void => void logged.push(line);
  attention = new OwnAttention({ info: note, warn: note });
});

describe("what an operator has to see to", () => {
  it("is nothing at first", () => {
    expect(attention.sentences).toEqual([]);
  });

  it("is what was said last of each subject", () => {
    attention.about("rules", ["Two differ.", "One is lax."]);
    attention.about("accounts", ["One is gone."]);
    attention.about("rules", ["Two differ still."]);
    expect(attention.sentences).toEqual(["Two differ still.", "One is gone."]);
    attention.about("rules", []);
    expect(attention.sentences).toEqual(["One is gone."]);
  });

  it("is logged once for each change, and when it is over", () => {
    attention.about("rules", []);
    for (let again = 0; again < 3; again += 1) attention.about("rules", ["Two differ."]);
    attention.about("rules", ["Three differ."]);
    for (let again = 0; again < 3; again += 1) attention.about("rules", []);
    expect(logged).toEqual([
      ["attention", { subject: "rules", sentences: ["Two differ."] }],
      ["attention", { subject: "rules", sentences: ["Three differ."] }],
      ["attention-over", { subject: "rules" }],
    ]);
  });
});
