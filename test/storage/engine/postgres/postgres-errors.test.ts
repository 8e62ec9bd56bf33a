import pg from "pg";
import { describe, expect, it } from "vitest";
import {
  endsConnection,
  explainPostgres,
  NoPassword,
} from "../../../../src/storage/engine/postgres/postgres-errors.js";

const SERVER = "db.example.com:5432/latchkey";
const withCode = (code: string) => Object.assign(new Error("as the driver says it"), { code });
const fromServer = (code: string, severity = "ERROR") =>
  Object.assign(new pg.DatabaseError("as the server says it", 1, "error"), { code, severity });

describe("an error of PostgreSQL in words", () => {
  it.each([
    ["ECONNREFUSED", "nothing answers at db.example.com:5432/latchkey; is PostgreSQL running there"],
    ["ENOTFOUND", "the host of db.example.com:5432/latchkey is not known; is DATABASE_URL right"],
    ["ECONNRESET", "the connection to db.example.com:5432/latchkey was lost"],
    ["28P01", "db.example.com:5432/latchkey does not accept the user or the password of DATABASE_URL"],
    ["28000", "db.example.com:5432/latchkey does not let this user in from here, or not without TLS"],
    ["3D000", "there is no database db.example.com:5432/latchkey; create it"],
    [
      "42501",
      "the user of DATABASE_URL may not do this in db.example.com:5432/latchkey; it has to own the tables",
    ],
    [
      "42703",
      "db.example.com:5432/latchkey does not have the tables of this version of Latchkey; use the one that wrote it",
    ],
    [
      "42P01",
      "db.example.com:5432/latchkey does not have the tables of this version of Latchkey; use the one that wrote it",
    ],
    ["53100", "the disk of db.example.com:5432/latchkey is full"],
    ["53300", "db.example.com:5432/latchkey has too many connections already"],
    ["25006", "db.example.com:5432/latchkey may be read but not written; is it a replica"],
    ["57P01", "db.example.com:5432/latchkey is shutting down"],
    ["57P03", "db.example.com:5432/latchkey is starting or shutting down"],
    ["57014", "db.example.com:5432/latchkey took too long"],
    ["08006", "the connection to db.example.com:5432/latchkey was lost"],
    ["XX001", "db.example.com:5432/latchkey failed, or its data is damaged"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "the certificate of db.example.com:5432/latchkey is for another host"],
    ["CERT_HAS_EXPIRED", "the certificate of db.example.com:5432/latchkey has expired"],
  ])("%s", (code, words) => {
    expect(explainPostgres(withCode(code), SERVER)).toBe(`${words} (${code})`);
  });

  it.each([
    "SELF_SIGNED_CERT_IN_CHAIN",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  ])("%s: a certificate by somebody unknown", (code) => {
    expect(explainPostgres(withCode(code), SERVER)).toContain("is not by an authority that is trusted here");
  });

  it.each([
    ["timeout expired", "does not answer"],
    ["Connection terminated due to connection timeout", "does not answer"],
    ["timeout exceeded when trying to connect", "all connections to"],
    ["Query read timeout", "does not answer any more"],
    ["Connection terminated unexpectedly", "was lost"],
    ["Client has encountered a connection error and is not queryable", "was lost"],
    ["The server does not support SSL connections", "does not speak TLS"],
    ["SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string", "asks for a password"],
  ])("without a code: %s", (message, words) => {
    expect(explainPostgres(new Error(message), SERVER)).toContain(words);
  });

  it("that does not come from the server at all: no password", () => {
    expect(explainPostgres(new NoPassword("Entra does not answer."), SERVER)).toBe(
      `there is no password for ${SERVER}: Entra does not answer`,
    );
  });

  it("is left as it is when it is not one we know", () => {
    for (const error of [withCode("22P05"), new Error("else"), "text", undefined]) {
      expect(explainPostgres(error, SERVER)).toBeUndefined();
    }
  });
});

describe("a connection", () => {
  it("is used again after the server said no to a statement", () => {
    for (const code of ["23505", "57014", "40P01"]) expect(endsConnection(fromServer(code))).toBe(false);
  });

  it("is not used again after anything that leaves in doubt what it does", () => {
    for (const error of [
      fromServer("57P01", "FATAL"),
      fromServer("XX000", "PANIC"),
      fromServer("25006"),
      withCode("ECONNRESET"),
      new Error("Query read timeout"),
    ]) {
      expect(endsConnection(error)).toBe(true);
    }
  });
});
