import { sign, X509Certificate } from "node:crypto";
import { generate } from "selfsigned";

/** A throw-away authority that signs metadata as FIDO's does: a root, an issuer below it, a signer below that. */
export interface MetadataAuthority {
  /** PEM. */
  readonly root: string;
  /** A signed BLOB with this payload. */
  blob(payload: unknown, options?: { readonly alg?: string }): string;
}

/** What may be wrong with an authority. */
interface Flaws {
  readonly host?: string;
  readonly issuerMayIssue?: boolean;
  readonly notAfterDate?: Date;
}

export async function metadataAuthority(flaws: Flaws = {}): Promise<MetadataAuthority> {
  const { host = "mds.fidoalliance.org", issuerMayIssue = true, notAfterDate } = flaws;
  const root = await certificate("Test root", { ca: true });
  const issuer = await certificate("Test issuer", { ca: issuerMayIssue, by: root });
  const notBeforeDate = new Date(Date.now() - 60 * 86_400_000);
  const signer = await certificate(host, {
    ca: false,
    by: issuer,
    notBeforeDate,
    ...(notAfterDate && { notAfterDate }),
  });
  const x5c = [signer, issuer].map(({ cert }) => new X509Certificate(cert).raw.toString("base64"));
  return {
    root: root.cert,
    blob(payload, { alg = "ES256" } = {}) {
      const signed = [{ alg, typ: "JWT", x5c }, payload]
        .map((part) => encode(JSON.stringify(part)))
        .join(".");
      const key = { key: signer.private, dsaEncoding: "ieee-p1363" } as const;
      return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
    },
  };
}

type Certificate = Awaited<ReturnType<typeof generate>>;

function certificate(
  name: string,
  { ca, by, ...validity }: { ca: boolean; by?: Certificate; notBeforeDate?: Date; notAfterDate?: Date },
): Promise<Certificate> {
  return generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    ...validity,
    ...(by && { ca: { key: by.private, cert: by.cert } }),
    extensions: [
      { name: "basicConstraints", cA: ca, critical: true },
      { name: "keyUsage", digitalSignature: !ca, keyCertSign: ca, critical: true },
      ...(ca ? [] : [{ name: "subjectAltName" as const, altNames: [{ type: 2 as const, value: name }] }]),
    ],
  });
}

const encode = (text: string): string => Buffer.from(text).toString("base64url");

/** The payload of a BLOB. `models`: entries by AAGUID, with the statuses reported. */
export function payload(
  number: number,
  models: Readonly<Record<string, { readonly name: string; readonly statuses?: readonly string[] }>> = {},
  nextUpdate = "2026-12-01",
) {
  return {
    legalHeader: "for tests",
    no: number,
    nextUpdate,
    entries: Object.entries(models).map(([aaguid, { name, statuses = [] }]) => ({
      aaguid,
      metadataStatement: { aaguid, description: name, attachmentHint: ["external", "wired"] },
      statusReports: statuses.map((status) => ({ status, effectiveDate: "2026-01-02" })),
      timeOfLastStatusChange: "2026-01-02",
    })),
  };
}

/** The BLOB with one character of its middle part exchanged for another. */
export function flipped(blob: string): string {
  const at = blob.indexOf(".") + 200;
  return `${blob.slice(0, at)}${blob[at] === "A" ? "B" : "A"}${blob.slice(at + 1)}`;
}

/** The words of one BLOB under the signature of another. */
export function resigned(blob: string, other: string): string {
  const [header, , signature] = blob.split(".");
  return [header, other.split(".")[1], signature].join(".");
}
