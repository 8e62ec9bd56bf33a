import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CLOUDS } from "../../src/config/clouds.js";

const source = join(import.meta.dirname, "../../src");
const TABLE = "config/clouds.ts";

const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((path) =>
  /\.(ts|js|html)$/.test(path),
);

/** Where people are sent to, in any cloud; documentation is the same for all. */
const PORTALS =
  /\b(?:(?:entra|portal|admin|myaccount|mysignins|myapps|account)\.[\w.]*(?:microsoft|azure|office)\w*\.\w+|aka\.ms)\b/g;

const portalsIn = (text: string): readonly string[] => text.match(PORTALS) ?? [];

describe("the table of clouds", () => {
  it("is the only place in the source that names a portal", () => {
    expect(files).toContain(TABLE);
    const elsewhere = files
      .filter((path) => path !== TABLE)
      .flatMap((path) =>
        portalsIn(readFileSync(join(source, path), "utf8")).map((host) => `${path}: ${host}`),
      );
    expect(elsewhere).toEqual([]);
  });

  it("names them so that this test would notice", () => {
    for (const { adminCenterUrl, securityInfoUrl } of Object.values(CLOUDS))
      expect([...portalsIn(adminCenterUrl), ...portalsIn(securityInfoUrl)]).toHaveLength(2);
    for (const host of ["portal.azure.com", "entra.microsoft.com", "admin.teams.microsoft.com"])
      expect(portalsIn(`see https://${host}/x`)).toEqual([host]);
  });

  it("has each address once for the clouds that do not share it", () => {
    const centers = new Set(Object.values(CLOUDS).map(({ adminCenterUrl }) => adminCenterUrl));
    expect([...centers].sort()).toEqual([
      "https://entra.microsoft.com",
      "https://entra.microsoft.us",
      "https://entra.microsoftonline.cn",
    ]);
  });
});
