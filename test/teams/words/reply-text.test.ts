import { describe, expect, it } from "vitest";
import type { Reply } from "../../../src/core/command/command.js";
import { replyText } from "../../../src/teams/words/reply-text.js";
import { NEXT_STEP } from "./every-reason.js";

describe("the words for a text that is no command", () => {
  const replies: readonly Reply[] = [
    { code: "empty" },
    { code: "number-missing", command: "evidence", given: "" },
    { code: "too-long", characters: 5_000, limit: 1_000 },
    { code: "did-you-mean", suggestion: "show policy" },
    { code: "not-understood", part: "for `evil`", command: "enable passkeys" },
    { code: "number-missing", command: "show", given: "" },
    { code: "number-missing", command: "show", given: "abc" },
    { code: "drift-number-missing", command: "put back drift", given: "" },
    { code: "drift-number-missing", command: "drift", given: "3x" },
    { code: "model-missing", command: "who uses" },
    { code: "which-models" },
    { code: "profile-missing", command: "create profile" },
    { code: "to-whom-missing" },
    { code: "new-name-missing", profile: "" },
    { code: "new-name-missing", profile: "Synced" },
    { code: "group-missing", command: "add group" },
  ];
  it.each(replies.map((reply) => [reply.code, reply] as const))("say what to do next: %s", (_, reply) => {
    expect(replyText(reply)).toMatch(NEXT_STEP);
  });

  it("name what lists the numbers that were wanted", () => {
    const missing = { code: "number-missing", given: "" } as const;
    expect(replyText({ ...missing, command: "cancel" })).toContain(
      "such as `cancel 12`; `pending` lists them",
    );
    expect(replyText({ ...missing, command: "undo" })).toContain("such as `undo 12`; `history` lists them");
    expect(replyText({ code: "drift-number-missing", command: "drift", given: "3x" })).toBe(
      "`3x` is no drift number. Say `drift 3`; `drift` shows the one that is open.",
    );
  });
});
