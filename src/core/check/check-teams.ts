import { Fault } from "../errors.js";
import type { Probes } from "../ports/probes.js";
import { attention, type Finding, missing, notChecked, works } from "./finding.js";
import { appPage, type SetUp } from "./set-up.js";

const BOT = { id: "bot-channel", title: "The Bot Framework takes the app" };
const API = { id: "sign-on", title: "Single sign-on (Expose an API)" };
const REGISTRATION = { id: "registration", title: "Approvers' consent, and Teams' two clients" };
const KEYS = { id: "channel-keys", title: "Teams' signing keys" };
const PUBLIC = { id: "public-address", title: "Teams reaches the bot (PUBLIC_URL)" };
const NEEDS_SIGN_IN = "The app has to sign in for this.";

/** Where Entra sends a browser back to: for an approval, and after consent. */
const RETURN_PATHS = ["/sign-in/done", "/sign-in"];

/** What stands between people in Teams and this bot. */
export async function checkTeams(
  probes: Probes,
  setUp: SetUp,
  isSignedIn: boolean,
): Promise<readonly Finding[]> {
  return Promise.all([
    isSignedIn ? checkBot(probes, setUp) : notChecked(BOT, NEEDS_SIGN_IN),
    isSignedIn ? checkOwnApi(probes, setUp) : notChecked(API, NEEDS_SIGN_IN),
    notChecked(
      REGISTRATION,
      `With these permissions an app may not read its own registration. For one person the button "Try sign-in" of check shows both, in the chat; for all: npm run entra-app -- --public-url ${setUp.publicUrl} --dry-run, by a person who is signed in with az.`,
    ),
    ...RETURN_PATHS.map((path) => checkRedirect(probes, setUp, { path, isSignedIn })),
    checkKeys(probes, setUp),
    checkPublicAddress(probes, setUp),
  ]);
}

async function checkBot(probes: Probes, { clientId }: SetUp): Promise<Finding> {
  const done = await fault(() => probes.botSignIn());
  if (done === undefined)
    return works(BOT, "Entra gives a token for it, with which answers are sent to Teams.");
  if (done.code === "entra-unavailable") return notChecked(BOT, `Entra did not say: ${done.message}`);
  return missing(BOT, `Entra gives no token for the Bot Framework (${done.entraCode ?? done.code}).`, {
    mend: `Make the Azure Bot with this app, single tenant: az bot create --app-type SingleTenant --appid ${clientId}; and mend CLOUD where the bot is in another one.`,
  });
}

/** Entra knows no resource of this name. */
const NO_SUCH_API = "AADSTS500011";

async function checkOwnApi(probes: Probes, setUp: SetUp): Promise<Finding> {
  const done = await fault(() => probes.ownApi());
  if (done === undefined)
    return works(
      API,
      `Entra knows ${setUp.appIdUri}. What a person's sign-in carries shows the button "Try sign-in" of check, in the chat.`,
    );
  if (done.entraCode !== NO_SUCH_API)
    return notChecked(API, `Entra did not say (${done.entraCode ?? done.code}).`);
  return missing(API, `Entra knows no ${setUp.appIdUri} (${NO_SUCH_API}).`, {
    mend: "Set it as Application ID URI and expose the scope access_as_user to Teams' two clients: npm run entra-app; another one goes into APP_ID_URI.",
    link: appPage(setUp, "ProtectAnAPI"),
  });
}

async function checkRedirect(
  probes: Probes,
  setUp: SetUp,
  { path, isSignedIn }: { readonly path: string; readonly isSignedIn: boolean },
): Promise<Finding> {
  const subject = { id: `redirect:${path}`, title: `Redirect URI ${path}` };
  if (!isSignedIn) return notChecked(subject, NEEDS_SIGN_IN);
  const address = `${setUp.publicUrl}${path}`;
  switch (await probes.redirect(path)) {
    case "known":
      return works(subject, `Entra sends browsers back to ${address}.`);
    case "unknown":
      return missing(subject, `Entra does not know ${address} (AADSTS50011).`, {
        mend: `Add it as a Web redirect URI: npm run entra-app, or az ad app update --id ${setUp.clientId} --web-redirect-uris ${RETURN_PATHS.map((each) => setUp.publicUrl + each).join(" ")}.`,
        link: appPage(setUp, "Authentication"),
      });
    case "untold":
      return notChecked(subject, "Entra did not say whether it knows it.");
  }
}

async function checkKeys(probes: Probes, { botTokenIssuer }: SetUp): Promise<Finding> {
  const answer = await probes.channelKeys();
  const mend = {
    mend: "Let this machine reach BOT_OPENID_METADATA_URL on port 443, and mend CLOUD where the bot is in another one: without the keys no message is believed.",
  };
  if (answer.kind === "no-answer") return missing(KEYS, `They cannot be fetched (${answer.why}).`, mend);
  if (answer.status !== 200) return missing(KEYS, `They cannot be fetched (${answer.status}).`, mend);
  if (answer.issuer !== botTokenIssuer)
    return missing(
      KEYS,
      `They are those of ${answer.issuer ?? "no one"}, and messages are to be from ${botTokenIssuer}.`,
      {
        mend: "Mend BOT_TOKEN_ISSUER, BOT_OPENID_METADATA_URL or CLOUD: they have to be of the same cloud.",
      },
    );
  return works(KEYS, "They can be fetched.");
}

async function checkPublicAddress(probes: Probes, { publicUrl }: SetUp): Promise<Finding> {
  const address = `${publicUrl}/api/messages`;
  const answer = await probes.publicAddress();
  if (answer.kind === "no-answer")
    return missing(PUBLIC, `${address} does not answer (${answer.why}).`, reachMend(answer.why));
  const { status } = answer;
  // A message without a signature is what the bot turns away.
  if (status === 401)
    return works(
      PUBLIC,
      `${address} answers as the bot does, asked from this machine. That the Azure Bot's messaging endpoint is this address shows when it answers in Teams.`,
    );
  if (status >= 300 && status < 400)
    return missing(
      PUBLIC,
      `${address} redirects${answer.location === undefined ? "" : ` to ${answer.location}`}, and Teams does not follow.`,
      {
        mend: "Set PUBLIC_URL, and the Azure Bot's messaging endpoint, to where the bot really is.",
      },
    );
  if (status >= 500)
    return missing(
      PUBLIC,
      `${address} answers ${status}: what stands in front does not reach the bot, or the bot cannot fetch Teams' keys.`,
      {
        mend: "Start the bot (curl http://localhost:3978/healthz), and let the proxy in front lead to HOST and PORT.",
      },
    );
  if (status === 429)
    return attention(PUBLIC, `${address} answers 429: what stands in front turns requests away.`, {
      mend: "Take the limit away there: the bot limits by itself (docs/operations.md).",
    });
  return missing(
    PUBLIC,
    `${address} answers ${status}, which is not what the bot says to a message without a signature (401).`,
    {
      mend: "Let the proxy in front lead /api/messages, /sign-in and /evidence to the bot, with POST and without a sign-in of its own.",
    },
  );
}

function reachMend(why: string) {
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(why))
    return {
      mend: "Give the address a certificate for its name, with its chain, of an authority that all trust: Teams takes no other.",
    };
  if (/NOTFOUND|EAI_AGAIN/.test(why))
    return { mend: "Make the name of PUBLIC_URL known in DNS, or mend PUBLIC_URL." };
  return {
    mend: "Start the bot, and let port 443 of that name lead to HOST and PORT. Where this machine cannot reach its own public name, look from another one: curl -i -X POST <PUBLIC_URL>/api/messages has to say 401.",
  };
}

async function fault(work: () => Promise<void>): Promise<Fault | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
