import pg from "pg";

/** The password of a new connection could not be had, so the server was not even asked. */
export class NoPassword extends Error {
  override readonly name = "NoPassword";
}

const WORDS: Readonly<Record<string, (server: string) => string>> = {
  ECONNREFUSED: (server) => `nothing answers at ${server}; is PostgreSQL running there`,
  ENOTFOUND: (server) => `the host of ${server} is not known; is DATABASE_URL right`,
  EAI_AGAIN: (server) => `the host of ${server} could not be looked up`,
  EHOSTUNREACH: (server) => `there is no way to ${server}`,
  ENETUNREACH: (server) => `there is no way to ${server}`,
  ETIMEDOUT: (server) => `${server} does not answer`,
  ECONNRESET: (server) => `the connection to ${server} was lost`,
  EPIPE: (server) => `the connection to ${server} was lost`,
  "28P01": (server) => `${server} does not accept the user or the password of DATABASE_URL`,
  "28000": (server) => `${server} does not let this user in from here, or not without TLS`,
  "3D000": (server) => `there is no database ${server}; create it`,
  "42501": (server) => `the user of DATABASE_URL may not do this in ${server}; it has to own the tables`,
  "42703": otherTables,
  "42P01": otherTables,
  "3F000": (server) => `${server} has no schema this user may use`,
  "53100": (server) => `the disk of ${server} is full`,
  "53200": (server) => `${server} is out of memory`,
  "53300": (server) => `${server} has too many connections already`,
  "25006": (server) => `${server} may be read but not written; is it a replica`,
  "57014": (server) => `${server} took too long`,
  "57P01": (server) => `${server} is shutting down`,
  "57P02": (server) => `${server} crashed`,
  "57P03": (server) => `${server} is starting or shutting down`,
  "40P01": () => "somebody else changed the same rows in another order",
  "55P03": () => "somebody else holds the same rows",
  "08": (server) => `the connection to ${server} was lost`,
  XX: (server) => `${server} failed, or its data is damaged`,
  CERT_HAS_EXPIRED: (server) => `the certificate of ${server} has expired`,
  ERR_TLS_CERT_ALTNAME_INVALID: (server) => `the certificate of ${server} is for another host`,
};

/** Errors that pg makes itself have no code. */
const TEXTS: readonly (readonly [RegExp, (server: string) => string])[] = [
  [
    /^Connection terminated unexpectedly|is not queryable$/,
    (server) => `the connection to ${server} was lost`,
  ],
  [/^timeout expired|due to connection timeout$/, (server) => `${server} does not answer`],
  [/^timeout exceeded when trying to connect/, (server) => `all connections to ${server} are in use`],
  [/^Query read timeout/, (server) => `${server} does not answer any more`],
  [/does not support SSL/, (server) => `${server} does not speak TLS; see sslmode in docs/configuration.md`],
  [
    /^SASL: .* password must be/,
    (server) => `${server} asks for a password, and there is none in DATABASE_URL`,
  ],
];

/** Why Node does not believe a certificate. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_UNTRUSTED|CERT_SIGNATURE|INVALID_CA/;

/** The error in words for the operator; undefined when it is not one that can be put better. */
export function explainPostgres(error: unknown, server: string): string | undefined {
  if (error instanceof NoPassword)
    return `there is no password for ${server}: ${error.message.replace(/\.$/, "")}`;
  const code = codeOf(error);
  if (code !== undefined) {
    const words = WORDS[code] ?? WORDS[code.slice(0, 2)] ?? (UNTRUSTED.test(code) ? untrusted : undefined);
    return words && `${words(server)} (${code})`;
  }
  const text = error instanceof Error ? error.message : "";
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1](server);
}

/** A column or a table is not there. */
function otherTables(server: string): string {
  return `${server} does not have the tables of this version of Latchkey; use the one that wrote it`;
}

function untrusted(server: string): string {
  return `the certificate of ${server} is not by an authority that is trusted here; see sslrootcert in docs/configuration.md`;
}

/** PostgreSQL's five characters or the system's own name for the error. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" && error.code !== "" ? error.code : undefined;
}

/**
 * Whether a connection cannot be used any more after the error: it is gone, it still waits for an answer that no caller
 * waits for, or it leads to a server that has become one to read from only.
 */
export function endsConnection(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return true;
  return error.severity !== "ERROR" || error.code === "25006";
}
