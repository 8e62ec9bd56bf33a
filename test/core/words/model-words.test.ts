import { describe, expect, it } from "vitest";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { BARE } from "../../../src/core/words/medium.js";
import { modelWordsIn } from "../../../src/core/words/model-words.js";

describe("the words for a model", () => {
  const { modelLine } = modelWordsIn(BARE);

  it.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "take an entry of the policy called %s for what it says, as nobody named it",
    (entry) => {
      const models = { modelNames: {}, modelWarnings: {}, usage: [] };
      expect(modelLine(entry as Aaguid, models)).toContain(entry);
    },
  );
});
