import type { Platform } from "../../core/command/guide/platform.js";
import type { GuideStanding, KeysAllowed } from "../../core/report/guide.js";
import { number } from "../../core/words/amounts.js";
import { code, plain } from "./card-text.js";

/** What a step's drawing shows. */
export type StepDrawing =
  | "version"
  | "switch"
  | "account"
  | "sign-in"
  | "biometric"
  | "computer"
  | "web"
  | "add"
  | "key"
  | "spare";

/** Read out in place of the drawing. */
export const DRAWING_WORDS: Readonly<Record<StepDrawing, string>> = {
  version: "A phone that gets an app",
  switch: "A switch that is on",
  account: "A person and a plus sign",
  "sign-in": "A field with a password",
  biometric: "A face in a frame",
  computer: "A computer with a QR code",
  web: "A page in a browser",
  add: "A page with a plus sign",
  key: "A security key",
  spare: "A shield with a tick",
};

/** One line of a guide. */
export interface GuideStep {
  readonly drawing: StepDrawing;
  readonly text: string;
}

/** Microsoft's own words for the same. */
export const LEARN_MORE: Readonly<Record<Platform, string>> = {
  ios: "https://learn.microsoft.com/entra/identity/authentication/how-to-register-passkey-authenticator",
  android: "https://learn.microsoft.com/entra/identity/authentication/how-to-register-passkey-authenticator",
  windows:
    "https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-entra-passkeys-on-windows",
  "security-key":
    "https://learn.microsoft.com/entra/identity/authentication/how-to-register-passkey-with-security-key",
};

export const PLATFORM_NAME: Readonly<Record<Platform, string>> = {
  ios: "iPhone or iPad",
  android: "Android phone",
  windows: "Windows computer",
  "security-key": "security key",
};

/** An address as people type it. */
export const typed = (url: string): string => url.replace(/^https:\/\//, "");

/**
 * Sources: Microsoft Learn, the pages of {@link LEARN_MORE}; steps on one's phone as of November 2026.
 * @param securityInfoUrl where people see to their own sign-in methods
 */
export function guideSteps(platform: Platform, securityInfoUrl: string): readonly GuideStep[] {
  switch (platform) {
    case "ios":
    case "android":
      return ON_PHONE[platform];
    case "windows":
      return [
        { drawing: "biometric", text: "Set up Windows Hello: **Settings**, Accounts, Sign-in options." },
        {
          drawing: "web",
          text: `On this computer open **${typed(securityInfoUrl)}** and sign in as you do today.`,
        },
        { drawing: "add", text: "Select **Add sign-in method**, then Passkey." },
        { drawing: "computer", text: "Choose **this Windows device** when you are asked where to keep it." },
        {
          drawing: "biometric",
          text: "Confirm with your face, fingerprint or PIN, and give the passkey a name.",
        },
      ];
    case "security-key":
      return [
        {
          drawing: "web",
          text: `Open **${typed(securityInfoUrl)}** on a computer and sign in as you do today.`,
        },
        { drawing: "add", text: "Select **Add sign-in method**, then Passkey." },
        {
          drawing: "key",
          text: "Choose **Security key** when you are asked where to keep it, and plug it in.",
        },
        { drawing: "sign-in", text: "Type the key's PIN. A new key asks you to make one up." },
        { drawing: "key", text: "Touch the key when it blinks, and give it a name." },
        { drawing: "spare", text: "Do the same with a second key, and keep that one in a safe place." },
      ];
  }
}

const ON_PHONE: Readonly<Record<"ios" | "android", readonly GuideStep[]>> = {
  ios: [
    { drawing: "version", text: "Update to iOS 17 or later, and install **Microsoft Authenticator**." },
    {
      drawing: "switch",
      text: "Open **Settings**, then General, AutoFill & Passwords. Turn on AutoFill and **Authenticator**.",
    },
    {
      drawing: "account",
      text: "Open Authenticator. Tap your work account, or add it with **+**: Work or school account.",
    },
    {
      drawing: "sign-in",
      text: "Tap **Create a passkey** and sign in as you do today. No QR code is needed.",
    },
    { drawing: "biometric", text: "Confirm with Face ID or Touch ID. The passkey is on this phone now." },
    {
      drawing: "computer",
      text: "To sign in on a computer, scan its QR code with the camera. Both need Bluetooth.",
    },
  ],
  android: [
    { drawing: "version", text: "Update to Android 14 or later, and install **Microsoft Authenticator**." },
    {
      drawing: "switch",
      text: "Open **Settings**, search for passkey, and turn on **Authenticator** as a provider.",
    },
    {
      drawing: "account",
      text: "Open Authenticator. Tap your work account, or add it with **+**: Work or school account.",
    },
    {
      drawing: "sign-in",
      text: "Tap **Create a passkey** and sign in as you do today. No QR code is needed.",
    },
    {
      drawing: "biometric",
      text: "Confirm with your fingerprint, face or PIN. The passkey is on this phone now.",
    },
    {
      drawing: "computer",
      text: "To sign in on a computer, scan its QR code with the camera. Both need Bluetooth.",
    },
  ],
};

/** What stands above the steps. `style`: how much it matters. */
export interface StandingWords {
  readonly style: "good" | "warning" | "default";
  readonly text: string;
}

/** What the policy says to the person who asks. */
export function standingWords(platform: Platform, standing: GuideStanding): StandingWords | undefined {
  switch (standing.kind) {
    case "unknown":
      return {
        style: "default",
        text: "What your organisation allows could not be looked up now. If a step is refused, ask your help desk.",
      };
    case "not-said":
      return {
        style: "default",
        text: "What your organisation allows differs from person to person. Ask me in a chat of your own.",
      };
    case "off":
      return {
        style: "warning",
        text: "**Not yet:** your organisation has not switched passkeys on. Your IT department tells you when.",
      };
    case "not-for-you":
      return {
        style: "warning",
        text: "**Not for you yet:** passkeys are on for others first. Ask your help desk when it is your turn.",
      };
    case "not-by-yourself":
      return {
        style: "warning",
        text: "**Not by yourself:** in your organisation the IT department sets up passkeys. Ask your help desk.",
      };
    case "not-allowed":
      return {
        style: "warning",
        text: `**Not on this:** your organisation does not allow a passkey on ${article(platform)} for you.${insteadWords(standing.instead)}`,
      };
    case "allowed":
      return allowedWords(platform, standing);
  }
}

function allowedWords(
  platform: Platform,
  { attested, keys }: Extract<GuideStanding, { kind: "allowed" }>,
): StandingWords {
  const ready = "You can do this now.";
  if (platform === "security-key") {
    const proof = attested ? " Only keys that can prove their model are taken." : "";
    return { style: "good", text: `${ready} ${keysWords(keys)}${proof}` };
  }
  if (!attested) return { style: "good", text: ready };
  return platform === "windows"
    ? {
        style: "warning",
        text: "Your organisation asks for proof of the model, which Windows Hello may not give. If it is refused, use a phone or a security key.",
      }
    : {
        style: "good",
        text: `${ready} Do it in the app as below: starting on a computer does not work here.`,
      };
}

/** More names than these are not compared with the one on a box. */
const NAMED_AT_MOST = 6;

function keysWords(keys: KeysAllowed): string {
  if (keys.mode === "any") return "Any FIDO2 security key will do.";
  const named = keys.names.slice(0, NAMED_AT_MOST).map((name) => plain(name));
  const rest = keys.names.length - named.length;
  const list = [...named, ...(rest > 0 ? [`${number(rest)} more`] : [])].join(", ");
  return keys.mode === "only" ? `These keys are allowed: ${list}.` : `Any key but these: ${list}.`;
}

function insteadWords(instead: readonly Platform[]): string {
  if (instead.length === 0) return " Ask your help desk what to use.";
  return ` Use ${instead.map(article).join(" or ")} instead.`;
}

function article(platform: Platform): string {
  return `${/^[aei]/i.test(PLATFORM_NAME[platform]) ? "an" : "a"} ${PLATFORM_NAME[platform]}`;
}

/** What is said of a key or phone that is gone. The same to everybody. */
export const lostText = (securityInfoUrl: string): string =>
  `Call your help desk now: they block what was lost, and give you a Temporary Access Pass to sign in once. Then remove the lost one at ${typed(securityInfoUrl)} and register a new one: the guide has the steps.`;
/** And of one that does not work. */
export const lockedOutText = (securityInfoUrl: string): string =>
  `On the sign-in page choose another way to sign in, if you have one. If not, your help desk can give you a Temporary Access Pass, which signs you in once. Then look at ${typed(securityInfoUrl)} and register a new passkey: the guide has the steps.`;
/** What everybody may ask; the guides stand below it as buttons. */
export const ownPasskeyText = (securityInfoUrl: string): string =>
  `For your own passkey choose a guide below. Lost a key or a phone, or cannot sign in? Call your help desk, and look at ${typed(securityInfoUrl)}.`;

/** To a person without a role, to any question. @param byRole whether a role is what lets people in */
export function forAdministratorsText(byRole: boolean, securityInfoUrl: string): string {
  const entry = byRole
    ? "If you are one, activate your role first and write it again."
    : "If you should be one of them, ask the operator to add you.";
  return `I work for the administrators who decide about passkeys here, so I cannot do that for you. ${entry}\n\n${ownPasskeyText(securityInfoUrl)}`;
}

/** To a guest without a role here. */
export const FOR_GUESTS =
  "You are a guest here, and a guest's passkeys belong to the organisation they come from. Ask the help desk there.";

export const DOCS_TEXT =
  "Say `help` for what I can do, and `guide` for how people set up a passkey. Microsoft's pages on passkeys in Entra: https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2";

/** For a person who wants others to have a guide. @param saying how it is asked for */
export function sendGuideText(saying: string, securityInfoUrl: string): string {
  return `I write to nobody by myself, so nothing was sent. Everybody here can write ${code(saying)} to me in a chat of their own; to send it yourself, copy this:\n\n> Please set up a passkey for your work account. Write ${code(saying)} to Latchkey in Teams and follow the steps, or go to ${securityInfoUrl}.`;
}
