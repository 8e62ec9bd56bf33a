import { SAMPLE_PEOPLE } from "../simulators/tenant/sample-people.js";
import type { DirectoryProcess } from "./directory-process.js";
import type { KeptIn } from "./kept-in.js";

/** What an installation sets, with the simulators' addresses. It listens on the loopback address. */
export function latchkeyEnvironment(
  { access, channel, caFile }: DirectoryProcess,
  { folder, port, keptIn }: { readonly folder: string; readonly port: number; readonly keptIn: KeptIn },
): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    TMPDIR: folder,
    NODE_EXTRA_CA_CERTS: caFile,
    HOST: "127.0.0.1",
    PORT: String(port),
    CLIENT_ID: access.clientId,
    TENANT_ID: access.tenantId,
    CLIENT_SECRET: access.clientSecret,
    PUBLIC_URL: "https://latchkey.example",
    AUTHORITY_HOST: access.entraUrl,
    GRAPH_URL: access.graphUrl,
    BOT_OPENID_METADATA_URL: channel.openIdMetadataUrl,
    BOT_TOKEN_ISSUER: channel.issuer,
    EMERGENCY_ACCOUNTS: [SAMPLE_PEOPLE.emergency1.id, SAMPLE_PEOPLE.emergency2.id].join(","),
    FIDO_METADATA_URL: "",
    // The policy is put back between plans, which would look like another writer's doing.
    DRIFT_CHECK_MINUTES: "0",
    ...keptIn,
  };
}
