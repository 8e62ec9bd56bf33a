import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { passwordOf } from "../../src/config/database.js";
import { readConfig, readStoreConfig } from "../../src/config.js";
import { entraOptions } from "../../src/connect/entra-options.js";
import { BOT, problemsOf } from "./bot-env.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-secrets-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const { CLIENT_SECRET: _, ...WITHOUT } = BOT;

function bot(env: NodeJS.ProcessEnv) {
  const config = readConfig(env);
  if (config.mode !== "bot") throw new Error("expected the configuration of a real bot");
  return config;
}

describe("a secret from a file", () => {
  it("is the file's text without white space around it", () => {
    const { credential } = bot({ ...WITHOUT, CLIENT_SECRET_FILE: file("secret", "from-a-file\n") });
    expect(credential.kind === "secret" && credential.secret.reveal()).toBe("from-a-file");
  });

  it("is read anew at each sign-in, and the old one holds while the new one is not there", () => {
    const path = file("rotated", "the-old-one");
    const { credential } = entraOptions(bot({ ...WITHOUT, CLIENT_SECRET_FILE: path }));
    const now = (): unknown => credential.kind === "secret" && credential.secret;
    expect(now()).toBe("the-old-one");
    file("rotated", "the-new-one\n");
    expect(now()).toBe("the-new-one");
    file("rotated", "");
    expect(now()).toBe("the-new-one");
    rmSync(path);
    expect(now()).toBe("the-new-one");
  });

  it("may be the database's address, for the programs beside the bot as well", () => {
    const DATABASE_URL_FILE = file("database", "postgres://latchkey:p4ss@localhost/latchkey\n");
    expect(bot({ ...BOT, DATABASE_URL_FILE }).database).toMatchObject({ host: "localhost" });
    expect(readStoreConfig({ DATABASE_URL_FILE }).database).toMatchObject({ user: "latchkey" });
  });

  it("may be the proxy's address", () => {
    const HTTPS_PROXY_FILE = file("proxy", "http://me:pw@proxy.example:8080");
    expect(bot({ ...BOT, HTTPS_PROXY_FILE }).proxy?.https?.reveal()).toBe("http://me:pw@proxy.example:8080");
  });

  const unreadable: readonly [string, () => string, RegExp][] = [
    ["is not there", (): string => "/nowhere/secret", /^CLIENT_SECRET_FILE is "\/nowhere\/secret": .*ENOENT/],
    ["is empty", () => file("empty", " \n"), /it is empty/],
    ["holds more than one line", () => file("two", "a-secret\nanother"), /it has several lines/],
    ["is a folder", (): string => folder, /EISDIR/],
  ];
  it.each(unreadable)("stops the start when it %s, as the one problem there is", (_, path, words) => {
    const problems = problemsOf({ ...WITHOUT, CLIENT_SECRET_FILE: path() });
    expect(problems).toEqual([expect.stringMatching(words)]);
    expect(problems.join()).not.toMatch(/a-secret|another"/);
  });

  it("stops the start beside the same secret as a variable", () => {
    expect(problemsOf({ ...BOT, CLIENT_SECRET_FILE: file("both", "x") })).toEqual([
      "CLIENT_SECRET and CLIENT_SECRET_FILE are both set: expected one of them.",
    ]);
  });

  it("makes a real bot: without CLIENT_ID it is refused like any credential", () => {
    expect(problemsOf({ CLIENT_SECRET_FILE: file("alone", "x") }).join()).toMatch(/CLIENT_ID is not/);
  });
});

describe("in production", () => {
  it("a forgotten CLIENT_ID stops the start instead of making it the sandbox", () => {
    expect(problemsOf({ NODE_ENV: "production" })).toEqual([
      expect.stringMatching(/^CLIENT_ID is not set and NODE_ENV is production: .*sandbox/),
    ]);
    expect(problemsOf({ ...BOT, NODE_ENV: "production" })).toEqual([]);
  });
});

describe("the day on which the secret ends", () => {
  it("is a day, and nothing that only looks like one", () => {
    const { credential } = bot({ ...BOT, CLIENT_SECRET_EXPIRES: "2027-06-30" });
    expect(credential.kind === "secret" && credential.expires).toEqual(new Date("2027-06-30T00:00:00Z"));
    for (const wrong of ["30.06.2027", "2027-02-30", "soon", "2027-13-01"])
      expect(problemsOf({ ...BOT, CLIENT_SECRET_EXPIRES: wrong })).toEqual([
        expect.stringMatching(/^CLIENT_SECRET_EXPIRES is ".*": expected the day/),
      ]);
  });
});

describe("the database's password from a file", () => {
  const url = (password: string, host = "localhost") => `postgres://latchkey:${password}@${host}/latchkey`;

  it("is read anew, and what is known holds while the file says nothing that could be meant", () => {
    const DATABASE_URL_FILE = file("database-url", url("the-old-one"));
    const { database } = bot({ ...BOT, DATABASE_URL_FILE });
    const now = database && passwordOf(database);
    if (now === undefined) throw new Error("expected a password");
    expect(now()).toBe("the-old-one");
    for (const unmeant of ["", "postgres://", url("x", "db.example.com"), url("")]) {
      file("database-url", unmeant);
      expect(now()).toBe("the-old-one");
    }
    file("database-url", `${url("the-n%40w-one")}\n`);
    expect(now()).toBe("the-n@w-one");
    rmSync(DATABASE_URL_FILE);
    expect(now()).toBe("the-n@w-one");
  });

  it("is that of the variable, where it came from one", () => {
    const { database } = bot({ ...BOT, DATABASE_URL: url("of-the-variable") });
    expect(database && passwordOf(database)?.()).toBe("of-the-variable");
  });
});
