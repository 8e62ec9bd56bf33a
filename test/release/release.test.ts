import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { packagesIn, sbom } from "../../scripts/release/sbom.mjs";
import { wrongInSbom } from "../../scripts/release/valid-sbom.mjs";
import { hasUnreleased, notesOf } from "../../scripts/release.mjs";
import { VERSION } from "../../src/version.js";

const line = "-".repeat(80);
const licences = `Latchkey's programs have these.\n\n${line}\n@azure/identity 4.13.1 (MIT)\n${line}\n\ntext\n\n${line}\npino 10.4.0 (MIT)\n${line}\n\ntext\n`;
const sha512 = Buffer.alloc(64, 0xab);
const lock = {
  packages: {
    "node_modules/pino": { version: "9.0.0", integrity: "sha512-AAAA" },
    "node_modules/x/node_modules/pino": {
      version: "10.4.0",
      integrity: `sha512-${sha512.toString("base64")}`,
    },
  },
};
const of = { version: "1.2.3", at: "2026-11-22T10:00:00Z", licences, lock };

it("an SBOM names every package that lies inside, by version, licence and hash", () => {
  expect(packagesIn(licences)).toEqual([
    { name: "@azure/identity", version: "4.13.1", licence: "MIT" },
    { name: "pino", version: "10.4.0", licence: "MIT" },
  ]);
  const made = JSON.parse(sbom(of));
  expect(made).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
  expect(made.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(made.components.map((each: { purl: string }) => each.purl)).toEqual([
    "pkg:npm/%40azure/identity@4.13.1",
    "pkg:npm/pino@10.4.0",
  ]);
  expect(made.components[1].hashes).toEqual([{ alg: "SHA-512", content: sha512.toString("hex") }]);
});

it("an SBOM of the same is the same, byte for byte, and of something else another one", () => {
  expect(sbom(of)).toBe(sbom(of));
  expect(JSON.parse(sbom({ ...of, version: "1.2.4" })).serialNumber).not.toBe(
    JSON.parse(sbom(of)).serialNumber,
  );
});

it("an SBOM fits CycloneDX's published schema, and what does not is found", async () => {
  const made = sbom(of);
  expect(await wrongInSbom(made)).toEqual([]);
  for (const [right, wrong] of [
    ['"library"', '"librar"'],
    ['"id": "MIT"', '"id": "MIT-ish"'],
    ["urn:uuid:", "uuid:"],
    ['"SHA-512"', '"SHA512"'],
    ["2026-11-22T10:00:00Z", "the 22nd"],
  ] as const) {
    const found = await wrongInSbom(made.replace(right, wrong));
    expect(found, wrong).not.toEqual([]);
  }
});

it("entries that belong to no version yet are noticed", () => {
  expect(hasUnreleased("# C\n\n## [Unreleased]\n\n## [0.2.0]\n\n- x\n")).toBe(false);
  expect(hasUnreleased("# C\n\n## [Unreleased]\n\n### Added\n\n- x\n\n## [0.2.0]\n")).toBe(true);
});

it("the changelog says something of the version that would be released", () => {
  const changelog = readFileSync(new URL("../../CHANGELOG.md", import.meta.url), "utf8");
  expect(notesOf(changelog, VERSION).length).toBeGreaterThan(100);
  expect(() => notesOf(changelog, "99.0.0")).toThrow("no section [99.0.0]");
});
