import { X509Certificate } from "node:crypto";
import { within } from "../async/within.js";
import { type FidoMetadata, readFidoMetadata } from "./fido-metadata.js";

/** To whom the certificate that signs FIDO metadata is made out. */
const SIGNER = "mds.fidoalliance.org";
/** How long the lists of revoked certificates may take to come. */
const VERIFY_WITHIN_MS = 60_000;

export type Verified = { readonly kind: "verified"; readonly metadata: FidoMetadata } | Refused;
/** @property why completes "The FIDO metadata was refused: ..." */
export interface Refused {
  readonly kind: "refused";
  readonly why: string;
}

/**
 * Verifies a FIDO metadata BLOB: its signature, its certificates up to a trusted root, and for whom they were made
 * out. Whether one of them was revoked is asked of their authority, if that can be reached.
 * @param options.now the certificates have to be valid at this time (the library asks the system's clock in addition)
 * @param options.roots PEM; when left out, the roots FIDO's certificates come from
 */
export async function verifyMetadata(
  blob: string,
  options: { readonly now: Date; readonly roots?: readonly string[] | undefined },
): Promise<Verified> {
  const wrong = wrongCertificates(blob, options.now);
  if (wrong !== undefined) return refused(wrong);
  const { verifyMDSBlob, settings, fidoRoots } = await library();
  const roots = options.roots ?? fidoRoots;
  // Without any root the library would skip the certificates altogether.
  if (roots.length === 0) return refused("no root certificate is trusted");
  // The library reads this setting before it first waits for anything, so two callers cannot mix up their roots.
  settings.setRootCertificates({ identifier: "mds", certificates: [...roots] });
  try {
    const answer = await within(verifyMDSBlob(blob), VERIFY_WITHIN_MS);
    if (answer === undefined) return refused("asking whether its certificates were revoked took too long");
    const { payload } = answer;
    const metadata = readFidoMetadata({ ...payload });
    if (metadata === undefined) return refused("it is signed, and lacks its number, next update or entries");
    return { kind: "verified", metadata };
  } catch (error) {
    return refused(whyRefused(error));
  }
}

let loading: ReturnType<typeof load> | undefined;

/** Loads the library when it is first needed: it takes longer than everything else at start. */
function library(): ReturnType<typeof load> {
  loading ??= load();
  return loading;
}

async function load() {
  const [{ SettingsService: settings }, { verifyMDSBlob }] = await Promise.all([
    import("@simplewebauthn/server"),
    import("@simplewebauthn/server/helpers"),
  ]);
  // GlobalSign R3 and R46, read before a caller sets others.
  return { verifyMDSBlob, settings, fidoRoots: settings.getRootCertificates({ identifier: "mds" }) };
}

/**
 * What the library does not look at: a certificate of the same authority may be made out to another owner, or be one
 * that may not issue others.
 */
function wrongCertificates(blob: string, now: Date): string | undefined {
  const chain = certificatesOf(blob);
  const [signer, ...issuers] = chain ?? [];
  if (chain === undefined || signer === undefined) return "it is no signed metadata BLOB";
  if (signer.checkHost(SIGNER, { subject: "never" }) === undefined) {
    return `its certificate is not made out to ${SIGNER}`;
  }
  if (!issuers.every(({ ca }) => ca)) return "one of its certificates may not issue certificates";
  const stale = chain.find(({ validFrom, validTo }) => now < new Date(validFrom) || now > new Date(validTo));
  return stale && `its certificates are valid from ${stale.validFrom} to ${stale.validTo} only`;
}

function certificatesOf(blob: string): readonly X509Certificate[] | undefined {
  try {
    const { x5c } = JSON.parse(Buffer.from(blob.split(".", 1)[0] ?? "", "base64url").toString("utf8"));
    return x5c.map((der: string) => new X509Certificate(Buffer.from(der, "base64")));
  } catch {
    return undefined; // The answer itself: what cannot be read is no BLOB.
  }
}

/** The library names a cause for certificates only; any other failure is damage. */
function whyRefused(error: unknown): string {
  if (!(error instanceof Error) || error.cause === undefined) {
    return "its signature or its form is wrong: it was changed or damaged on the way";
  }
  let reason: unknown = error;
  while (reason instanceof Error && reason.cause !== undefined) reason = reason.cause;
  const words = reason instanceof Error ? reason.message.split("\n", 1)[0] : String(reason);
  return `its certificates do not lead to a root we trust, or one was revoked (${words})`;
}

function refused(why: string): Refused {
  return { kind: "refused", why };
}
