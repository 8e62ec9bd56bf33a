import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

const command = (kind: string, rest: object = {}) => ({ kind: "command", command: { kind, ...rest } });
const reply = (code: string, rest: object = {}) => ({ kind: "reply", reply: { code, ...rest } });

describe("what stands around a request", () => {
  it.each([
    "could you please disable passkeys?",
    "let's disable passkeys",
    "Hi Latchkey, please disable passkeys. Thanks!",
    "Latchkey: disable passkeys now",
    "disable passkeys for our tenant",
    "Good morning! Can you disable passkeys? Cheers, Ada",
    "disable passkeys\n\nBest regards\nAda",
    "disable passkeys 🎉",
  ])("is no part of it: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("disable"));
  });

  it("is no part of a group's name, unless it may be one", () => {
    const groups = (text: string) => {
      const parsed = parseCommand(text);
      return parsed.kind === "command" && "groups" in parsed.command ? parsed.command.groups : undefined;
    };
    expect(groups("add group Helpdesk, thanks")).toEqual(["Helpdesk"]);
    expect(groups("add group Helpdesk now")).toEqual(["Helpdesk now"]);
    expect(groups('add group "Many thanks"')).toEqual(["Many thanks"]);
  });

  it.each(["show me the policy, please", "can you show the current policy?"])(
    "may be articles where it only looks: %j",
    (text) => {
      expect(parseCommand(text)).toEqual(command("show-policy"));
    },
  );
});

describe("what only makes a message stand out", () => {
  it.each(["*show policy*", "**Show policy**", "_show policy_", "- show policy", "/policy", "!policy"])(
    "is no quotation: %j",
    (text) => {
      expect(parseCommand(text)).toEqual(command("show-policy"));
    },
  );

  it.each(["_disable passkeys_", "*disable passkeys*", "/disable passkeys"])(
    "does not keep a change from being asked for: %j",
    (text) => {
      expect(parseCommand(text)).toEqual(command("disable"));
    },
  );

  it("stays where it is around a part, which may be a name", () => {
    expect(parseCommand("add group *Pilot*")).toEqual(command("add-group", { groups: ["*Pilot*"] }));
    expect(parseCommand("*Pilot* and *Helpdesk*")).toEqual({ kind: "ignored" });
  });
});

describe("a wish to see something", () => {
  it.each([
    ["could I see the policy please?", command("show-policy")],
    ["mind showing me the policy", command("show-policy")],
    ["show me the current policy, would you?", command("show-policy")],
    ["could you tell me which models are in use?", command("keys-in-use")],
    ["is there anything pending, please?", command("pending")],
    ["do you mind telling me who can approve?", command("who-approves")],
    ["I was wondering who has no passkey", command("without-passkey")],
    ["can I have a look at plan 1", command("show", { planNumber: 1 })],
    ["let me see Emmy Noether", command("person", { person: "Emmy Noether" })],
    ["I need help", command("help")],
    ["anything for me?", command("pending")],
    ["let me know how the rollout is going", command("status")],
    ["do you know what the policy is?", command("show-policy")],
    ["I want to know whether passkeys are enabled", command("show-policy")],
  ])("is read in any of its forms: %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each([
    "I don't want to see the policy",
    "have a nice day",
    "is there any pizza left?",
    "let me know",
    "show me the money",
    "can we get a coffee",
  ])("is none: %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });

  it.each([
    ["attestation?", command("explain", { concept: "attestation" })],
    ["device-bound vs synced?", command("explain", { concept: "types" })],
    [
      "2fc0579f-8113-47ea-b116-bb5a8db9202a",
      command("what-is", { model: "2fc0579f-8113-47ea-b116-bb5a8db9202a" }),
    ],
  ])("may be nothing but the word or the number: %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
});

describe("a change that is not asked for as it stands", () => {
  it.each([
    ["enable passkeys next week", "time", ["enable passkeys"]],
    ["enable passkeys tomorrow at 9", "time", ["enable passkeys"]],
    ["disable passkeys only if Grace agrees", "condition", ["disable passkeys"]],
    ["add group Pilot unless Grace objects", "condition", ["add group Pilot"]],
    ["disable passkeys, don't", "negation", []],
    ["remove titan? no, keep it", "negation", []],
    ["enable passkeys for groups Pilot and not Helpdesk", "negation", []],
    ["please do not disable passkeys", "negation", []],
  ])("is not proposed: %j", (text, because, offers) => {
    expect(parseCommand(text)).toMatchObject(reply("not-as-said", { because, offers }));
  });

  it.each(["enable passkeys with no attestation", "enable passkeys not attested", 'add group "Next Monday"'])(
    "is another matter than an option or a quoted name: %j",
    (text) => {
      expect(parseCommand(text).kind).toBe("command");
    },
  );
});

describe("a wish that something be done", () => {
  it.each([
    ["I'd like passkeys disabled, please", command("disable")],
    ["we want the Titan removed", command("remove", { models: ["the Titan"] })],
    ["passkeys should be disabled", command("disable")],
    ["could you get Titan removed", command("remove", { models: ["Titan"] })],
  ])("is read as asked for: %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each([
    "I don't want passkeys disabled",
    "I want passkeys not disabled",
    "passkeys should not be disabled",
    "passkeys should be disabled next week",
    "people say passkeys should be disabled",
    "I want to know why passkeys are disabled",
    "can we have passkeys disabled?",
  ])("is guarded like any other: %j", (text) => {
    const parsed = parseCommand(text);
    expect(parsed.kind === "command" ? parsed.command.kind : "none").not.toBe("disable");
  });
});

describe("a change that holds for everybody or nobody", () => {
  it.each([
    ["disable passkeys for Contractors", ["exclude group Contractors", "remove group Contractors"]],
    [
      "can we turn off passkeys for the group Contractors?",
      ["exclude group Contractors", "remove group Contractors"],
    ],
    [
      'disable passkeys for group "Sales, EMEA"',
      ['exclude group "Sales, EMEA"', 'remove group "Sales, EMEA"'],
    ],
  ])("is asked back for one group: %j", (text, offers) => {
    expect(parseCommand(text)).toEqual(reply("off-for-some", { offers }));
  });

  it.each([
    ["disable passkeys except for IT", "enable passkeys only for group IT"],
    ["disable passkeys for everyone except group IT", "enable passkeys only for group IT"],
    ["enable passkeys for nobody", "disable passkeys"],
  ])("may mean another: %j", (text, offer) => {
    expect(parseCommand(text)).toMatchObject(reply("not-as-said", { offers: [offer] }));
  });
});

describe("a plan's number", () => {
  it.each([
    ["plan no. 12", command("show", { planNumber: 12 })],
    ["show plan number 12", command("show", { planNumber: 12 })],
    ["open #12", command("show", { planNumber: 12 })],
    ["details of request nr. 12", command("show", { planNumber: 12 })],
    ["what was in plan 12?", command("show", { planNumber: 12 })],
    ["cancel plan no. 12", command("cancel", { planNumber: 12 })],
    ["take plan 12 back", command("undo", { planNumber: 12 })],
    ["who signed off on plan 12?", command("about-plan", { planNumber: 12 })],
    ["has anyone approved #12?", command("about-plan", { planNumber: 12 })],
    ["last 5 plans", command("history", { limit: 5 })],
    ["show me the last 5 changes", command("history", { limit: 5 })],
  ])("is known by more than its sign: %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each(["open the window", "details of the party", "take it back", "no 12"])("is none: %j", (text) => {
    expect(parseCommand(text).kind).not.toBe("command");
  });
});

describe("a group whose name says that there is none", () => {
  const enable = (...names: string[]) =>
    command("enable", { options: expect.objectContaining({ targets: { kind: "groups", names } }) });

  it.each([
    ["enable passkeys for group Nobody", enable("Nobody")],
    ["enable passkeys for groups Nobody and Pilot", enable("Nobody", "Pilot")],
    ['enable passkeys for "Nobody"', enable("Nobody")],
    ["add group No one", command("add-group", { groups: ["No one"] })],
  ])('is meant behind "group" or in quotes: %j', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each([
    "enable passkeys for nobody",
    "enable passkeys for Nobody",
    "enable passkeys for group Pilot, nobody else",
    "enable passkeys for group Nobody, not yet",
    "add group no, wait",
  ])("is not meant elsewhere, and does not hide another negation: %j", (text) => {
    expect(parseCommand(text)).toMatchObject(reply("not-as-said", { because: "negation" }));
  });
});

describe("two requests in one message", () => {
  it.each([
    ["enable passkeys, show policy", ["enable passkeys", "show policy"]],
    ["show policy; pending", ["show policy", "pending"]],
    ["enable passkeys for Helpdesk and remove titan", ["enable passkeys for Helpdesk", "remove titan"]],
    ["disable passkeys.\nThen show policy", ["disable passkeys", "show policy"]],
  ])("are asked back: %j", (text, offers) => {
    expect(parseCommand(text)).toEqual(reply("several", { offers }));
  });

  it("are one where the second begins like a name", () => {
    expect(parseCommand("enable passkeys for groups Pilot and Helpdesk").kind).toBe("command");
    expect(parseCommand('enable passkeys for groups Pilot, "show policy"').kind).toBe("command");
  });
});

describe("another language", () => {
  it.each([
    ["Passkeys aktivieren", ["enable passkeys"]],
    ["désactiver les passkeys", ["disable passkeys"]],
    ["パスキーを無効にする", ["disable passkeys"]],
    ["enable passkeys für Gruppe Helpdesk", ["enable passkeys for group Helpdesk"]],
    ["Passkeys bitte nicht aktivieren", []],
    ["no desactivar passkeys", []],
  ])("is told the English words and runs no change: %j", (text, offers) => {
    expect(parseCommand(text)).toEqual(reply("language", { offers }));
  });

  it.each([
    ["Hilfe", "help"],
    ["afficher la politique", "show-policy"],
    ["was ist offen?", "pending"],
    ["quali chiavi sono in uso?", "keys-in-use"],
    ["wer hat keinen Passkey?", "without-passkey"],
    ["qui peut approuver ?", "who-approves"],
    ["welke sleutels worden gebruikt?", "keys-in-use"],
  ])("that only looks is understood: %j", (text, kind) => {
    expect(parseCommand(text)).toMatchObject(command(kind));
  });
});
