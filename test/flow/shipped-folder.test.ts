import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ship } from "../../scripts/build.mjs";
import { packagesIn, sbom } from "../../scripts/release/sbom.mjs";
import { wrongInSbom } from "../../scripts/release/valid-sbom.mjs";
import { VERSION } from "../../src/version.js";
import { runToEnd } from "./bot-process.js";
import { buildFolder } from "./built-bot.js";
import { applyFirstPlan } from "./shipped-story.js";
import { openStage, type Stage } from "./stage.js";
import { eventually } from "./teams.js";

const run = promisify(execFile);
/** They allow to pass the code on in a product of one's own, with their text. */
const ALLOWED = /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|Unlicense)$/;

/** What `npm run build` ships, alone in a folder that has no packages above it. */
describe("the folder that is shipped", () => {
  const built = buildFolder();
  let away: string;
  let folder: string;
  let stage: Stage | undefined;
  beforeAll(async () => {
    away = await mkdtemp(join(tmpdir(), "latchkey-shipped-"));
    folder = join(away, "latchkey");
    await ship(built, folder);
    process.env.LATCHKEY_TEST_BUILD = folder;
  });
  afterAll(async () => {
    process.env.LATCHKEY_TEST_BUILD = built;
    await stage?.close();
    await rm(away, { recursive: true, force: true });
  });

  it("has the programs with their maps, SQLite's native part and licences, and nothing else", async () => {
    const programs = ["audit.mjs", "doctor.mjs", "lab.mjs", "latchkey.mjs", "restored.mjs", "store.mjs"];
    const others = (await readdir(folder)).filter((name) => !/^libsql-[\w-]+\.node$/.test(name));
    const known = [
      ...programs,
      ...programs.map((name) => `${name}.map`),
      "LICENSE",
      "THIRD-PARTY-LICENSES.txt",
    ];
    expect(others.sort()).toEqual(known.sort());
    expect(() => createRequire(join(folder, "latchkey.mjs")).resolve("libsql")).toThrow("Cannot find module");
  });

  it("runs there: a plan is made, approved, applied, and its record verified", async () => {
    stage = await openStage();
    await applyFirstPlan(stage);
  });

  it("tells where an error was by the lines of the source", async () => {
    const silent = await openStage({ env: { BOT_OPENID_METADATA_URL: "https://127.0.0.1:1/none" } });
    try {
      const lines = await eventually(
        () => /"keys-not-fetched-ahead".*/.exec(silent.bot.output)?.[0],
        () => silent.bot.output,
      );
      const [, file = "", line = ""] = /\((src\/[\w/-]+\.ts):(\d+):\d+\)/.exec(lines) ?? [lines];
      expect(existsSync(file)).toBe(true);
      expect(readFileSync(file, "utf8").split("\n")[Number(line) - 1]).toMatch(/\w/);
    } finally {
      await silent.close();
    }
  });

  it("says without CLIENT_ID that the sandbox is not part of it", async () => {
    const { code, output } = await runToEnd({});
    expect(code).toBe(1);
    expect(output).toMatch(/CLIENT_ID is not set.*npm ci && npm start in a checkout/s);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it("says where SQLite's native part comes from when it is missing", async () => {
    const bare = join(away, "bare");
    await ship(folder, bare);
    for (const name of (await readdir(bare)).filter((each) => each.endsWith(".node")))
      await rm(join(bare, name));
    const verify = run(process.execPath, [join(bare, "audit.mjs"), "verify"], { cwd: away });
    await expect(verify).rejects.toThrow(/put libsql-[\w-]+\.node .*beside the program.*@libsql\//s);
  });

  it("names the licence of every package in it, with its text", () => {
    const text = readFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), "utf8");
    const sections = new Map(
      [
        ...text.matchAll(
          /^-{80}\n(\S+ \S+) \((.+)\)\n-{80}\n\n([\s\S]*?)(?=\n-{80}\n\S+ \S+ \(|$(?![\s\S]))/gm,
        ),
      ].map(([, name, licence, words]) => [name, { licence, words }] as const),
    );
    const inside = ["audit", "doctor", "lab", "latchkey", "restored"].flatMap((program) => {
      const code = readFileSync(join(folder, `${program}.mjs`), "utf8");
      return [...code.matchAll(/^ *(?:\/\/ |")(node_modules\/\S*?)\.(?:[cm]?js|json)\b/gm)].map(
        (match) => match[1] ?? "",
      );
    });
    const folders = new Set(
      inside.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? file),
    );
    expect(folders.size).toBeGreaterThan(150);
    const without = [...folders].filter((each) => {
      const { name, version } = JSON.parse(readFileSync(join(each, "package.json"), "utf8"));
      const { licence = "", words = "" } = sections.get(`${name} ${version}`) ?? {};
      return !ALLOWED.test(licence) || !/permi|redistribut|licen[cs]e|public domain/i.test(words);
    });
    expect(without).toEqual([]);
    expect([...sections].filter(([, { licence = "" }]) => !ALLOWED.test(licence))).toEqual([]);
  });

  it("has an SBOM that fits CycloneDX's schema, with the hash of every package", async () => {
    const licences = readFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), "utf8");
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const made = sbom({ version: VERSION, at: "2026-11-22T10:00:00Z", licences, lock });
    expect(await wrongInSbom(made)).toEqual([]);
    const { components } = JSON.parse(made) as { components: { name: string; hashes?: unknown }[] };
    expect(components).toHaveLength(packagesIn(licences).length);
    expect(components.filter(({ hashes }) => hashes === undefined)).toEqual([]);
  });
});
