import { counted } from "../words/amounts.js";
import { attention, type Finding, missing, notChecked, notNeeded, works } from "./finding.js";
import { appPage, type CredentialLook, type SetUp } from "./set-up.js";

const SUBJECT = { id: "credential-expiry", title: "How long the credential is good" };
const DAY_MS = 24 * 60 * 60_000;
/** From so many days before its end on a credential is spoken of. */
const WARNED_DAYS = 30;

/** Until when the app can prove who it is. */
export function checkExpiry(setUp: SetUp, now: Date): Finding {
  const { credential } = setUp;
  if (credential.kind === "managed-identity")
    return notNeeded(SUBJECT, "A managed identity has no secret that could expire.");
  const { goodUntil } = credential;
  if (goodUntil === undefined)
    return notChecked(
      SUBJECT,
      "Entra does not tell an app with these permissions when its secret ends: set CLIENT_SECRET_EXPIRES to that day, such as 2027-06-30, to be warned.",
    );
  const day = goodUntil.toISOString().slice(0, 10);
  const { days, isOver, isNear } = lifeLeft(goodUntil, now);
  const mend = { mend: renewal(credential), link: appPage(setUp, "Credentials") };
  if (isOver) return missing(SUBJECT, `It ended on ${day}.`, mend);
  if (isNear) return attention(SUBJECT, `It ends on ${day}, in ${counted(days, "day")}.`, mend);
  return works(SUBJECT, `It is good until ${day}, for another ${counted(days, "day")}.`);
}

/** For the operator, while the end is near or over; names no id. */
export function expiryAttention(credential: CredentialLook, now: Date): readonly string[] {
  if (credential.kind === "managed-identity" || credential.goodUntil === undefined) return [];
  const { days, isOver, isNear } = lifeLeft(credential.goodUntil, now);
  const day = credential.goodUntil.toISOString().slice(0, 10);
  if (isOver)
    return [`The app's credential ended on ${day}: Entra lets it in no more. ${renewal(credential)}`];
  return isNear
    ? [`The app's credential ends on ${day}, in ${counted(days, "day")}. ${renewal(credential)}`]
    : [];
}

function lifeLeft(goodUntil: Date, now: Date) {
  const leftMs = goodUntil.getTime() - now.getTime();
  const days = Math.ceil(leftMs / DAY_MS);
  return { days, isOver: leftMs <= 0, isNear: leftMs <= WARNED_DAYS * DAY_MS };
}

function renewal({ kind }: CredentialLook): string {
  return kind === "certificate"
    ? "Add a new certificate to the app registration beside the old one, put it into the file of CLIENT_CERTIFICATE_PATH, and restart."
    : "Make a new one beside it (npm run entra-app -- --new-secret), put it where CLIENT_SECRET or CLIENT_SECRET_FILE has the old one, set CLIENT_SECRET_EXPIRES, and restart.";
}
