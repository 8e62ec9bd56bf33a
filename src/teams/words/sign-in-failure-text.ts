/**
 * Why a Teams client could not sign a person in silently: what it says in `signin/failure`
 * (https://learn.microsoft.com/microsoftteams/platform/teams-sdk/teams/user-authentication/troubleshooting-sso).
 */
export const SIGN_IN_FAILURES = [
  "resourcematchfailed",
  "installedappnotfound",
  "tokenmissing",
  "invokeerror",
  "installappfailed",
  "authrequestfailed",
  "oauthcardnotvalid",
  "userconsentrequired",
  "interactionrequired",
] as const;
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number] | "other";

/** What happened, and who may mend it so that it does not happen again. What to do now is said by who calls. */
export function signInFailureText(failure: SignInFailure): string {
  switch (failure) {
    case "installedappnotfound":
      return "Teams could not sign you in by itself, because Latchkey is not installed for you. To mend that, add Latchkey in Teams under Apps; an administrator can do so for all approvers.";
    case "installappfailed":
      return "Teams could not sign you in by itself, because it could not install Latchkey for you. To mend that, an administrator allows the app for you in the Teams admin center.";
    case "resourcematchfailed":
      return "Teams could not sign you in by itself, because the app's package and the app registration name different Application ID URIs. To mend that, the operator compares APP_ID_URI, the manifest's `webApplicationInfo.resource` and Expose an API in Entra.";
    case "tokenmissing":
      return "Teams could not sign you in by itself, because Entra gave it no token for Latchkey. To mend that, an administrator looks at the scope `access_as_user`, the authorised client applications and the consent of the app registration.";
    case "userconsentrequired":
      return "Teams could not sign you in by itself, because consent is missing. To mend that, an administrator grants it for everybody.";
    case "interactionrequired":
      return "Teams could not sign you in by itself, because Entra wants to ask you something first.";
    case "authrequestfailed":
      return "Teams could not sign you in by itself: its request to Entra failed. If that goes on, an administrator looks at Entra's sign-in log for the app.";
    case "oauthcardnotvalid":
      return "Teams could not sign you in by itself, because it could not read Latchkey's request. If that goes on, the operator looks at the log, and for a newer version.";
    case "invokeerror":
    case "other":
      return "Teams could not sign you in by itself. If that goes on, the operator looks at the log for the reason that Teams gave.";
  }
}

/** With an address that only this person's sign-in completes. */
export const signInByLink = (planNumber: number, address: string): string =>
  `To approve plan #${planNumber} now, sign in here within ten minutes: ${address}`;

export const SIGN_IN_BY_BUTTON =
  "To go on, press Approve again: its button then leads to a sign-in in a browser.";
