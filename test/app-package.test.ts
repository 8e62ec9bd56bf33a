import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppManifestUtils, type TeamsManifest } from "@microsoft/app-manifest";
import { describe, expect, it } from "vitest";
import { fillManifest } from "../scripts/package-app.mjs";
import { helpLines } from "../src/core/command/help.js";

const folder = join(import.meta.dirname, "..", "appPackage");
const template = readFileSync(join(folder, "manifest.json"), "utf8");
const CLIENT_ID = "aaaaaaaa-0000-4000-8000-000000000001";
const ENV = {
  CLIENT_ID,
  PUBLIC_URL: "https://latchkey.example.com:8443/",
  DEVELOPER_NAME: 'The "Identity" team',
  DEVELOPER_URL: "https://intranet.example.com/latchkey",
};

const problems = (manifest: unknown): Promise<readonly string[]> =>
  AppManifestUtils.validateAgainstSchema(manifest as TeamsManifest);

describe("the Teams app manifest", () => {
  it("fits Teams' schema once it is filled in", async () => {
    expect(await problems(fillManifest(template, ENV))).toEqual([]);
  });

  it("would be noticed if it did not", async () => {
    expect(await problems({ ...fillManifest(template, ENV), id: "latchkey" })).not.toEqual([]);
  });

  it("is filled in from the bot's own configuration, and has no placeholder left", () => {
    const manifest = fillManifest(template, ENV);
    expect(JSON.stringify(manifest)).not.toContain("${{");
    expect(manifest.id).toBe(CLIENT_ID);
    expect(manifest.bots[0].botId).toBe(CLIENT_ID);
    expect(manifest.validDomains).toEqual(["latchkey.example.com"]);
    expect(manifest.webApplicationInfo).toEqual({ id: CLIENT_ID, resource: `api://botid-${CLIENT_ID}` });
    const uri = "api://latchkey.example.com/x";
    expect(fillManifest(template, { ...ENV, APP_ID_URI: uri }).webApplicationInfo.resource).toBe(uri);
  });

  it("is refused while something is missing, and names all of it", () => {
    const missing = "not set: BOT_DOMAIN, CLIENT_ID, DEVELOPER_NAME, DEVELOPER_URL, TEAMS_APP_ID";
    expect(() => fillManifest(template, { CLIENT_ID: " " })).toThrow(missing);
  });

  it("has the version of the package", () => {
    const { version } = JSON.parse(readFileSync(join(folder, "..", "package.json"), "utf8"));
    expect(fillManifest(template, ENV).version).toBe(version);
  });

  it("can be installed for a person, in a team and in a group chat", () => {
    expect(fillManifest(template, ENV).bots[0].scopes).toEqual(["personal", "team", "groupChat"]);
  });

  it("offers commands that help lists, and no more than Teams shows", () => {
    for (const titles of offered()) {
      expect(titles.filter((title) => !helpCommands().includes(title))).toEqual([]);
      expect(new Set(titles).size).toBe(titles.length);
      expect(titles.length).toBeLessThanOrEqual(10);
    }
  });

  it("offers every change and the way to all other commands, wherever it is installed", () => {
    for (const titles of offered()) {
      for (const title of ["enable passkeys", "disable passkeys", "allow", "remove", "pending", "help"]) {
        expect(titles).toContain(title);
      }
    }
  });

  it("offers to make an approval room only where there can be one", () => {
    const [personal, shared] = offered();
    // A personal chat is no approval room: its approver gets the cards there anyway.
    expect(personal).not.toContain("approvals here");
    expect(shared).toContain("approvals here");
  });
});

/** Titles for the personal chat, and for teams and group chats. */
function offered(): readonly (readonly string[])[] {
  return fillManifest(template, ENV).bots[0].commandLists.map((list) =>
    list.commands.map((command) => command.title),
  );
}

/** What help lists, without plan numbers, models and options. */
function helpCommands(): readonly string[] {
  return helpLines()
    .map(({ usage }) => usage.replace(/ (\d+|YubiKey .*)$/, ""))
    .filter((usage) => !usage.startsWith("enable passkeys "));
}

describe("the icons", () => {
  it.each([
    ["color.png", 192],
    ["outline.png", 32],
  ])("%s is a PNG, %i pixels wide and high", (file, size) => {
    const bytes = readFileSync(join(folder, file));
    expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([size, size]);
  });

  it("have an outline with a transparent ground", () => {
    const colourType = readFileSync(join(folder, "outline.png"))[25];
    expect(colourType).toBe(6);
  });
});
