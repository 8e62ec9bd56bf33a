import { describe, expect, it } from "vitest";
import type { Reply } from "../../../src/core/command/command.js";
import { parseCommand } from "../../../src/core/command/parse-command.js";
import {
  Fault,
  type FaultCode,
  type Refusal,
  refuse,
  type SignInProblem,
  type WriteFaultCode,
} from "../../../src/core/errors.js";
import type { GroupId } from "../../../src/core/person.js";
import type { Model } from "../../../src/core/policy/model.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { faultText } from "../../../src/teams/words/fault-text.js";
import { refusalText } from "../../../src/teams/words/refusal-text.js";
import { replyText } from "../../../src/teams/words/reply-text.js";
import { ADA } from "../teams-world.js";

const words = {
  tenantId: "the-tenant",
  clientId: "the-client",
  authorityHost: "https://login.example",
  namesShown: false,
};
const planNumber = 12;

const TITAN: Model = {
  aaguid: "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3" as Aaguid,
  name: "Titan",
  vendor: "Google",
  kind: "security-key",
  certification: "FIDO Certified L1",
  warnings: [],
  source: "fido",
};
const CARD: Model = {
  aaguid: "cccccccc-1111-4111-8111-111111111111" as Aaguid,
  name: "*Titan* card",
  kind: "unknown",
  warnings: [{ status: "REVOKED" }],
  source: "graph",
};

const UNDO = { kind: "plan", planNumber, undone: { kind: "disable" } } as const;

const HELPDESK = { id: "1a2b3c4d-1111-4111-8111-111111111111" as GroupId, name: "Helpdesk" };
const QUOTED = { id: "2a2b3c4d-1111-4111-8111-111111111111" as GroupId, name: 'The "Board"' };
const EMEA = { id: "3a2b3c4d-1111-4111-8111-111111111111" as GroupId, name: "Sales, EMEA" };
const groups = [HELPDESK];

const refusals: readonly Refusal[] = [
  refuse({ code: "group-excluded", groups }),
  refuse({ code: "group-has-passkeys", groups, through: "all-users", profiles: [] }),
  refuse({ code: "group-has-passkeys", groups, through: "itself", profiles: ["Synced"], other: "Default" }),
  refuse({ code: "group-has-passkeys", groups, through: "itself", profiles: [] }),
  refuse({ code: "group-not-on-list", groups, forAllUsers: true }),
  refuse({ code: "group-not-on-list", groups, forAllUsers: false, profile: "Synced" }),
  refuse({ code: "group-not-excluded", groups }),
  refuse({ code: "nobody-left" }),
  refuse({ code: "kind-not-admitted", models: [TITAN], type: "deviceBound", profile: "Synced", others: [] }),
  refuse({ code: "kind-not-admitted", models: [TITAN], type: "synced", profile: "A", others: ["B"] }),
  refuse({ code: "exclusion-has-no-profile", groups }),
  refuse({ code: "unknown-plan", planNumber }),
  refuse({ code: "stale-revision", planNumber, revision: 2 }),
  refuse({ code: "plan-expired", planNumber, at: "2026-11-22T10:00:00.000Z" }),
  refuse({ code: "already-decided", planNumber, state: "applied", by: ADA }),
  refuse({ code: "being-applied", planNumber, by: ADA }),
  refuse({ code: "tenant-busy", planNumber }),
  refuse({ code: "own-plan", planNumber }),
  refuse({ code: "scan-altered" }),
  refuse({ code: "scan-altered", planNumber }),
  ...(["requester", "revision", "proposal", "approvals", "state", "row"] as const).map((why) =>
    refuse({ code: "plan-altered", planNumber, why }),
  ),
  ...(["record", "no-record", "read"] as const).map((why) =>
    refuse({ code: "plan-altered", planNumber, why }),
  ),
  refuse({ code: "too-many-open-plans", limit: 10, planNumbers: [3, 4] }),
  refuse({ code: "too-many-open-plans", limit: 10, planNumbers: [] }),
  refuse({ code: "already-approved", planNumber, missing: 1 }),
  refuse({ code: "not-an-approver", required: { by: "roles" } }),
  refuse({ code: "not-an-approver", required: { by: "ids" } }),
  refuse({ code: "no-access", byRole: true }),
  refuse({ code: "no-access", byRole: false }),
  refuse({ code: "not-requester-nor-approver", planNumber }),
  refuse({ code: "scan-needed", why: "incomplete" }),
  refuse({ code: "scan-needed", why: "too-old" }),
  refuse({ code: "scan-cancelled", by: ADA }),
  refuse({ code: "no-scan-yet" }),
  refuse({ code: "scan-not-running" }),
  refuse({ code: "not-scan-asker" }),
  refuse({ code: "unknown-model", typed: "Nymi Bnad" }),
  refuse({ code: "ambiguous-model", typed: "Titan", candidates: [TITAN, CARD], verb: "remove" }),
  refuse({ code: "ambiguous-model", typed: "Titn", candidates: [TITAN], verb: "who uses" }),
  refuse({ code: "no-model-aaguid", verb: "allow" }),
  refuse({ code: "no-model-aaguid", verb: "remove" }),
  refuse({ code: "not-restricted", verb: "allow" }),
  refuse({ code: "not-restricted", verb: "remove", profile: "Staff" }),
  refuse({ code: "list-would-be-empty" }),
  refuse({ code: "list-would-be-empty", profile: "Staff" }),
  refuse({ code: "nothing-to-change" }),
  refuse({ code: "nothing-to-change", of: UNDO }),
  refuse({ code: "nothing-to-change", of: { kind: "drift", driftNumber: 3 } }),
  refuse({ code: "not-applied", planNumber, state: "waiting" }),
  refuse({ code: "not-applied", planNumber, state: "applying" }),
  refuse({ code: "not-applied", planNumber, state: "unknown" }),
  refuse({ code: "not-applied", planNumber, state: "superseded" }),
  refuse({ code: "not-applied", planNumber, state: "rejected" }),
  refuse({ code: "cannot-revert", of: UNDO, why: "migrated" }),
  refuse({ code: "cannot-revert", of: UNDO, why: "profile-gone", profile: "Staff" }),
  refuse({ code: "cannot-revert", of: UNDO, why: "profile-in-use", profile: "Staff" }),
  refuse({ code: "cannot-revert", of: { kind: "drift", driftNumber: 3 }, why: "no-types", profile: "Staff" }),
  refuse({ code: "unknown-drift", driftNumber: 3 }),
  refuse({ code: "stale-drift", driftNumber: 3, revision: 2 }),
  refuse({ code: "drift-decided", driftNumber: 3, state: "accepted", by: ADA }),
  refuse({ code: "drift-decided", driftNumber: 3, state: "over" }),
  refuse({ code: "reason-missing", driftNumber: 3 }),
  refuse({ code: "own-drift", driftNumber: 3 }),
  refuse({ code: "drift-needs-another", driftNumber: 3 }),
  refuse({ code: "drift-has-plan", driftNumber: 3, planNumber }),
  refuse({ code: "unknown-group", name: "Pilot" }),
  refuse({ code: "ambiguous-group", name: "Pilot", groups: [] }),
  refuse({ code: "unknown-profile", name: "X", known: ["Default"] }),
  refuse({ code: "profiles-not-in-use", name: "X" }),
  refuse({ code: "policy-too-large", bytes: 20_001, limit: 20_000 }),
  refuse({ code: "too-many-profiles", count: 4, limit: 3 }),
  refuse({ code: "emergency-account-cut-off", people: [ADA] }),
  refuse({ code: "emergency-account-not-read", people: [ADA], why: "away" }),
  refuse({ code: "emergency-account-not-read", people: [ADA], why: "declined" }),
  refuse({ code: "emergency-accounts-unsure", problems: [{ id: "id-1", why: "unknown" }] }),
  refuse({ code: "emergency-accounts-unsure", problems: [{ id: "id-1", why: "empty" }] }),
  refuse({ code: "emergency-accounts-unsure", problems: [{ id: "id-1", why: "too-many", people: 5_000 }] }),
  refuse({ code: "someone-elses-token", clicker: ADA.id }),
  refuse({ code: "outcome-not-recorded", planNumber }),
  refuse({ code: "not-written", planNumber, fault: "write-denied", requestId: "r-1" }),
  refuse({ code: "not-written", planNumber, fault: "graph-denied", requestId: "r-1" }),
  refuse({ code: "not-written", planNumber, fault: "write-throttled", retryAfterSeconds: 30 }),
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
  "app-consent-missing",
  "entra-unavailable",
  "store-unavailable",
  "emergency-accounts-unsure",
  "too-late",
  "store-altered",
];
const writeFaults: readonly WriteFaultCode[] = [
  "write-denied",
  "write-unauthorized",
  "write-throttled",
  "write-unavailable",
  "write-conflict",
];

const notWritten = (fault: FaultCode | WriteFaultCode) =>
  refusalText(refuse({ code: "not-written", planNumber, fault }), words);

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
    const text = notWritten("write-denied");
    expect(text).toContain("your account may not change the policy");
    expect(text).not.toContain("permissions");
  });

  it.each(["graph-denied", "graph-unauthorized", "app-sign-in-failed", "app-consent-missing"] as const)(
    "put the app's own trouble before a write on the app, and send nobody to PIM or to sign in anew: %s",
    (fault) => {
      const text = notWritten(fault);
      expect(text).toMatch(
        /^Nothing was written, and plan #12 stays open\..* with its own identity, and could not\./,
      );
      expect(text).toMatch(/Ask (an administrator|the operator) to .*, then press Approve again\./);
      expect(text).not.toMatch(/PIM|Activate|Sign out/);
    },
  );

  it("tell every reason why nothing was written apart, of the app's reading and of the approver's write", () => {
    const texts = [...faults, ...writeFaults].map(notWritten);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).toMatch(NEXT_STEP);
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

  it("give a command to copy for each model that may be meant", () => {
    const ambiguous = { code: "ambiguous-model", typed: "titan", verb: "remove" } as const;
    expect(
      refusalText(refuse({ ...ambiguous, candidates: [TITAN, CARD], inUse: [CARD.aaguid] }), words),
    ).toBe(
      [
        "`titan` could be one of several models. Say which:",
        "- `remove 42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3` Titan (Google, FIDO Certified L1)\n- `remove cccccccc-1111-4111-8111-111111111111` \\*Titan\\* card (⚠ revoked, in use)",
        "If it is none of these, ask with its own AAGUID.",
      ].join("\n\n"),
    );
  });

  it("give that command with everything else that was asked, or only the AAGUID where it would not fit", () => {
    const ambiguous = {
      code: "ambiguous-model",
      typed: "titn",
      candidates: [TITAN],
      verb: "allow",
      profile: "Staff",
    } as const;
    const one = refusalText(refuse({ ...ambiguous, others: ["Nymi Band", CARD.aaguid] }), words);
    const command = `allow ${TITAN.aaguid}, "Nymi Band", ${CARD.aaguid} in profile "Staff"`;
    expect(one).toContain(`No model is called exactly \`titn\`. If this is the one, say so:`);
    expect(one).toContain(`- \`${command}\` Titan`);
    expect(parseCommand(command)).toEqual({
      kind: "command",
      command: { kind: "allow", models: [TITAN.aaguid, "Nymi Band", CARD.aaguid], profile: "Staff" },
    });
    const many = refuse({ ...ambiguous, others: Array.from({ length: 9 }, () => CARD.aaguid) });
    const quoting = refuse({ ...ambiguous, profile: 'The "A" team' });
    for (const refusal of [many, quoting]) {
      expect(refusalText(refusal, words)).toContain("Ask again with the AAGUID in place of `titn`:");
      expect(refusalText(refusal, words)).toContain(`- \`${TITAN.aaguid}\` Titan`);
    }
  });

  it("name the command that starts a list, in the profile that was meant", () => {
    const text = (profile: object) =>
      refusalText(refuse({ code: "not-restricted", verb: "allow", ...profile }), words);
    expect(text({})).toContain(
      "not restricted: any of them may be used already. Say `enable passkeys with allow list`",
    );
    expect(text({ profile: "Staff" })).toContain('`enable passkeys with allow list in profile "Staff"`');
  });

  it("give the sentence about groups as it can be typed: names in quotes, an id where a name has quotes", () => {
    const text = refusalText(refuse({ code: "group-excluded", groups: [HELPDESK, EMEA, QUOTED] }), words);
    expect(text).toContain(`\`include groups Helpdesk, "Sales, EMEA", ${QUOTED.id} again\``);
    const [typed = ""] = text.match(/(?<=`)include .*(?=`)/) ?? [];
    expect(parseCommand(typed)).toEqual({
      kind: "command",
      command: { kind: "include-group", groups: ["Helpdesk", "Sales, EMEA", QUOTED.id] },
    });
  });

  it("offer who has passkeys already what takes them from the others, by its own name", () => {
    const has = (rest: object) =>
      refusalText(
        refuse({ code: "group-has-passkeys", groups, through: "all-users", profiles: [], ...rest }),
        words,
      );
    expect(has({})).toBe(
      "Passkeys are for all users, so Helpdesk has them already. Nothing was proposed; say `enable passkeys only for group Helpdesk` if nobody else is to have them.",
    );
    expect(has({ profiles: ["Synced"], other: "Default" })).toContain(
      'in profile Synced, so Helpdesk has them already. Nothing was proposed; say `add group Helpdesk in profile "Default"`',
    );
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
    { code: "number-missing", command: "evidence", given: "" },
    { code: "too-long", characters: 5_000, limit: 1_000 },
    { code: "did-you-mean", suggestion: "show policy" },
    { code: "not-understood", part: "for `evil`", command: "enable passkeys" },
    { code: "number-missing", command: "show", given: "" },
    { code: "number-missing", command: "show", given: "abc" },
    { code: "drift-number-missing", command: "put back drift", given: "" },
    { code: "drift-number-missing", command: "drift", given: "3x" },
    { code: "model-missing", command: "who uses" },
    { code: "group-missing", command: "add group" },
    { code: "use-the-button" },
    { code: "use-the-button", planNumber },
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
