import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AppManifestUtils, type TeamsManifest } from "@microsoft/app-manifest";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { fillManifest, unfilledAppZip, variablesMissing, wrongValues } from "../scripts/package-app.mjs";
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
    expect(variablesMissing(ENV)).toEqual([]);
    const missing = "not set: BOT_DOMAIN, CLIENT_ID, DEVELOPER_NAME, DEVELOPER_URL, TEAMS_APP_ID";
    expect(() => fillManifest(template, { CLIENT_ID: " " })).toThrow(missing);
    expect(`not set: ${variablesMissing({ CLIENT_ID: " " }).join(", ")}`).toBe(missing);
  });

  it("has the version of the package", () => {
    const { version } = JSON.parse(readFileSync(join(folder, "..", "package.json"), "utf8"));
    expect(fillManifest(template, ENV).version).toBe(version);
    // The Microsoft 365 Agents Toolkit takes the template's own.
    expect(JSON.parse(template).version).toBe(version);
  });

  it("is written for the schema of Teams that was current when it was made", () => {
    expect(JSON.parse(template)).toMatchObject({
      manifestVersion: "1.27",
      $schema: "https://developer.microsoft.com/json-schemas/teams/v1.27/MicrosoftTeams.schema.json",
    });
  });

  it.each([
    ["CLIENT_ID", "latchkey", /a GUID/],
    ["TEAMS_APP_ID", "1234", /a GUID/],
    ["BOT_DOMAIN", "https://latchkey.example.com", /without https/],
    ["BOT_DOMAIN", "localhost", /public host name/],
    ["BOT_DOMAIN", "*.example.com", /public host name/],
    ["DEVELOPER_NAME", "x".repeat(33), /at most 32/],
    ["DEVELOPER_URL", "http://intranet.example.com", /an https address/],
    ["DEVELOPER_URL", "intranet", /an https address/],
    ["DEVELOPER_URL", `https://intranet.example.com/${"x".repeat(2048)}`, /at most 2048/],
    ["APP_NAME_SUFFIX", `-${"x".repeat(22)}`, /at most 22/],
    ["APP_ID_URI", "not an address", /Application ID URI/],
  ])("names the variable that is wrong: %s=%s", (name, value, expected) => {
    expect(wrongValues({ ...ENV, [name]: value })).toEqual([expect.stringMatching(expected)]);
    expect(wrongValues({ ...ENV, [name]: value })[0]).toMatch(new RegExp(`^${name} is `));
    expect(wrongValues(ENV)).toEqual([]);
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

describe("npm run package:app", () => {
  const script = join(folder, "..", "scripts", "package-app.mjs");
  const run = (env: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, [script], { encoding: "utf8", env: { PATH: process.env.PATH, ...env } });

  it("writes a zip with the three files, the same bytes each time", () => {
    const { stdout, stderr, status } = run(ENV);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const zip = readFileSync(stdout.trim());
    const files = unzipSync(zip);
    expect(Object.keys(files).sort()).toEqual(["color.png", "manifest.json", "outline.png"]);
    const manifest = JSON.parse(Buffer.from(files["manifest.json"] ?? []).toString("utf8"));
    expect(manifest).toEqual(fillManifest(template, ENV));
    expect(readFileSync(run(ENV).stdout.trim()).equals(zip)).toBe(true);
  });

  it("has a form to be filled in elsewhere, of the same files", async () => {
    const files = unzipSync(await unfilledAppZip());
    expect(Object.keys(files).sort()).toEqual(["color.png", "manifest.json", "outline.png"]);
    expect(Buffer.from(files["manifest.json"] ?? []).toString("utf8")).toBe(template);
    expect(await unfilledAppZip()).toEqual(await unfilledAppZip());
  });

  it("writes nothing where a value is wrong, and says by which variable", () => {
    const { stdout, stderr, status } = run({
      ...ENV,
      BOT_DOMAIN: "localhost",
      DEVELOPER_NAME: "x".repeat(40),
    });
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toMatch(/BOT_DOMAIN is "localhost"[\s\S]*DEVELOPER_NAME is /);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

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
