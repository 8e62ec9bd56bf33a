import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { legacyPolicy } from "../../core/policy/sample-policies.js";
import { ADA, personal, TeamsWorld } from "../teams-world.js";

const IOS = "90a3ccdf-635c-4729-a248-9b709135078f";
const ANDROID = "de1e552d-db1d-4423-a619-566b625cdc84";
let world: TeamsWorld;
beforeAll(async () => {
  world = await TeamsWorld.start();
  world.tenant.addGroup("id of Pilot", "Pilot", "ada");
});
afterEach(() => {
  world.tenant.store.plansByNumber.clear();
  world.tenant.policy = legacyPolicy({ state: "disabled" });
});
afterAll(() => world.stop());

/** A message as Teams sends it: in plain words, and as HTML where its writer's editor made some. */
async function paste(text: string, html?: string): Promise<void> {
  const attachments =
    html === undefined ? {} : { attachments: [{ contentType: "text/html", content: html }] };
  const message: JsonObject = { ...world.message(ADA, text), ...attachments };
  expect((await world.channel.send(message)).status).toBe(200);
  await world.quiet();
}
const asked = () => [...world.tenant.store.plansByNumber.values()].map(({ command }) => command);
const answered = () => JSON.stringify(world.channel.posts(personal(ADA).id).at(-1)?.body);

describe("a request that was pasted", () => {
  it.each([
    ["with a blank that keeps words together", "enable\u00a0passkeys"],
    ["with a narrow one", "enable\u202fpasskeys"],
    ["with a soft hyphen", "enable pass\u00adkeys"],
    ["with characters without width in it", "en\u200bable pass\u2060keys\ufeff"],
    ["from a text that runs from right to left", "\u200fenable passkeys\u200f"],
    ["between marks of direction", "\u2068enable\u2069 \u202apasskeys\u202c"],
    ["in letters of full width", "ｅｎａｂｌｅ　ｐａｓｓｋｅｙｓ"],
    ["in two lines", "enable\r\npasskeys"],
    ["with entities", "enable&nbsp;pass&shy;keys&rlm;"],
  ])("is understood %s", async (_, text) => {
    await paste(text);
    expect(asked()).toHaveLength(1);
  });

  it.each([
    ["smart quotes", "enable passkeys for “Pilot”"],
    ["German quotes", "enable passkeys for „Pilot“"],
    ["French quotes", "enable passkeys for «Pilot»"],
    ["single quotes", "enable passkeys for ‘Pilot’"],
    ["quotes as entities", "enable passkeys for &ldquo;Pilot&rdquo;"],
    ["marks of direction", "enable passkeys for \u200fPilot\u200f"],
  ])("names its group in %s", async (_, text) => {
    await paste(text);
    const [plan] = world.tenant.store.plansByNumber.values();
    expect(Object.values(plan?.proposal.groupNames ?? {})).toContain("Pilot");
  });

  it.each([
    [
      "Word",
      "<p class=MsoNormal><span lang=EN-US style='font-family:\"Calibri\",sans-serif'>enable passkeys<o:p></o:p></span></p>",
    ],
    ["Word's lists", "<p><!--[if !supportLists]-->enable passkeys<!--[endif]--></p><![if x]><![endif]>"],
    [
      "Outlook",
      '<div class="WordSection1"><p>enable passkeys</p></div><blockquote>disable passkeys</blockquote>',
    ],
    [
      "a page",
      "<html><head><title>disable passkeys</title></head><body><!-- s --><p>enable passkeys</p></body></html>",
    ],
    ["a page with readings of its signs", "<ruby>enable passkeys<rt>disable passkeys</rt></ruby>"],
  ])("is understood with what comes along from %s", async (_, html) => {
    await paste("enable passkeys", html);
    expect(asked()).toHaveLength(1);
    expect(asked()[0]).toContain("enable passkeys");
  });

  it.each([
    [
      "a table",
      `<p>allow:</p><table><tr><td>iOS</td><td>${IOS}</td></tr><tr><td>Android</td><td>${ANDROID}</td></tr></table><s></s>`,
    ],
    ["a list", `<p>allow:</p><ul><li>${IOS}</li><li>${ANDROID}</li></ul><s></s>`],
    [
      "hyphens as Word writes them",
      `<p>allow ${IOS.replaceAll("-", "\u2011")}, ${ANDROID.replaceAll("-", "–")}</p><s></s>`,
    ],
    [
      "cells with what has no width",
      `<p>allow:<br>\u200b${IOS}\u200b<br>${ANDROID.replaceAll("-", "-\u00ad")}</p><s></s>`,
    ],
  ])("has its models in %s", async (_, html) => {
    world.tenant.policy = legacyPolicy({
      keyRestrictions: {
        isEnforced: true,
        enforcementType: "allow",
        aaGuids: ["2fc0579f-8113-47ea-b116-bb5a8db9202a"],
      },
    });
    await paste("allow", html);
    const [plan] = world.tenant.store.plansByNumber.values();
    expect(JSON.stringify(plan?.proposal.after)).toContain(IOS);
    expect(JSON.stringify(plan?.proposal.after)).toContain(ANDROID);
  });
});

describe("what its writer did not see, or did not say", () => {
  const BEGINNING = "<p>show policy";
  it.each([
    ["is a remark in the source", `${BEGINNING}<!-- and disable passkeys --></p>`],
    ["is a choice in a form", `${BEGINNING}<select><option>disable passkeys</option></select></p>`],
    ["is a quotation in a line", `${BEGINNING}<q>disable passkeys</q></p>`],
  ])("is nothing that was asked for when it %s", async (_, html) => {
    world.tenant.policy = legacyPolicy();
    await paste("show policy and disable passkeys", html);
    expect(asked()).toEqual([]);
    expect(answered()).toContain("Passkey policy");
  });

  it.each([
    ["in a page", '<span style="display: none">'],
    ["by the element", "<span hidden>"],
    ["in Word", '<span style="mso-hide:all">'],
    ["by having no size", '<span style="font-size:0pt">'],
    // A client may show it all the same.
    ["as it seems", '<span title=" hidden ">'],
  ])("has the person asked when it is hidden %s, whichever part of a request it is", async (_, tag) => {
    for (const [text, html] of [
      ["enable passkeys for Pilot", `<p>enable passkeys ${tag}for Pilot</span></p>`],
      ["do not enable passkeys", `<p>${tag}do not</span> enable passkeys</p>`],
      ["enable passkeys", `<p>${tag}enable</span> passkeys</p>`],
    ] as const) {
      await paste(text, html);
      expect(asked()).toEqual([]);
    }
    expect(answered()).toContain("passkeys");
  });

  it.each([
    ["letters that are turned around", "\u202eenable passkeys\u202c"],
    ["a letter of another alphabet", "\u0435nable passkeys"],
    ["words that nothing parts", "enable\u200bpasskeys"],
    ["a line of code", "`enable passkeys`"],
    ["quotes around all of it", "“enable passkeys”"],
  ])("is asked back: %s", async (_, text) => {
    await paste(text);
    expect(asked()).toEqual([]);
    expect(answered()).toContain("enable passkeys");
  });

  it.each([
    ["a mail below", "show policy\n\nOn Monday Grace wrote:\n> disable passkeys"],
    ["a quoted line", "> disable passkeys\nshow policy"],
    ["tildes", "~~disable passkeys~~ show policy"],
    ["a fence of code", "```\ndisable passkeys\n```\nshow policy"],
  ])("is left out: %s", async (_, text) => {
    world.tenant.policy = legacyPolicy();
    await paste(text);
    expect(asked()).toEqual([]);
    expect(answered()).toContain("Passkey policy");
  });

  it("is no way around a word that takes it back", async () => {
    await paste("do\u00adn\u2019t enable passkeys");
    await paste("enable passkeys un\u200bless Grace says so");
    await paste("enable pass\u00adkeys?");
    expect(asked()).toEqual([]);
  });
});
