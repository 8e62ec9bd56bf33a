/** Documented limit of the passkey policy; Graph counts 20 KB. */
export const POLICY_LIMIT_BYTES = 20_000;
/** From here an approver is warned that little room is left. */
export const POLICY_WARNING_BYTES = 18_000;
/** Documented limit of passkey profiles, the default one included. */
export const PROFILE_LIMIT = 3;
