import { X509Certificate } from "node:crypto";
import type { Config } from "../config.js";
import type { CredentialLook, SetUp } from "../core/check/set-up.js";
import { rulesOf } from "./rules-of.js";
import { proxyHosts } from "./way-out.js";

/** The configuration as a check sees it, without a secret. */
export function setUpOf(config: Config): SetUp {
  return {
    ...pick(config),
    credential: credentialLook(config),
    proxy: proxyHosts(config),
    scanEveryHours: config.scanEveryHours,
    hasRecordKey: config.recordKeys.length > 0,
    nodeVersion: process.versions.node,
    rules: rulesOf(config),
    doubtfulNames: config.doubtfulNames,
  };
}

function pick({ clientId, tenantId, appIdUri, publicUrl, authorityHost, graphUrl, cloud, ...more }: Config) {
  const { adminCenterUrl, botTokenIssuer, fidoMetadataUrl } = more;
  return {
    ...{ clientId, tenantId, appIdUri, publicUrl, authorityHost, graphUrl, cloud },
    ...{ adminCenterUrl, botTokenIssuer, fidoMetadataUrl },
  };
}

/** What is known of the credential's end. */
export function credentialLook({ credential }: Pick<Config, "credential">): CredentialLook {
  switch (credential.kind) {
    case "secret":
      return { kind: "secret", goodUntil: credential.expires };
    case "certificate":
      return {
        kind: "certificate",
        goodUntil: new Date(new X509Certificate(credential.pem.reveal()).validTo),
      };
    case "managed-identity":
      return { kind: "managed-identity" };
  }
}
