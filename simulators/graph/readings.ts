import { FACTS, type FactId } from "../../src/facts/facts.js";

/**
 * Where Graph's behaviour is not documented, or documented two ways, a test chooses which way it is.
 * The comments say what the default rests on; what one request to a tenant can settle is in `src/facts`.
 */
export interface Readings {
  /** Enabling FIDO2 in a legacy tenant turns it into a profiles tenant. Unverified either way. */
  readonly firstEnableMigrates: boolean;
  /** Seen: values are stored as sent. */
  readonly aaguidCase: "kept" | "lower";
  /** Seen: a live policy held the same AAGUID twice. */
  readonly aaguidDuplicates: "kept" | "removed" | "refused";
  /** Order of `aaGuids` when read back. */
  readonly aaguidOrder: "kept" | "sorted";
  /** Order of profiles and targets when read back. */
  readonly collectionOrder: "kept" | "reversed";
  /** A `keyRestrictions` without all three parts, or a known profile sent without one of its own. Refusing is strictest. */
  readonly omittedParts: "refused" | "kept" | "reset";
  /** A profile left out of `passkeyProfiles`. Third-party code resends all, as if it were deleted. */
  readonly omittedProfile: "deleted" | "kept";
  /** The deprecated pair and the default profile say different things in one PATCH. Seen, weakly: the pair wins. */
  readonly contradiction: "profile-wins" | "pair-wins" | "refused";
  /** The deprecated pair in a profiles tenant: mirrored today, announced to stop returning data on 2027-10-15. */
  readonly deprecatedPair: "mirrored" | "null" | "absent";
  /** A PATCH without `@odata.type`, which the documentation requires. Seen: 204, and nothing changes. */
  readonly missingODataType: "refused" | "accepted-without-effect" | "accepted";
  /** An `If-Match` that does not match. Neither page nor metadata mentions it. */
  readonly ifMatch: "ignored" | "honoured" | "refused";
  /** A profile that enforces attestation and admits both kinds. Seen: stored so; synced passkeys cannot be attested. */
  readonly attestedKinds: "kept" | "device-bound-only";
  /**
   * `includeTargets` and `passkeyProfiles` are navigation properties without an annotation that expands them. Seen: a
   * plain GET has them.
   */
  readonly navigation: "always" | "when-expanded";
  /** A list of authentication strengths has their configurations in it. Graph's examples show it, and no text says it. */
  readonly strengthsInline: boolean;
  /** Annotations such as `includeTargets@odata.context` sent back in a PATCH. */
  readonly annotationsInBody: "ignored" | "refused";
  readonly defaultProfileRename: "accepted" | "refused";
  /** Third-party code sends new profiles without one. */
  readonly profileWithoutId: "given-an-id" | "refused";
  /** `replaced`: the profile gets another id, and a target of the same PATCH names one that is not there. */
  readonly clientMadeProfileIds: "accepted" | "replaced" | "refused";
  /** For so long a write is not seen by a GET. */
  readonly visibleAfterMs: number;
  /** Documented: 20 KB. Whether of the whole policy or of this part of it differs by page. */
  readonly sizeLimitBytes: number;
  /** Security Administrator is not on the list of roles that may write; some believe it may. */
  readonly securityAdministratorMayWrite: boolean;
  /** Whether Graph asks the directory for the caller's roles, or believes the `wids` of the token. */
  readonly rolesTakenFrom: "directory" | "token";
  /** What the registration report calls a hardware key, Authenticator or Windows Hello. */
  readonly reportedMethods: "specific" | "generic" | "both";
  /** The report's `$filter` with several `any()` joined by `or`. */
  readonly reportAcceptsOr: boolean;
  /** The report's `$top`, up to 999. The metadata says that it is supported, the documentation does not mention it. */
  readonly reportTop: "honoured" | "ignored" | "refused";
  /** Passkeys younger than this are not in the registration report yet (documented: up to 36 h). */
  readonly reportDelayHours: number;
  /** Whether the report still lists people deleted since it was made. */
  readonly reportListsDeleted: boolean;
  readonly reportPageSize: number;
  readonly passkeyPageSize: number;
  /** Documented for directory objects: 100 unless `$top` says otherwise. */
  readonly directoryPageSize: number;
  /** Since April 2026 the audit log holds changed properties only (documented); before, the whole policy. */
  readonly auditDetail: "changed" | "whole";
  /** Whom the audit log names for a write on behalf of a person. */
  readonly auditNames: "person" | "app";
  /**
   * Which service logs a passkey coming or going. Seen: both, so that one registration has two entries: "User registered
   * security info" of Authentication Methods, and one of the Device Registration Service.
   */
  readonly passkeysAuditedBy: "authentication-methods" | "device-registration" | "both";
  /** What the latter calls it: "Add Passkey (device-bound)" or "(synced)" today; before, two other names. */
  readonly passkeyActivities: "by-kind" | "passkey-security-key" | "fido2-security-key";
  /** How that entry says whose passkey it is. Seen: by address, `id` null. Its display name is the id of the key. */
  readonly passkeyEntriesName: "address" | "id";
  /**
   * What is logged of a registration that the policy refuses. Not documented, and not seen: nothing; a failure of each
   * service; or the same with the model.
   */
  readonly refusedRegistrations: "not-logged" | "without-model" | "with-model";
  /** Whether the audit log can be filtered by result, which no page says. */
  readonly auditResultFilter: "accepted" | "refused";
  /** Documented: minutes. */
  readonly auditDelayMs: number;
  /** Whether a tenant without P1 or P2 is refused its directory audit log. */
  readonly auditsNeedLicence: boolean;
  /** Order of the answers in a batch's answer. Documented: any. */
  readonly batchOrder: "kept" | "shuffled";
  /**
   * Headers that say how much of a limit is used up, from four fifths on, and which limit it was. Documented for the
   * directory's own limits; whether the limit of reports and authentication methods sends them is unverified.
   */
  readonly throttleHints: boolean;
}

function is(fact: FactId, reading: string): boolean {
  return FACTS[fact].value === reading;
}

export const USUAL_READINGS: Readings = {
  firstEnableMigrates: is("firstEnable", "migrates"),
  aaguidCase: FACTS.aaguidCase.value,
  aaguidDuplicates: FACTS.aaguidDuplicates.value,
  aaguidOrder: FACTS.aaguidOrder.value,
  collectionOrder: FACTS.collectionOrder.value,
  omittedParts: FACTS.omittedParts.value,
  omittedProfile: FACTS.omittedProfile.value,
  contradiction: FACTS.contradiction.value,
  deprecatedPair: FACTS.deprecatedPair.value,
  missingODataType: FACTS.missingODataType.value,
  ifMatch: FACTS.ifMatch.value,
  attestedKinds: FACTS.attestedKinds.value,
  navigation: FACTS.navigation.value,
  strengthsInline: is("strengthsInline", "yes"),
  annotationsInBody: FACTS.annotationsInBody.value,
  defaultProfileRename: FACTS.defaultProfileRename.value,
  profileWithoutId: FACTS.profileWithoutId.value,
  clientMadeProfileIds: FACTS.clientMadeProfileIds.value,
  visibleAfterMs: 0,
  sizeLimitBytes: 20 * 1024,
  securityAdministratorMayWrite: false,
  rolesTakenFrom: "directory",
  reportedMethods: "specific",
  reportAcceptsOr: is("reportOr", "accepted"),
  reportTop: FACTS.reportTop.value,
  reportDelayHours: 0,
  reportListsDeleted: true,
  reportPageSize: 100,
  passkeyPageSize: 5,
  directoryPageSize: 100,
  auditDetail: FACTS.auditDetail.value,
  auditNames: FACTS.auditNames.value,
  passkeysAuditedBy: FACTS.registrationEntries.value,
  passkeyActivities: FACTS.passkeyActivities.value,
  passkeyEntriesName: FACTS.passkeyEntriesName.value,
  refusedRegistrations: "not-logged",
  auditResultFilter: "refused",
  auditDelayMs: 0,
  auditsNeedLicence: is("auditsNeedLicence", "no"),
  batchOrder: "shuffled",
  throttleHints: false,
};
