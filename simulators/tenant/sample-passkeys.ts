import { createHash } from "node:crypto";
import type { SampleModel } from "./sample-authenticators.js";
import type { SimPasskey } from "./simulated-tenant.js";

/** The day the sample tenant is a picture of. Fixed, so that every run shows the same. */
const SAMPLE_DAY = Date.parse("2026-11-20T09:00:00Z");
const DAY = 86_400_000;

export interface PasskeyDetails {
  /** Makes id and thumbprint; unique in the tenant. */
  readonly seed: string;
  readonly daysAgo: number;
  readonly label?: string;
  /** Graph prints some GUIDs in upper case. */
  readonly upperCase?: boolean;
}

/** A registered passkey of the model. */
export function samplePasskey(model: SampleModel, details: PasskeyDetails): SimPasskey {
  const digest = createHash("sha256").update(`passkey ${details.seed}`).digest();
  return {
    id: digest.subarray(0, 18).toString("base64url"),
    aaGuid: details.upperCase ? model.aaguid.toUpperCase() : model.aaguid,
    model: model.model,
    displayName: details.label ?? model.labels[0] ?? "Passkey",
    createdDateTime: new Date(SAMPLE_DAY - Math.round(details.daysAgo * DAY))
      .toISOString()
      .replace(".000Z", "Z"),
    attestationLevel: model.attested ? "attested" : "notAttested",
    passkeyType: model.type,
    attestationCertificates: model.attested ? [createHash("sha1").update(model.aaguid).digest("hex")] : [],
  };
}
