import type { Finding } from "../check/finding.js";
import type { Person } from "../person.js";
import type { Inventory } from "../scan/inventory.js";
import type { OwnScanPause } from "../scan/own-scan.js";

/** Looks at what a working installation takes, each time anew. Nothing here writes anything, anywhere. */
export interface Probes {
  /** Entra's document about the tenant: whether Entra answers, knows the tenant, and which time it has. Never throws. */
  entra(): Promise<WebAnswer>;
  /** Signs the app in for Graph. @throws Fault */
  appSignIn(): Promise<AppToken>;
  /** Signs the app in for the Bot Framework. @throws Fault */
  botSignIn(): Promise<void>;
  /** Signs the app in for its own API, which there has to be for single sign-on. @throws Fault */
  ownApi(): Promise<void>;
  /** Whether Entra sends a browser back to this path below the public address. */
  redirect(path: string): Promise<"known" | "unknown" | "untold">;
  /** The document by which requests of Teams are verified. Never throws. */
  channelKeys(): Promise<WebAnswer>;
  /** A message to the bot's public address that no one signed. Never throws. */
  publicAddress(): Promise<WebAnswer>;
  /** FIDO's metadata, without reading it. Never throws. */
  metadataService(): Promise<WebAnswer>;
  metadata(): Promise<MetadataLook>;
  /** Never throws. */
  store(): Promise<StoreLook>;
  /** The newest backup, where it is said where they are. Never throws. */
  backup(): Promise<BackupLook>;
}

export type WebAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** Where a redirect leads. */
      readonly location?: string;
      /** The service's own time. */
      readonly date?: string;
      /** Entra's own code, e.g. `AADSTS90002`. */
      readonly entraCode?: string;
      /** Of a document of OpenID: who issues. */
      readonly issuer?: string;
    }
  /** `why`: the code of the connection, e.g. `ECONNREFUSED`, or what a proxy answered. */
  | { readonly kind: "no-answer"; readonly why: string };

export interface AppToken {
  /** Application permissions in the token. undefined: the token is not one that can be read. */
  readonly permissions: readonly string[] | undefined;
}

/** When the FIDO metadata in use was fetched; `inUse` undefined: there is none. */
export interface MetadataLook {
  readonly inUse: { readonly fetchedAt: Date; readonly isOverdue: boolean } | undefined;
}

/** What the store tells of scans. */
export interface ScansLook {
  /** The last that ended and is kept. */
  readonly latest: Pick<Inventory, "startedAt" | "finishedAt" | "begunBy"> | undefined;
  /** Why the scan that Latchkey makes by itself waits. */
  readonly pause: OwnScanPause | undefined;
}

export type StoreLook =
  | { readonly kind: "in-use"; readonly what: string; readonly records: number; readonly scans: ScansLook }
  /** Nothing there yet, and it can be made at the first start. */
  | { readonly kind: "new"; readonly what: string }
  | { readonly kind: "unusable"; readonly what: string; readonly why: string };

export type BackupLook =
  | { readonly kind: "not-said" }
  | { readonly kind: "newest"; readonly file: string; readonly at: Date }
  | { readonly kind: "none"; readonly folder: string }
  | { readonly kind: "unreadable"; readonly folder: string; readonly why: string };

/** The person for whom the check is made; `typed` where no one of that name was found. */
export type Asker = Person | { readonly typed: string };

/** The check of this installation by the process that runs. */
export interface Checkup {
  /** Looks at everything anew, for this person. Writes nothing. */
  examine(asker: Person): Promise<readonly Finding[]>;
}
