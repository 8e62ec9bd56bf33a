import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { EnvReader } from "./env-reader.js";
import { Secret } from "./secret.js";
import { secretIn } from "./secret-files.js";

/** A PostgreSQL database, taken apart from `DATABASE_URL`. */
export interface DatabaseConfig {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly auth:
    | {
        readonly kind: "password";
        readonly password: Secret;
        /** Where `DATABASE_URL` came from; undefined: from a variable. */
        readonly file: string | undefined;
      }
    /** A fresh token of the app's own identity for each connection. */
    | { readonly kind: "entra" };
  readonly tls: DatabaseTls;
}
export type DatabaseTls =
  | {
      readonly kind: "verified";
      /** PEM: the only authorities that are believed. undefined: those Node trusts. */
      readonly ca: string | undefined;
    }
  /** `asked-for`: what is sent can be read and changed on its way. */
  | { readonly kind: "none"; readonly because: "loopback" | "asked-for" };

const EXPECTED =
  "expected postgres://<user>:<password>@<host>:<port>/<database>, special characters percent-encoded";

/** What is wrong with `DATABASE_URL`, in words that repeat nothing of it: any part may be part of its password. */
class Unclear extends Error {}

/**
 * The database of `DATABASE_URL`; undefined when it is not set. What else there is than these parts is refused rather
 * than ignored, and so is a connection that may or may not be safe.
 */
export function readDatabase(reader: EnvReader): DatabaseConfig | undefined {
  const given = reader.text("DATABASE_URL");
  const auth = reader.oneOf("DATABASE_AUTH", ["password", "entra"] as const, "password");
  if (given === undefined) {
    if (auth === "entra")
      reader.problems.push("DATABASE_AUTH is entra and DATABASE_URL is not set: expected both.");
    return undefined;
  }
  try {
    return parse(given, auth, reader.fileOf("DATABASE_URL"));
  } catch (error) {
    if (!(error instanceof Unclear)) throw error;
    reader.problems.push(`DATABASE_URL ${error.message}.`);
    return undefined;
  }
}

/**
 * Answers the password for each new connection: from a file it is read anew, so that a new one is in force without a stop.
 * The last that was good holds while the file cannot be read, is half written, or says another server, database or user,
 * which only a start changes. undefined: the app's own identity is used.
 */
export function passwordOf(database: DatabaseConfig): (() => string) | undefined {
  const { auth } = database;
  if (auth.kind !== "password") return undefined;
  const { file } = auth;
  let known = auth.password;
  return () => {
    const read = file === undefined ? undefined : secretIn(file);
    const fresh = read !== undefined && "secret" in read ? tryParse(read.secret, file) : undefined;
    const isSamePlace = (["host", "port", "database", "user"] as const).every(
      (part) => fresh?.[part] === database[part],
    );
    if (isSamePlace && fresh?.auth.kind === "password") known = fresh.auth.password;
    return known.reveal();
  };
}

function tryParse(given: string, file: string | undefined): DatabaseConfig | undefined {
  try {
    return parse(given, "password", file);
  } catch (error) {
    if (error instanceof Unclear) return undefined;
    throw error;
  }
}

function parse(
  given: string,
  authentication: "password" | "entra",
  file: string | undefined,
): DatabaseConfig {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol) || url.hash !== "") {
    throw new Unclear(`is not an address of PostgreSQL: ${EXPECTED}`);
  }
  const host = hostOf(url);
  const database = named("database", part(url.pathname.slice(1)));
  const tls = tlsOf(url.searchParams, isLoopback(host));
  const auth = authOf(part(url.password), authentication, file);
  if (auth.kind === "entra" && tls.kind === "none" && tls.because === "asked-for") {
    throw new Unclear("has sslmode=disable, and DATABASE_AUTH=entra needs TLS: expected sslmode=verify-full");
  }
  return Object.freeze({
    host,
    port: portOf(url.port),
    database,
    user: named("user", part(url.username)),
    auth: Object.freeze(auth),
    tls: Object.freeze(tls),
  });
}

function hostOf(url: URL): string {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  if (/^([a-z0-9_-]+\.)*[a-z0-9_-]+\.?$|^[0-9a-f:.]*:[0-9a-f:.]*$/.test(host)) return host;
  throw new Unclear(`names no single host: ${EXPECTED}`);
}

function portOf(port: string): number {
  if (port === "0") throw new Unclear("has port 0: expected one from 1 to 65535, or none for 5432");
  return port === "" ? 5432 : Number(port);
}

function part(encoded: string): string {
  try {
    const decoded = decodeURIComponent(encoded);
    if (!decoded.includes("\u0000")) return decoded;
  } catch {
    // Said below: a % that begins no character.
  }
  throw new Unclear("holds a % that encodes no character: write % itself as %25 and leave out %00");
}

function named(what: string, name: string): string {
  if (name !== "" && !name.includes("/")) return name;
  throw new Unclear(`names no ${what}: ${EXPECTED}`);
}

function authOf(
  password: string,
  authentication: "password" | "entra",
  file: string | undefined,
): DatabaseConfig["auth"] {
  if (authentication === "password") {
    if (password !== "") return { kind: "password", password: new Secret(password), file };
    throw new Unclear("holds no password: expected one, or DATABASE_AUTH=entra for a token of the app's own");
  }
  if (password === "") return { kind: "entra" };
  throw new Unclear("holds a password and DATABASE_AUTH is entra: expected one of the two");
}

const SSL_MODES = ["disable", "require", "verify-ca", "verify-full"];

function tlsOf(parameters: URLSearchParams, loopback: boolean): DatabaseTls {
  const names = [...parameters.keys()];
  if (new Set(names).size < names.length || names.some((name) => !/^ssl(mode|rootcert)$/.test(name))) {
    throw new Unclear("has parameters other than sslmode and sslrootcert, or one of them twice");
  }
  const mode = parameters.get("sslmode");
  if (mode === "prefer" || mode === "allow") {
    throw new Unclear(
      `has sslmode=${mode}, which does without TLS when somebody in between wants it so: expected verify-full`,
    );
  }
  if (mode !== null && !SSL_MODES.includes(mode)) {
    throw new Unclear(`has an sslmode we do not know: expected one of ${SSL_MODES.join(", ")}`);
  }
  const file = parameters.get("sslrootcert");
  if (mode !== "disable" && (mode !== null || file !== null || !loopback)) {
    return { kind: "verified", ca: file === null ? undefined : readAuthorities(file) };
  }
  if (file !== null) throw new Unclear("has both sslmode=disable and sslrootcert: expected one of the two");
  return { kind: "none", because: loopback ? "loopback" : "asked-for" };
}

function readAuthorities(file: string): string {
  const expected = "expected a readable PEM file of certificate authorities";
  let pem: string;
  try {
    pem = readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new Unclear(`names a file with sslrootcert that cannot be read${why}: ${expected}`);
  }
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    for (const certificate of certificates) new X509Certificate(certificate);
    if (certificates.length > 0) return pem;
  } catch {
    // Said below.
  }
  throw new Unclear(`names a file with sslrootcert that holds no certificates we can read: ${expected}`);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
