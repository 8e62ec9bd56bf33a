import { startConnectProxy } from "../outbound/connect-proxy.js";
import { also, certificateIn, nowhere, type Row, revoked, STRANGER, untrusted } from "./breaking.js";

/** The app, its proof, and what it may read. */
export const BROKEN_SIGN_INS: readonly Row[] = [
  {
    broken: "the secret is wrong",
    breakIt: ({ env }) => (env.CLIENT_SECRET = "not-the-secret"),
    blamed: "credential",
    found: /does not take its secret \(AADSTS7000215\)/,
    mend: /CLIENT_SECRET to the secret's value/,
  },
  {
    broken: "the secret has expired by its day",
    breakIt: ({ env }) => (env.CLIENT_SECRET_EXPIRES = "2020-01-01"),
    blamed: "credential-expiry",
    found: /ended on 2020-01-01/,
    mend: /--new-secret/,
  },
  {
    broken: "the secret ends within 30 days",
    breakIt: ({ env }) =>
      (env.CLIENT_SECRET_EXPIRES = new Date(Date.now() + 12 * 86_400_000).toISOString().slice(0, 10)),
    blamed: "credential-expiry",
    as: "attention",
    found: /ends on \S+, in 12 days/,
    mend: /--new-secret/,
  },
  {
    broken: "the client id is another app's",
    breakIt: ({ env }) => (env.CLIENT_ID = STRANGER),
    blamed: "app",
    found: /has no app 99999999.*AADSTS700016/,
    mend: /CLIENT_ID/,
  },
  {
    broken: "the tenant id is another tenant's",
    breakIt: ({ env }) => (env.TENANT_ID = STRANGER),
    blamed: "tenant",
    found: /knows no tenant 99999999.*AADSTS90002/,
    mend: /TENANT_ID/,
  },
  {
    broken: "the certificate is not registered",
    breakIt: (world) => certificateIn(world, { from: -1, to: 300 }),
    blamed: "credential",
    found: /does not know its certificate \(AADSTS700027\)/,
    mend: /az ad app credential reset .*--append/,
  },
  {
    broken: "the certificate ends in a week",
    breakIt: async (world) =>
      world.tenant.clientCertificates.push(await certificateIn(world, { from: -300, to: 7 })),
    blamed: "credential-expiry",
    as: "attention",
    found: /in [78] days/,
    mend: /new certificate/,
  },
  {
    broken: "the managed identity is not there",
    breakIt: ({ env }) => {
      delete env.CLIENT_SECRET;
      env.MANAGED_IDENTITY_CLIENT_ID = STRANGER;
    },
    blamed: "credential",
    found: /gives out no token of the managed identity/,
    mend: /Assign the user-assigned identity/,
  },
  {
    broken: "nothing listens where Entra should be",
    breakIt: async ({ env }) => (env.AUTHORITY_HOST = (await nowhere()).replace("http:", "https:")),
    blamed: "entra",
    found: /does not answer \(ECONNREFUSED\)/,
    mend: /port 443/,
  },
  {
    broken: "a proxy that looks into TLS is not trusted",
    breakIt: async ({ env }) => (env.AUTHORITY_HOST = await untrusted()),
    blamed: "entra",
    found: /does not answer/,
    mend: /NODE_EXTRA_CA_CERTS/,
  },
  {
    broken: "Entra is down",
    breakIt: ({ entra }) => (entra.discovery.down = true),
    blamed: "entra",
    found: /answered 503/,
    mend: /Wait/,
  },
  {
    broken: "Entra gives no tokens at the moment",
    breakIt: ({ entra }) => entra.faults.set("temporarilyUnavailable"),
    blamed: "credential",
    found: /no token at the moment/,
    mend: /Wait/,
  },
  {
    broken: "the proxy does not take our password",
    breakIt: async (world) => {
      const proxy = await startConnectProxy("company.test");
      also.push(proxy);
      const wrong = new URL(proxy.url);
      wrong.password = "wrong";
      Object.assign(world.env, {
        HTTPS_PROXY: wrong.href,
        AUTHORITY_HOST: "https://login.company.test",
        GRAPH_URL: "https://graph.company.test",
      });
    },
    blamed: "proxy",
    found: /the proxy answered 407/,
    mend: /HTTPS_PROXY/,
  },
  {
    broken: "there is no proxy where it is said to be",
    breakIt: async ({ env }) =>
      Object.assign(env, { HTTPS_PROXY: await nowhere(), AUTHORITY_HOST: "https://login.company.test" }),
    blamed: "proxy",
    found: /lets nothing through \(ECONNREFUSED\)/,
    mend: /HTTPS_PROXY/,
  },
  {
    broken: "this machine's clock is ten minutes ahead",
    breakIt: (world) => (world.now = () => new Date(Date.now() + 600_000)),
    blamed: "clock",
    found: /(599|600|601) seconds ahead/,
    mend: /timedatectl/,
  },
  {
    broken: "this machine's clock is an hour behind",
    breakIt: (world) => (world.now = () => new Date(Date.now() - 3_600_000)),
    blamed: "clock",
    found: /seconds behind/,
    mend: /timedatectl/,
  },
  ...[
    "Policy.Read.AuthenticationMethod",
    "UserAuthMethod-Passkey.Read.All",
    "AuditLog.Read.All",
    "User.Read.All",
    "GroupMember.Read.All",
    "RoleManagement.Read.Directory",
  ].map(revoked),
  {
    broken: "the app may write by itself",
    breakIt: ({ tenant }) => tenant.consents.application.add("Policy.ReadWrite.AuthenticationMethod"),
    blamed: "permissions-beyond",
    as: "attention",
    found: /change things by itself.*Policy\.ReadWrite\.AuthenticationMethod/,
    mend: /Take back/,
  },
];
