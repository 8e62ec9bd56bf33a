import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";
import { type FaultCode, refuse, type WriteFaultCode } from "../../../src/core/errors.js";
import { refusalText } from "../../../src/teams/words/refusal-text.js";
import { ADA } from "../teams-world.js";
import {
  CARD,
  EMEA,
  FAULTS,
  HELPDESK,
  NEXT_STEP,
  PLAN_NUMBER,
  PROBLEMS,
  QUOTED,
  REFUSALS,
  TITAN,
  WRITE_FAULTS,
} from "./every-reason.js";

const words = {
  tenantId: "the-tenant",
  clientId: "the-client",
  authorityHost: "https://login.example",
  adminCenterUrl: "https://entra.example",
  namesShown: false,
};

const notWritten = (fault: FaultCode | WriteFaultCode) =>
  refusalText(refuse({ code: "not-written", planNumber: PLAN_NUMBER, fault }), words);

describe("the words of a refusal", () => {
  it.each(REFUSALS.map((refusal) => [refusal.code, refusal] as const))(
    "say what to do next: %s",
    (_, refusal) => {
      expect(refusalText(refusal, words)).toMatch(NEXT_STEP);
      expect(refusalText(refusal, words)).not.toMatch(/undefined|\[object/);
    },
  );

  it("tell every problem of signing in apart", () => {
    const texts = PROBLEMS.map((problem) => refusalText(refuse({ code: "sign-in-failed", problem }), words));
    expect(new Set(texts).size).toBe(PROBLEMS.length);
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

  it("lead to the role's activation in the cloud that the tenant is in", () => {
    const required = { by: "roles" } as const;
    expect(refusalText(refuse({ code: "not-an-approver", required }), words)).toContain(
      "PIM: https://entra.example/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles",
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
    const texts = [...FAULTS, ...WRITE_FAULTS].map(notWritten);
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
    const text = refusalText(refuse({ code: "outcome-not-recorded", planNumber: PLAN_NUMBER }), words);
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

  it("give the sentence that lets a kind in with its models, and the one for a profile that admits it", () => {
    const unlike = { code: "kind-not-admitted", type: "deviceBound", profile: "Synced", others: [] } as const;
    const text = (rest: object) => refusalText(refuse({ ...unlike, models: [TITAN], ...rest }), words);
    const together = `allow ${TITAN.aaguid} with device-bound passkeys in profile "Synced"`;
    expect(text({})).toBe(
      `Titan makes device-bound passkeys, and profile Synced admits no such, so nothing was proposed: there they would work for nobody. Say \`${together}\` to let that kind in as well.`,
    );
    expect(parseCommand(together)).toEqual({
      kind: "command",
      command: { kind: "allow", models: [TITAN.aaguid], profile: "Synced", admits: "deviceBound" },
    });
    expect(text({ others: ["Keys"] })).toMatch(/as well, or `allow [-\w]+ in profile "Keys"`\.$/);
    const many = { models: Array.from({ length: 4 }, () => TITAN) };
    for (const rest of [many, { profile: 'The "A" team' }])
      expect(text(rest)).toMatch(/ask for .* `with device-bound passkeys`/i);
  });

  it("ask back which model is meant without losing the kind that was to be let in", () => {
    const refusal = { code: "ambiguous-model", typed: "titn", candidates: [TITAN], verb: "allow" } as const;
    const text = refusalText(refuse({ ...refusal, profile: "Staff", admits: "synced" }), words);
    expect(text).toContain(`\`allow ${TITAN.aaguid} with synced passkeys in profile "Staff"\``);
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
        refuse({
          code: "group-has-passkeys",
          groups: [HELPDESK],
          through: "all-users",
          profiles: [],
          ...rest,
        }),
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
