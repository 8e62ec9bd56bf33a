import { randomBytes } from "node:crypto";
import type { Config } from "../config.js";
import type {
  AppToken,
  BackupLook,
  MetadataLook,
  Probes,
  StoreLook,
  WebAnswer,
} from "../core/ports/probes.js";
import { type EntraApp, entraApp } from "../graph/entra-app.js";
import type { AgentFor } from "../outbound/outbound.js";
import { newestBackup } from "../storage/copies/newest-backup.js";
import { type Asked, askWeb } from "./ask-web.js";
import { entraOptions } from "./entra-options.js";

/** What of the looks differs between a bot that runs and a program beside it. */
export interface OwnLooks {
  store(): Promise<StoreLook>;
  metadata(): Promise<MetadataLook>;
}

/** Looks at the services that are configured. Each time the app signs in anew, with nothing that was kept. */
export function probes(config: Config, agentFor: AgentFor | undefined, own: OwnLooks): Probes {
  const { authorityHost, tenantId, graphAudience, botScope, appIdUri, publicUrl } = config;
  const app = (): EntraApp => entraApp({ ...entraOptions(config), agentFor });
  return {
    ...own,
    entra: async () =>
      withEntraCode(await askWeb(`${authorityHost}/${tenantId}/v2.0/.well-known/openid-configuration`)),
    appSignIn: async () => readToken(await app().token(`${graphAudience}/.default`)),
    botSignIn: async () => void (await app().token(botScope)),
    ownApi: async () => void (await app().token(`${appIdUri}/.default`)),
    redirect: async (path) => redirectIn(await askWeb(authorizeAddress(config, path)), `${publicUrl}${path}`),
    channelKeys: async () => withIssuer(await askWeb(config.botOpenIdMetadataUrl)),
    publicAddress: async () =>
      (await askWeb(`${publicUrl}/api/messages`, { method: "POST", body: "{}" })).answer,
    backup: () => lookForBackup(config),
    metadataService: async () => (await askWeb(config.fidoMetadataUrl ?? "", { readText: false })).answer,
  };
}

async function lookForBackup({ backupDir: folder }: Config): Promise<BackupLook> {
  if (folder === undefined) return { kind: "not-said" };
  try {
    const newest = await newestBackup(folder);
    return newest === undefined ? { kind: "none", folder } : { kind: "newest", ...newest };
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : "it cannot be read";
    return { kind: "unreadable", folder, why };
  }
}

/** Permissions of an app's token are its `roles`. Microsoft promises no one but Graph that it can be read. */
function readToken(token: string): AppToken {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof payload !== "object" || payload === null || !("appid" in payload || "azp" in payload))
      return { permissions: undefined };
    const roles = "roles" in payload ? payload.roles : [];
    return Array.isArray(roles) ? { permissions: roles.map(String) } : { permissions: undefined };
  } catch {
    return { permissions: undefined };
  }
}

function withEntraCode({ answer, text }: Asked): WebAnswer {
  const code = /AADSTS\d+/.exec(text)?.[0];
  return answer.kind === "answered" && code !== undefined ? { ...answer, entraCode: code } : answer;
}

function withIssuer({ answer, text }: Asked): WebAnswer {
  const issuer = /"issuer"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  return answer.kind === "answered" && issuer !== undefined ? { ...answer, issuer } : answer;
}

/**
 * A sign-in in which no one may be asked for anything. Entra looks at where the answer is to go first; where it knows
 * the address it sends a browser without a session back there with `login_required`.
 */
function authorizeAddress({ authorityHost, tenantId, clientId, publicUrl }: Config, path: string): string {
  const address = new URL(`${authorityHost}/${tenantId}/oauth2/v2.0/authorize`);
  address.search = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    response_mode: "query",
    redirect_uri: `${publicUrl}${path}`,
    scope: "openid User.Read",
    prompt: "none",
    state: "check",
    nonce: randomBytes(16).toString("base64url"),
  }).toString();
  return address.href;
}

function redirectIn({ answer, text }: Asked, address: string): "known" | "unknown" | "untold" {
  if (answer.kind === "answered" && answer.location?.startsWith(`${address}?`)) return "known";
  return /AADSTS50011\b/.test(text) ? "unknown" : "untold";
}
