import { tenantId } from "../../src/core/person.js";
import { type EntraApp, entraApp } from "../../src/graph/entra-app.js";
import type { DirectoryAccess } from "../directory-access.js";

/** The app as the directory knows it, and for whom its tokens have to be. */
export function registeredApp(access: DirectoryAccess): {
  readonly app: EntraApp;
  readonly audience: string;
} {
  const app = entraApp({
    tenantId: tenantId(access.tenantId),
    clientId: access.clientId,
    authorityHost: access.entraUrl,
    credential: { kind: "secret", secret: access.clientSecret },
  });
  return { app, audience: "https://graph.microsoft.com" };
}
