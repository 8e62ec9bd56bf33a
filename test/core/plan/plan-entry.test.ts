import { describe, expect, it } from "vitest";
import { proposalDetail } from "../../../src/core/plan/plan-entry.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { impactOf, keyholder, passkey } from "../impact/sample-keyholders.js";
import { legacyPolicy, YUBIKEY_5_NFC, YUBIKEY_5C } from "../policy/sample-policies.js";

describe("the record of a proposal", () => {
  it("holds whom it concerns and what that rests on, by id and number, without anybody's name", async () => {
    const [before, after] = [legacyPolicy(), legacyPolicy({ state: "disabled" })];
    const people = [keyholder("P1", [passkey(YUBIKEY_5C)], { name: "Mary Shelley" })];
    const unread = [{ ...keyholder("P2", [passkey(YUBIKEY_5_NFC)], { name: "Alan Kay" }), why: "403" }];
    const impact = await impactOf(before, after, people, {
      scan: { unreadCount: 1, unread, carried: 1 },
    });
    const keepingAnother = [{ ...keyholder("P3", []), name: "Ada King", models: [] }];
    const detail = proposalDetail({
      before,
      after,
      fingerprint: "f",
      changes: diffPolicies(parsePolicy(before), parsePolicy(after)),
      impact: { ...impact, keepingAnother },
      warnings: [{ kind: "turned-off" }],
      usage: [],
      bytes: 1,
      modelNames: {},
      groupNames: {},
    });
    expect(detail.impact).toEqual({
      narrows: true,
      losing: ["p1"],
      keepingAnother: ["p3"],
      modelsCutOff: [{ aaguid: YUBIKEY_5C, people: 1 }],
      scan: {
        id: "scan",
        kind: "full",
        from: "2026-11-22T09:00:00.000Z",
        at: "2026-11-22T10:00:00.000Z",
        fullSince: "2026-11-22T09:00:00.000Z",
        path: "report",
        complete: false,
        asked: 3,
        carried: 1,
        gone: 0,
        unread: 1,
        keyholders: 3,
        recentIncluded: true,
      },
    });
    expect(detail.warnings).toEqual([{ kind: "turned-off" }]);
    expect(JSON.stringify(detail)).not.toMatch(/Shelley|Kay|King/);
  });
});
