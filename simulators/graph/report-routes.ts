import { activeRoles } from "../tenant/membership.js";
import type { SimPasskey, SimUser, SimulatedTenant } from "../tenant/simulated-tenant.js";
import { badRequest, GraphRefusal } from "./graph-error.js";
import type { GraphAnswer, GraphRequest, GraphWorld } from "./graph-exchange.js";
import type { Row } from "./odata/odata-filter.js";
import { answerCollection } from "./odata/odata-page.js";
import type { Readings } from "./readings.js";

const AUTHENTICATOR = ["90a3ccdf-635c-4729-a248-9b709135078f", "de1e552d-db1d-4423-a619-566b625cdc84"];
const WINDOWS_HELLO = [
  "08987058-cadc-4b81-b6e1-30de50dcbe96",
  "9ddd1817-af5a-4672-a2b9-3e3dd95000a9",
  "6028b017-b1d4-4c02-b4b3-afcdafc96bb2",
];

const TOP = { honoured: { maxTop: 999 }, ignored: { ignoresTop: true }, refused: {} } as const;

/** `userRegistrationDetails`: one row for each enabled account, as stale as the readings say. @throws GraphRefusal */
export function listRegistrations(world: GraphWorld, request: GraphRequest): GraphAnswer {
  refuseWithoutLicence(world.tenant);
  const filter = request.query.get("$filter") ?? "";
  if (!world.readings.reportAcceptsOr && /\bor\b/.test(filter)) {
    throw badRequest(`Invalid filter clause: 'or' is not supported in '${filter}'.`);
  }
  const people = {
    all: () => [...world.tenant.users.values()].filter((user) => isReported(user, world.readings)),
    row: (user: SimUser) => registrationOf(world, user),
  };
  return answerCollection(world, request, people, {
    context: "reports/authenticationMethods/userRegistrationDetails",
    pageSize: world.readings.reportPageSize,
    ...TOP[world.readings.reportTop],
    filterable: {
      methodsRegistered: "collection",
      userType: "text",
      userPrincipalName: "text",
      userDisplayName: "text",
      isAdmin: "boolean",
      isMfaRegistered: "boolean",
      isPasswordlessCapable: "boolean",
    },
    selectable: true,
  });
}

/** Documented code; the text differs between sources. */
export function refuseWithoutLicence(tenant: SimulatedTenant): void {
  if (tenant.premium) return;
  throw new GraphRefusal(
    403,
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
    "Neither tenant is B2C or tenant doesn't have premium license",
  );
}

function isReported(user: SimUser, { reportListsDeleted }: Readings): boolean {
  return user.accountEnabled && (!user.deleted || reportListsDeleted);
}

function registrationOf(world: GraphWorld, user: SimUser): Row {
  const known = Date.now() - world.readings.reportDelayHours * 3_600_000;
  const passkeys = user.passkeys.filter((passkey) => Date.parse(passkey.createdDateTime) <= known);
  const methods = new Set([
    ...user.otherMethods,
    ...passkeys.flatMap((passkey) => reportedMethods(passkey, world.readings)),
  ]);
  return {
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    userDisplayName: user.displayName,
    userType: user.userType,
    isAdmin: activeRoles(world.tenant, user).length > 0,
    isSsprRegistered: user.otherMethods.length > 0,
    isSsprEnabled: true,
    isSsprCapable: user.otherMethods.length > 0,
    isMfaRegistered: methods.size > 0,
    isMfaCapable: methods.size > 0,
    isPasswordlessCapable: passkeys.length > 0,
    methodsRegistered: [...methods],
    isSystemPreferredAuthenticationMethodEnabled: false,
    systemPreferredAuthenticationMethods: [],
    userPreferredMethodForSecondaryAuthentication: user.otherMethods.length > 0 ? "push" : "none",
    lastUpdatedDateTime: new Date(known).toISOString(),
  };
}

/** Names of the open enumeration; whether the general and the special one come together is unverified. */
function reportedMethods(passkey: SimPasskey, { reportedMethods: reading }: Readings): string[] {
  // A tenant of tests may have passkeys that name no model.
  const { aaGuid = "" }: Partial<SimPasskey> = passkey;
  const aaguid = (aaGuid ?? "").toLowerCase().replace(/[{}]/g, "");
  if (passkey.passkeyType === "synced") return ["passKeySynced"];
  const special = AUTHENTICATOR.includes(aaguid)
    ? "passKeyDeviceBoundAuthenticator"
    : WINDOWS_HELLO.includes(aaguid)
      ? "passKeyDeviceBoundWindowsHello"
      : passkey.attestationLevel === "attested"
        ? "fido2SecurityKey"
        : "passKeyDeviceBound";
  if (reading === "generic") return ["passKeyDeviceBound"];
  return reading === "both" ? ["passKeyDeviceBound", special] : [special];
}
