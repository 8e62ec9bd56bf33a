import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import type { EnvReader } from "./env-reader.js";
import { Secret } from "./secret.js";

/** How the app proves to Entra who it is: exactly one of these. */
export type Credential =
  | {
      readonly kind: "secret";
      readonly secret: Secret;
      /** The file it is in, for a new one to be taken without a stop; undefined: it came as a variable. */
      readonly file: string | undefined;
      /** The day on which it ends, as the operator says; Entra does not. */
      readonly expires: Date | undefined;
    }
  /** A PEM file with the certificate and its private key. */
  | { readonly kind: "certificate"; readonly path: string; readonly pem: Secret }
  /** A managed identity used as federated credential. */
  | { readonly kind: "managed-identity"; readonly clientId: string };

const CREDENTIALS = ["CLIENT_SECRET", "CLIENT_CERTIFICATE_PATH", "MANAGED_IDENTITY_CLIENT_ID"] as const;

export function readCredential(reader: EnvReader): Credential {
  const given = CREDENTIALS.filter((name) => reader.text(name) !== undefined);
  if (given.length !== 1 && !reader.isUnread("CLIENT_SECRET")) {
    const found = given.length === 0 ? "None" : given.join(" and ");
    reader.problems.push(
      `${found} of ${CREDENTIALS.join(", ")} ${given.length === 0 ? "is" : "are"} set: expected exactly one.`,
    );
  }
  const expires = readExpiry(reader);
  const path = reader.text("CLIENT_CERTIFICATE_PATH");
  const pem = path === undefined ? "" : readCertificate(reader, path);
  if (path !== undefined) return Object.freeze({ kind: "certificate", path, pem: new Secret(pem) });
  if (reader.text("MANAGED_IDENTITY_CLIENT_ID") !== undefined) {
    const clientId = reader.guid("MANAGED_IDENTITY_CLIENT_ID", "the client id of the managed identity");
    return Object.freeze({ kind: "managed-identity", clientId });
  }
  const secret = new Secret(reader.text("CLIENT_SECRET") ?? "");
  return Object.freeze({ kind: "secret", secret, file: reader.fileOf("CLIENT_SECRET"), expires });
}

function readExpiry(reader: EnvReader): Date | undefined {
  const given = reader.text("CLIENT_SECRET_EXPIRES");
  if (given === undefined) return undefined;
  const day = new Date(`${given.slice(0, 10)}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(given) && day.toJSON()?.startsWith(given.slice(0, 10));
  if (!isDay) reader.wrong("CLIENT_SECRET_EXPIRES", given, "the day on which it ends, such as 2027-06-30");
  return day;
}

function readCertificate(reader: EnvReader, path: string): string {
  const expected = "a readable PEM file with the certificate and its private key";
  const complain = (why: string): void =>
    reader.wrong("CLIENT_CERTIFICATE_PATH", path, `${expected} (${why})`);
  let pem: string;
  try {
    pem = readFileSync(path, "utf8");
  } catch (error) {
    complain(error instanceof Error && "code" in error ? String(error.code) : "it cannot be read");
    return "";
  }
  if (!pem.includes("PRIVATE KEY-----")) complain("it holds no private key");
  try {
    new X509Certificate(pem);
  } catch {
    complain("it holds no certificate we can read");
  }
  return pem;
}
