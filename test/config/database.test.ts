import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DatabaseConfig, readDatabase } from "../../src/config/database.js";
import { EnvReader } from "../../src/config/env-reader.js";
import { testCertificates } from "../setup/test-certificates.js";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-authorities-"));
  const { caPem, key } = await testCertificates();
  writeFileSync(join(folder, "ca.pem"), caPem);
  writeFileSync(join(folder, "two.pem"), `# first\n${caPem}\n# second\n${caPem}`);
  writeFileSync(join(folder, "key.pem"), key);
  writeFileSync(
    join(folder, "broken.pem"),
    `${caPem}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(env: NodeJS.ProcessEnv): { database: DatabaseConfig | undefined; problems: readonly string[] } {
  const reader = new EnvReader(env);
  return { database: readDatabase(reader), problems: reader.problems };
}

function database(url: string, env: NodeJS.ProcessEnv = {}): DatabaseConfig {
  const { database, problems } = read({ ...env, DATABASE_URL: url });
  if (database === undefined) throw new Error(problems.join("\n"));
  expect(problems).toEqual([]);
  return database;
}

function passwordOf({ auth }: DatabaseConfig): string {
  if (auth.kind !== "password") throw new Error(`expected a password, got ${auth.kind}`);
  return auth.password.reveal();
}

describe("a database", () => {
  it("is none without an address", () => {
    for (const env of [{}, { DATABASE_URL: " " }, { DATABASE_AUTH: "password" }]) {
      expect(read(env)).toEqual({ database: undefined, problems: [] });
    }
  });

  it("is taken apart", () => {
    const found = database("postgres://latch%40key:p%2Fss%25%20w%C3%B6rd@DB.example.com:6432/latch%20key");
    expect(found).toMatchObject({
      host: "db.example.com",
      port: 6432,
      user: "latch@key",
      database: "latch key",
      tls: { kind: "verified", ca: undefined },
    });
    expect(passwordOf(found)).toBe("p/ss% wörd");
    expect(Object.isFrozen(found)).toBe(true);
  });

  it.each([
    ["postgresql://me:p4ssword@db/latchkey", "db", 5432],
    ["postgres://me:p4ssword@10.0.0.7:1/latchkey", "10.0.0.7", 1],
    ["postgres://me:p4ssword@[fd00::7]:5433/latchkey", "fd00::7", 5433],
    ["postgres://me:p4ssword@my_database/latchkey", "my_database", 5432],
  ])("may be %s", (url, host, port) => {
    expect(database(url)).toMatchObject({ host, port, database: "latchkey" });
  });

  it("never prints its password", () => {
    const found = database("postgres://me:p4ssword@db/latchkey");
    expect(`${JSON.stringify(found)} ${inspect(found, { depth: 9 })}`).not.toContain("p4ssword");
  });

  it("lets the app sign in without a password", () => {
    const { auth } = database("postgres://latchkey@db/latchkey", { DATABASE_AUTH: "entra" });
    expect(auth).toEqual({ kind: "entra" });
  });
});

describe("TLS", () => {
  const url = (host: string, query = "") => `postgres://me:p4ssword@${host}/latchkey${query}`;
  const verified = { kind: "verified", ca: undefined };

  it.each(["db", "db.example.com", "10.0.0.7", "[fd00::7]", "localhost.example.com", "128.0.0.1"])(
    "is verified by default to %s",
    (host) => {
      expect(database(url(host)).tls).toEqual(verified);
    },
  );

  it.each(["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])("is not needed by default to %s", (host) => {
    expect(database(url(host)).tls).toEqual({ kind: "none", because: "loopback" });
  });

  it.each(["require", "verify-ca", "verify-full"])("is verified with sslmode=%s, also here", (mode) => {
    for (const host of ["db", "localhost"]) {
      expect(database(url(host, `?sslmode=${mode}`)).tls).toEqual(verified);
    }
  });

  it("is left out when somebody asks for that, and it can be told", () => {
    expect(database(url("db", "?sslmode=disable")).tls).toEqual({ kind: "none", because: "asked-for" });
    expect(database(url("localhost", "?sslmode=disable")).tls).toEqual({ kind: "none", because: "loopback" });
  });

  it.each(["ca.pem", "two.pem"])("believes the authorities of a file: %s", (name) => {
    for (const host of ["db", "localhost"]) {
      const { tls } = database(url(host, `?sslrootcert=${encodeURIComponent(join(folder, name))}`));
      expect(tls).toEqual({ kind: "verified", ca: expect.stringContaining("BEGIN CERTIFICATE") });
    }
  });
});

describe("refuses", () => {
  it.each([
    ["another kind of database", "mysql://me:p4ssword@db/latchkey", /not an address of PostgreSQL/],
    ["text that is no address", "me:p4ssword", /not an address of PostgreSQL/],
    ["words as they are for a driver", "host=db password=p4ssword", /not an address of PostgreSQL/],
    ["a password with a # in it", "postgres://me:p4ss#p4ssword@db/latchkey", /not an address of PostgreSQL/],
    [
      "a password with a / in it",
      "postgres://me:1/p4ssword@db/latchkey",
      /names no database.*percent-encoded/,
    ],
    ["a password with a ? in it", "postgres://me:1?p4ssword@db/latchkey", /names no database/],
    ["a password with a lone % in it", "postgres://me:p4ssword%@db/latchkey", /write % itself as %25/],
    ["a password with a NUL in it", "postgres://me:p4ssword%00@db/latchkey", /write % itself as %25/],
    ["several hosts", "postgres://me:p4ssword@db1,db2/latchkey", /no single host/],
    ["no host", "postgres:///latchkey", /no single host/],
    ["a socket", "postgres://me:p4ssword@%2Fvar%2Frun/latchkey", /no single host/],
    ["no database", "postgres://me:p4ssword@db", /names no database/],
    ["a path that is none", "postgres://me:p4ssword@db/latchkey/p4ssword", /names no database/],
    ["no user", "postgres://:p4ssword@db/latchkey", /names no user/],
    ["no password", "postgres://me@db/latchkey", /holds no password/],
    ["a port nobody has", "postgres://me:p4ssword@db:70000/latchkey", /not an address/],
    ["port 0", "postgres://me:p4ssword@db:0/latchkey", /port 0/],
    ["TLS perhaps", "postgres://me:p4ssword@db/latchkey?sslmode=prefer", /sslmode=prefer/],
    ["TLS perhaps not", "postgres://me:p4ssword@db/latchkey?sslmode=allow", /sslmode=allow/],
    [
      "a mode nobody knows",
      "postgres://me:p4ssword@db/latchkey?sslmode=p4ssword",
      /an sslmode we do not know/,
    ],
    ["TLS that is not verified", "postgres://me:p4ssword@db/latchkey?sslmode=no-verify", /do not know/],
    ["a mode that is nothing", "postgres://me:p4ssword@db/latchkey?sslmode=", /do not know/],
    ["two modes", "postgres://me:p4ssword@db/latchkey?sslmode=disable&sslmode=require", /one of them twice/],
    ["what we would ignore", "postgres://me:p4ssword@db/latchkey?options=p4ssword", /parameters other than/],
    [
      "authorities for no TLS",
      "postgres://me:p4ssword@db/latchkey?sslmode=disable&sslrootcert=p4ssword.pem",
      /both sslmode=disable and sslrootcert/,
    ],
    [
      "authorities that are not there",
      "postgres://me:p4ssword@db/latchkey?sslrootcert=p4ssword.pem",
      /cannot be read \(ENOENT\)/,
    ],
  ])("%s, without repeating it", (_, url, expected) => {
    const { database, problems } = read({ DATABASE_URL: url });
    expect(database).toBeUndefined();
    expect(problems).toEqual([expect.stringMatching(expected)]);
    expect(problems[0]).toMatch(/^DATABASE_URL .*\.$/);
    expect(problems[0]).not.toContain("p4ssword");
  });

  it.each(["key.pem", "broken.pem"])("a file that holds no authorities: %s", (name) => {
    const url = `postgres://me:p4ssword@db/latchkey?sslrootcert=${join(folder, name)}`;
    expect(read({ DATABASE_URL: url }).problems).toEqual([expect.stringContaining("holds no certificates")]);
  });

  it.each([
    [
      "a password and a token",
      { DATABASE_URL: "postgres://me:p4ssword@db/latchkey" },
      /^DATABASE_URL holds a pass/,
    ],
    ["a token and nowhere to use it", {}, /^DATABASE_AUTH is entra and DATABASE_URL is not set/],
    [
      "a token that everybody in between can read",
      { DATABASE_URL: "postgres://me@db/latchkey?sslmode=disable" },
      /^DATABASE_URL has sslmode=disable, and DATABASE_AUTH=entra needs TLS/,
    ],
  ])("%s", (_, env, expected) => {
    const { problems } = read({ ...env, DATABASE_AUTH: "entra" });
    expect(problems).toEqual([expect.stringMatching(expected)]);
    expect(problems[0]).not.toContain("p4ssword");
  });

  it("another way to sign in", () => {
    const env = { DATABASE_URL: "postgres://me:p4ssword@db/latchkey", DATABASE_AUTH: "kerberos" };
    expect(read(env).problems).toEqual([expect.stringMatching(/^DATABASE_AUTH is "kerberos"/)]);
  });
});
