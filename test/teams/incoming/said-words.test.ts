import { describe, expect, it } from "vitest";
import { sayButton } from "../../../src/teams/cards/parts/say-button.js";
import { saidWords } from "../../../src/teams/incoming/said-words.js";

describe("a button that says words", () => {
  const { data } = sayButton("remove titan");

  it("has them said by the person who presses, whichever part of its data the client sends", () => {
    expect(saidWords(data)).toBe("remove titan");
    expect(saidWords(data.msteams.value)).toBe("remove titan");
    expect(saidWords({ value: data.msteams.value })).toBe("remove titan");
  });

  it.each([[undefined], ["remove titan"], [{ say: "" }], [{ say: 1 }], [{ verb: "approve" }]])(
    "is nothing else: %j",
    (value) => {
      expect(saidWords(value)).toBeUndefined();
    },
  );
});
