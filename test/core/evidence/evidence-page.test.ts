import { describe, expect, it } from "vitest";
import { verifyChain } from "../../../src/core/audit/chain.js";
import type { AuditRecord } from "../../../src/core/audit/record.js";
import { fromExactText } from "../../../src/core/evidence/evidence-html.js";
import { evidenceFileName, evidencePage } from "../../../src/core/evidence/evidence-page.js";
import type { Effect } from "../../../src/core/impact/effect.js";
import { personId } from "../../../src/core/person.js";
import { BARE } from "../../../src/core/words/medium.js";
import { warningWords } from "../../../src/core/words/warning-words.js";
import { weakeningWords } from "../../../src/core/words/weakening-words.js";
import { planCard } from "../../../src/teams/cards/plan/plan-card.js";
import { words as cardWords } from "../../teams/cards/card-words.js";
import {
  allow,
  enablePlan,
  GRACE,
  LOSING,
  narrowingPlan,
  OTHERS,
  policy,
  proposal,
  STATES,
  UNRESTRICTED,
  YUBIKEY_NEO,
} from "../../teams/cards/plan/sample-plans.js";
import { sampleEvidence } from "./sample-evidence.js";

const HOSTILE = `<script>alert("1")</script><img src=x onerror='x()'>&lt;/pre>\u202egnp.exe\u0000\u2028 </pre></style>--> {{x}}`;

/** The records that stand on a page, as a program reads them. */
function recordsOn(page: string): readonly AuditRecord[] {
  const block = /<pre id="records">([\s\S]*?)<\/pre>/.exec(page)?.[1] ?? "";
  return fromExactText(block)
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The words of a page, without its markup. */
const wordsOn = (page: string): string =>
  fromExactText(page.replace(/<style>[\s\S]*?<\/style>/, "").replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ");

describe("the page of evidence", () => {
  it("says who asked for what, who decided, with which object ids, and how it ended", () => {
    const words = wordsOn(evidencePage(sampleEvidence()));
    expect(words).toContain("Plan #13 Applied and verified");
    expect(words).toContain("Remove YubiKey NEO: 3 people lose sign-in Asked: remove YubiKey NEO");
    expect(words).toContain("Ada Lovelace aaaaaaaa-0000-4000-8000-000000000001");
    expect(words).toMatch(
      /Approved Grace Hopper aaaaaaaa-0000-4000-8000-000000000002 2 2026-11-22 10:47:00 UTC/,
    );
    expect(words).toContain("Graph's id of the request (request-id) graph-request-1");
    expect(words).toContain("client-request-id) 7d1c5f0a-52d0-4c0e-9f0e-2f4f7a0c9b11");
  });

  it("takes title and command from the records, not from the plan as it lies in the store", () => {
    const evidence = sampleEvidence();
    const { plan } = evidence;
    const effect = { ...plan.proposal.effect, isOn: false, cutOff: 0 } as Effect;
    const edited = { ...plan, command: "allow all", proposal: { ...plan.proposal, effect } };
    const words = wordsOn(evidencePage({ ...evidence, plan: edited }));
    expect(words).toContain("Remove YubiKey NEO: 3 people lose sign-in Asked: remove YubiKey NEO");
  });

  it("gives every revision the title that its own card had", () => {
    const { plan } = sampleEvidence();
    const earlier = { ...plan.proposal, effect: { ...plan.proposal.effect, cutOff: 7 } as Effect };
    const evidence = sampleEvidence(plan, earlier);
    const words = wordsOn(evidencePage(evidence));
    expect(words).toMatch(/Revision 1 Made [^.]*\. Remove YubiKey NEO: 7 people lose sign-in /);
    expect(words).toContain("Remove YubiKey NEO: 3 people lose sign-in Asked:");
  });

  it("says what changes, and names everybody it concerns with the object id", () => {
    const words = wordsOn(evidencePage(sampleEvidence()));
    expect(words).toMatch(/Removed YubiKey NEO fa2b99dc-9e39-4257-8f92-4a30d23c4118/);
    for (const { id, name } of LOSING) expect(words).toMatch(new RegExp(`${name}( administrator)? +${id} `));
    expect(words).toContain("Lose passkey sign-in (3)");
    expect(words).toContain("Keeper 8 k8");
  });

  it("says who gains and who loses which profile, with the numbers of its record", () => {
    const made = proposal(policy(), policy({ state: "disabled" }), {
      groupNames: { "g-1": "Helpdesk" },
      groupFacts: { "g-1": { people: 36 } },
      profileMembers: [
        { profile: { id: "p-1", name: "Synced" }, given: ["g-1"], taken: [], gaining: 30, losing: 0 },
      ],
    });
    const words = wordsOn(evidencePage(sampleEvidence(enablePlan({ proposal: made }))));
    expect(words).toContain("Profile Synced: given to Helpdesk (36 people, g-1). 30 people gain it.");
  });

  it("says a change in the approver's words, and below them every entry with its id", () => {
    const change = {
      keyRestrictions: allow([YUBIKEY_NEO]),
      excludeTargets: [{ id: "g-1", targetType: "group" }],
    };
    const made = proposal(policy(), policy(change), {
      groupNames: { "g-1": "Break glass" },
      groupFacts: { "g-1": { people: 2 } },
    });
    const words = wordsOn(evidencePage(sampleEvidence(enablePlan({ proposal: made }))));
    expect(words).toContain("Except nobody Break glass (2 people, g-1) Break glass g-1");
    expect(words).toMatch(/Which models 7 allowed 1 allowed .*Removed/);
  });

  it("says what the approver was warned of, in the words of the card", () => {
    const plan = enablePlan({
      proposal: proposal(policy(), policy({ state: "disabled" }), { bytes: 19_000 }),
    });
    const words = wordsOn(evidencePage(sampleEvidence(plan)));
    const said = plan.proposal.warnings.map((warning) => warningWords(warning, plan.proposal, BARE));
    expect(said).toHaveLength(2);
    for (const line of said) expect(words).toContain(line);
    for (const line of said) expect(cardWords(planCard(plan, OTHERS))).toContain(line);
  });

  it("says what becomes weaker, in the words of the card", () => {
    const made = proposal(policy({ isAttestationEnforced: true }), policy({ keyRestrictions: UNRESTRICTED }));
    const plan = enablePlan({ proposal: made });
    const words = wordsOn(evidencePage(sampleEvidence(plan)));
    const said = (made.weakenings ?? []).map((weakening) => weakeningWords(weakening, made, BARE));
    expect(said).toHaveLength(2);
    for (const line of said) expect(words).toContain(line);
  });

  it("says of every revision what was warned of, each time under its own heading", () => {
    const words = wordsOn(evidencePage(sampleEvidence()));
    expect(words.split("What the approver was warned of")).toHaveLength(3);
  });

  it("takes the warnings from the record, not from the plan as it lies in the store", () => {
    const evidence = sampleEvidence(
      enablePlan({ proposal: proposal(policy(), policy({ state: "disabled" })) }),
    );
    const { plan } = evidence;
    const forged = { ...plan, proposal: { ...plan.proposal, warnings: [] } };
    expect(wordsOn(evidencePage({ ...evidence, plan: forged }))).toContain(
      "While passkeys are off, nobody can",
    );
  });

  it("holds both policies of every revision", () => {
    const words = wordsOn(evidencePage(sampleEvidence()));
    expect(words).toContain("Revision 1");
    expect(words).toContain("Revision 2");
    expect(words.split(JSON.stringify(policy(), null, 2).replace(/\s+/g, " "))).toHaveLength(3);
  });

  it("ends with the records exactly as they were sealed, and with the end of the chain", () => {
    const evidence = sampleEvidence();
    const page = evidencePage(evidence);
    expect(recordsOn(page)).toEqual(evidence.records);
    expect(verifyChain(recordsOn(page), { sequence: 13, hash: "b".repeat(64) }).kind).toBe("intact");
    expect(page).toContain(`${evidence.head.sequence}:${evidence.head.hash}`);
    expect(wordsOn(page)).toContain("5 records, number 14, 15, 16, 17, 18 of the chain, each with the hash");
  });

  it("says first of all when a record was edited", () => {
    const evidence = sampleEvidence();
    const records = evidence.records.map((record) =>
      record.sequence === 16 ? { ...record, by: { ...GRACE, name: "Eve" } } : record,
    );
    const words = wordsOn(evidencePage({ ...evidence, records }));
    expect(words).toContain("✗ Not intact: edited since it was sealed: record 16.");
    expect(words).toContain("✗ edited");
  });

  it("runs nothing, loads nothing and sends nothing, whatever people and Graph put into it", () => {
    const person = { id: personId(HOSTILE), name: HOSTILE, isAdmin: false, models: [] };
    const plan = narrowingPlan(
      {
        command: HOSTILE,
        requester: person,
        state: {
          kind: "applied",
          by: person,
          at: HOSTILE,
          clientRequestId: HOSTILE,
          otherWriters: [person].map(() => ({ name: HOSTILE, at: HOSTILE })),
        },
      },
      { losing: [person] },
    );
    const { proposal } = plan;
    const hostile = {
      ...plan,
      proposal: {
        ...proposal,
        before: { [HOSTILE]: HOSTILE },
        modelNames: { [HOSTILE]: HOSTILE },
        changes: [{ setting: "other", path: HOSTILE, before: HOSTILE, after: [HOSTILE] }] as const,
      },
    };
    const evidence = { ...sampleEvidence(hostile), givenTo: person };
    const page = evidencePage(evidence);
    // Nothing but our own markup: no element, no attribute and no comment of theirs.
    expect([...new Set(page.match(/<[a-z0-9]+/g))].sort()).toEqual(
      "<article <body <br <code <dd <div <dl <dt <h1 <h2 <h4 <head <header <html <li <main <meta <p <pre <q <section <small <span <strong <style <table <tbody <td <th <thead <title <tr <ul"
        .split(" ")
        .filter((tag) => tag !== "<article"),
    );
    expect(page).not.toMatch(/<[^>]*\b(on\w+|src|href)=/i);
    expect(page).not.toMatch(/<!--|-->/);
    expect(page).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(page).toContain("⟨U+202E⟩gnp.exe");
    expect(page).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none'/);
    expect(recordsOn(page)).toEqual(evidence.records);
  });

  it("is made of records in a shape nobody expected, too", () => {
    const evidence = sampleEvidence();
    const details = [
      {},
      { changes: "x", impact: [] },
      { changes: [1, { setting: 5 }], impact: { losing: 3, modelsCutOff: [null] } },
    ];
    const records = evidence.records.map((record, at) => ({ ...record, detail: details[at % 3] ?? {} }));
    expect(evidencePage({ ...evidence, records })).toContain("✗ Not intact");
    expect(evidencePage({ ...evidence, records: [] })).toContain("There is no record of this plan");
  });

  it.each(Object.entries(STATES))("says how it stands: %s", (_, state) => {
    expect(evidencePage(sampleEvidence(narrowingPlan({ state })))).toContain('<span class="state">');
  });

  it("is saved under a name of letters, digits, points and dashes", () => {
    expect(evidenceFileName(sampleEvidence())).toBe("latchkey-plan-13-evidence.html");
  });
});
