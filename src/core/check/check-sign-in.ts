import { Fault } from "../errors.js";
import type { AppToken, Probes, WebAnswer } from "../ports/probes.js";
import { type Finding, missing, notChecked, notNeeded, works } from "./finding.js";
import { appPage, type SetUp } from "./set-up.js";

const PROXY = { id: "proxy", title: "Proxy" };
const ENTRA = { id: "entra", title: "Entra answers" };
const TENANT = { id: "tenant", title: "The tenant (TENANT_ID)" };
const APP = { id: "app", title: "The app registration (CLIENT_ID)" };
const CREDENTIAL = { id: "credential", title: "The app signs in" };
const CLOCK = { id: "clock", title: "This machine's clock" };

/** Entra takes tokens that are five minutes off, and so do we with Teams'. */
const SKEW_AT_MOST_SECONDS = 240;

/** What came of signing in; `token` undefined: it did not work, and nothing that needs it can be told. */
export interface SignInChecked {
  readonly findings: readonly Finding[];
  readonly token: AppToken | undefined;
}

/** The way to Entra, and who we are there: of what stands in a row the first that is wrong is named, and no other. */
export async function checkSignIn(probes: Probes, setUp: SetUp, now: () => Date): Promise<SignInChecked> {
  const answer = await probes.entra();
  const reached = reach(answer, setUp);
  const clock = checkClock(answer, now());
  if (reached.some(({ state }) => state === "missing")) {
    const after = "Entra has to be reached for this, and know the tenant.";
    return {
      findings: [...reached, clock, notChecked(APP, after), notChecked(CREDENTIAL, after)],
      token: undefined,
    };
  }
  try {
    const token = await probes.appSignIn();
    const how = {
      secret: "its secret",
      certificate: "its certificate",
      "managed-identity": "the managed identity",
    };
    const findings = [
      works(APP, "Entra knows it in this tenant."),
      works(CREDENTIAL, `Entra takes ${how[setUp.credential.kind]}.`),
    ];
    return { findings: [...reached, clock, ...findings], token };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { findings: [...reached, clock, ...notSignedIn(error, setUp)], token: undefined };
  }
}

function reach(answer: WebAnswer, setUp: SetUp): readonly Finding[] {
  const { proxy } = setUp;
  const noProxy = notNeeded(PROXY, "None is set: everything is reached directly.");
  const through = proxy === undefined ? noProxy : works(PROXY, `Requests go through ${proxy.join(" and ")}.`);
  if (answer.kind === "no-answer") {
    const isProxys = proxy !== undefined && (answer.why.startsWith("the proxy") || isConnection(answer.why));
    if (isProxys)
      return [
        missing(PROXY, `${proxy.join(" and ")} lets nothing through (${answer.why}).`, {
          mend: "Mend HTTPS_PROXY: address, name and password; or NO_PROXY for what is reached without it.",
        }),
        notChecked(ENTRA, "It is behind the proxy."),
        notChecked(TENANT, "It is behind the proxy."),
      ];
    return [through, unreached(answer.why, setUp), notChecked(TENANT, "Entra has to be reached for this.")];
  }
  if (answer.status >= 500)
    return [
      through,
      missing(ENTRA, `${setUp.authorityHost} answered ${answer.status}.`, {
        mend: "Wait a few minutes and look again; https://status.azure.com says whether Entra is down.",
      }),
      notChecked(TENANT, "Entra did not say."),
    ];
  const there = works(ENTRA, `${setUp.authorityHost} answers.`);
  if (answer.status === 200) return [through, there, works(TENANT, "Entra knows it.")];
  if (answer.entraCode === undefined)
    return [
      through,
      missing(ENTRA, `${setUp.authorityHost} answered ${answer.status}, which is not what Entra says.`, {
        mend: "Mend AUTHORITY_HOST or CLOUD; a proxy or firewall may answer in Entra's place.",
      }),
      notChecked(TENANT, "Entra did not say."),
    ];
  return [
    through,
    there,
    missing(TENANT, `Entra knows no tenant ${setUp.tenantId} (${answer.entraCode}).`, {
      mend: "Set TENANT_ID to the tenant's id (az account show --query tenantId), and CLOUD where it is in another one.",
      link: `${setUp.adminCenterUrl}/#view/Microsoft_AAD_IAM/TenantOverview.ReactView`,
    }),
  ];
}

const isConnection = (why: string): boolean => /^E(CONN|HOST|NET|AI|NOTFOUND)/.test(why);

function unreached(why: string, { authorityHost }: SetUp): Finding {
  const isTrust = /CERT|SELF_SIGNED|UNABLE_TO/.test(why);
  return missing(ENTRA, `${authorityHost} does not answer (${why}).`, {
    mend: isTrust
      ? "Its certificate is of an authority that Node does not know, as of a proxy that looks into TLS: export NODE_EXTRA_CA_CERTS with that authority."
      : "Let this machine reach it on port 443, or set HTTPS_PROXY; docs/operations.md lists every address.",
  });
}

function checkClock(answer: WebAnswer, now: Date): Finding {
  const theirs = Date.parse(answer.kind === "answered" ? (answer.date ?? "") : "");
  if (Number.isNaN(theirs)) return notChecked(CLOCK, "Entra did not say what time it is.");
  const ahead = Math.round((now.getTime() - theirs) / 1000);
  if (Math.abs(ahead) <= SKEW_AT_MOST_SECONDS)
    return works(CLOCK, `It is within ${SKEW_AT_MOST_SECONDS / 60} minutes of Entra's.`);
  const way = ahead > 0 ? "ahead of" : "behind";
  return missing(
    CLOCK,
    `It is ${Math.abs(ahead)} seconds ${way} Entra's: tokens count as expired, or as not yet good.`,
    {
      mend: "Set it by NTP: timedatectl set-ntp true.",
    },
  );
}

const UNKNOWN_APP = ["AADSTS700016"];
const DISABLED_APP = ["AADSTS7000112"];
const FEDERATED = ["AADSTS700213", "AADSTS70021", "AADSTS700211", "AADSTS700212", "AADSTS700024"];

function notSignedIn(fault: Fault, setUp: SetUp): readonly Finding[] {
  const code = fault.entraCode ?? fault.code;
  if (UNKNOWN_APP.includes(code) || DISABLED_APP.includes(code)) {
    const isOff = DISABLED_APP.includes(code);
    return [
      missing(
        APP,
        isOff
          ? `It is switched off in this tenant (${code}).`
          : `Tenant ${setUp.tenantId} has no app ${setUp.clientId} (${code}).`,
        {
          mend: isOff
            ? `Let it sign in again: az ad sp update --id ${setUp.clientId} --set accountEnabled=true.`
            : "Set CLIENT_ID to the application (client) id, not the object id; or make the app: npm run entra-app.",
          link: appPage(setUp, "Overview"),
        },
      ),
      notChecked(CREDENTIAL, "Entra has to know the app for this."),
    ];
  }
  if (fault.code === "entra-unavailable")
    return [
      notChecked(APP, "Entra did not say."),
      missing(CREDENTIAL, "Entra gives no token at the moment.", {
        mend: "Wait a few minutes and look again; https://status.azure.com says whether Entra is down.",
      }),
    ];
  return [
    notChecked(APP, "Entra did not get that far."),
    missing(CREDENTIAL, refusedWords(code, setUp), {
      mend: credentialMend(code, setUp),
      link: appPage(setUp, "Credentials"),
    }),
  ];
}

function refusedWords(code: string, { credential }: SetUp): string {
  switch (credential.kind) {
    case "secret":
      return code === "AADSTS7000222"
        ? `Its secret has expired (${code}).`
        : `Entra does not take its secret (${code}).`;
    case "certificate":
      return code === "AADSTS700027"
        ? `Entra does not know its certificate (${code}).`
        : `Entra does not take its certificate (${code}).`;
    case "managed-identity":
      return code.startsWith("AADSTS")
        ? `Entra does not trust the managed identity for this app (${code}).`
        : "This machine gives out no token of the managed identity.";
  }
}

function credentialMend(code: string, { credential, clientId }: SetUp): string {
  switch (credential.kind) {
    case "secret":
      return "Set CLIENT_SECRET to the secret's value (Entra shows it once; its id is not it), or make a new one: npm run entra-app -- --new-secret.";
    case "certificate":
      return `Upload the certificate of CLIENT_CERTIFICATE_PATH: az ad app credential reset --id ${clientId} --cert @app.crt --append.`;
    case "managed-identity":
      return FEDERATED.includes(code)
        ? "Trust it under Federated credentials: its principal id as subject, this tenant as issuer, and the audience that docs/permissions.md names."
        : "Assign the user-assigned identity to this machine or container app, and set MANAGED_IDENTITY_CLIENT_ID to its client id.";
  }
}
