import { describe, expect, it } from "vitest";
import type { Reply } from "../../src/core/command/command.js";
import { Fault, type FaultCode, type Refusal, refuse, type SignInProblem } from "../../src/core/errors.js";
import { faultText } from "../../src/teams/fault-text.js";
import { refusalText } from "../../src/teams/refusal-text.js";
import { replyText } from "../../src/teams/reply-text.js";
import { ADA } from "./teams-world.js";

const words = {
  tenantId: "the-tenant",
  clientId: "the-client",
  authorityHost: "https://login.example",
  namesShown: false,
};
const planNumber = 12;

const refusals: readonly Refusal[] = [
  refuse({ code: "unknown-plan", planNumber }),
  refuse({ code: "stale-revision", planNumber, revision: 2 }),
  refuse({ code: "plan-expired", planNumber, at: "2026-11-22T10:00:00.000Z" }),
  refuse({ code: "already-decided", planNumber, state: "applied", by: ADA }),
  refuse({ code: "being-applied", planNumber, by: ADA }),
  refuse({ code: "tenant-busy", planNumber }),
  refuse({ code: "own-plan", planNumber }),
  refuse({ code: "already-approved", planNumber, missing: 1 }),
  refuse({ code: "not-an-approver", required: { by: "roles" } }),
  refuse({ code: "not-an-approver", required: { by: "ids" } }),
  refuse({ code: "no-access", byRole: true }),
  refuse({ code: "no-access", byRole: false }),
  refuse({ code: "not-requester-nor-approver", planNumber }),
  refuse({ code: "scan-needed", why: "incomplete" }),
  refuse({ code: "scan-needed", why: "too-old" }),
  refuse({ code: "nothing-to-change" }),
  refuse({ code: "unknown-group", name: "Pilot" }),
  refuse({ code: "ambiguous-group", name: "Pilot", ids: [] }),
  refuse({ code: "unknown-profile", name: "X", known: ["Default"] }),
  refuse({ code: "profiles-not-in-use", name: "X" }),
  refuse({ code: "policy-too-large", bytes: 20_001, limit: 20_000 }),
  refuse({ code: "too-many-profiles", count: 4, limit: 3 }),
  refuse({ code: "emergency-account-cut-off", people: [ADA] }),
  refuse({ code: "someone-elses-token", clicker: ADA.id }),
  refuse({ code: "outcome-not-recorded", planNumber }),
  refuse({ code: "not-written", planNumber, fault: "graph-denied", requestId: "r-1" }),
  refuse({ code: "not-written", planNumber, fault: "graph-throttled", retryAfterSeconds: 30 }),
];
const problems: readonly SignInProblem[] = [
  "consent-missing",
  "mfa-required",
  "assertion-expired",
  "assertion-rejected",
  "conditional-access",
  "app-credential-rejected",
  "unavailable",
  "unrecognised",
];
const faults: readonly FaultCode[] = [
  "graph-denied",
  "graph-unauthorized",
  "graph-no-licence",
  "graph-not-found",
  "graph-bad-request",
  "graph-conflict",
  "graph-throttled",
  "graph-unavailable",
  "graph-unreachable",
  "graph-unreadable",
  "policy-unreadable",
  "app-sign-in-failed",
  "store-unavailable",
];

/** Something a person can do: a verb in the imperative. */
const NEXT_STEP =
  /\b(say|ask|press|try|wait|sign|check|register|remove|give|write|tell|activate|grants|use|show)\b/i;

describe("the words of a refusal", () => {
  it.each(refusals.map((refusal) => [refusal.code, refusal] as const))(
    "say what to do next: %s",
    (_, refusal) => {
      expect(refusalText(refusal, words)).toMatch(NEXT_STEP);
      expect(refusalText(refusal, words)).not.toMatch(/undefined|\[object/);
    },
  );

  it("tell every problem of signing in apart", () => {
    const texts = problems.map((problem) => refusalText(refuse({ code: "sign-in-failed", problem }), words));
    expect(new Set(texts).size).toBe(problems.length);
    for (const text of texts) expect(text).toMatch(NEXT_STEP);
  });

  it("lead an administrator to consent for this app in this tenant", () => {
    expect(
      refusalText(
        refuse({ code: "sign-in-failed", problem: "consent-missing", entraCode: "AADSTS65001" }),
        words,
      ),
    ).toBe(
      "Latchkey may not act in your name yet. Nothing was written; an administrator grants consent once, then press Approve again. Consent: https://login.example/the-tenant/adminconsent?client_id=the-client (AADSTS65001)",
    );
  });

  it("put Graph's no to a write on the approver's rights, not on the app's", () => {
    const text = refusalText(refuse({ code: "not-written", planNumber, fault: "graph-denied" }), words);
    expect(text).toContain("your account may not change the policy");
    expect(text).not.toContain("permissions");
  });

  it("count emergency accounts, and name five of them at most where names may show", () => {
    const people = Array.from({ length: 7 }, (_, at) => ({ ...ADA, name: `Emergency ${at}` }));
    const refusal = refuse({ code: "emergency-account-cut-off", people });
    expect(refusalText(refusal, words)).toContain("cut off 7 emergency accounts, which");
    expect(refusalText(refusal, words)).not.toContain("Emergency 0");
    expect(refusalText(refusal, { ...words, namesShown: true })).toContain(
      "7 emergency accounts (Emergency 0, Emergency 1, Emergency 2, Emergency 3, Emergency 4 and 2 more)",
    );
  });

  it("promise nothing about a write whose outcome could not be recorded", () => {
    const text = refusalText(refuse({ code: "outcome-not-recorded", planNumber }), words);
    expect(text).toContain("Do not repeat it: say `show 12`");
    expect(text).not.toMatch(/nothing (was|is)/i);
  });

  it("let nothing of a name format", () => {
    expect(refusalText(refuse({ code: "unknown-group", name: "[x](http://evil)" }), words)).toContain(
      "\\[x\\](http://evil)",
    );
  });
});

describe("the words of a fault", () => {
  it.each(faults)("say what to do next: %s", (code) => {
    const fault = new Fault(code, "raw message", { requestId: "r-1", retryAfterSeconds: 200 });
    expect(faultText(fault)).toMatch(NEXT_STEP);
    expect(faultText(fault)).toContain("Graph request r-1.");
    // Only what we say about a policy ourselves is for people's eyes; Graph's words stay in the log.
    expect(faultText(fault).includes("raw message")).toBe(code === "policy-unreadable");
  });
});

it("the words for a store that fails promise nothing about what was sent before", () => {
  expect(faultText(new Fault("store-unavailable", "raw"))).not.toMatch(/nothing (was|is)/i);
});

describe("the words for a text that is no command", () => {
  const replies: readonly Reply[] = [
    { code: "empty" },
    { code: "not-in-this-version", command: "undo 3" },
    { code: "too-long", characters: 5_000, limit: 1_000 },
    { code: "did-you-mean", suggestion: "show policy" },
    { code: "not-understood", part: "for `evil`", command: "enable passkeys" },
    { code: "number-missing", command: "show", given: "" },
    { code: "number-missing", command: "show", given: "abc" },
    { code: "use-the-button" },
    { code: "use-the-button", planNumber },
  ];
  it.each(replies.map((reply) => [reply.code, reply] as const))("say what to do next: %s", (_, reply) => {
    expect(replyText(reply)).toMatch(NEXT_STEP);
  });
});
