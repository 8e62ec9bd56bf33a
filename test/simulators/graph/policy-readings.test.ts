import { describe, expect, test } from "vitest";
import { SYNCED_PROFILE } from "../../../simulators/tenant/sample-policies.js";
import { DEFAULT_PROFILE } from "../../../simulators/tenant/simulated-tenant.js";
import { ODATA_TYPE, POLICY_PATH } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const IOS = "90a3ccdf-635c-4729-a248-9b709135078f";
const ANDROID = "de1e552d-db1d-4423-a619-566b625cdc84";
const shared = sharedSimulators();

const read = async () => (await shared().get(POLICY_PATH, shared().app)).body;
const patch = async (changes: object) =>
  (await shared().patchPolicy({ "@odata.type": ODATA_TYPE, ...changes }, shared().grace)).status;
const allow = (...aaGuids: string[]) => ({ isEnforced: true, enforcementType: "allow", aaGuids });
const stored = () => shared().tenant.policy.keyRestrictions;
const profiles = () => shared().tenant.policy.passkeyProfiles;

describe("where Graph is not documented, it can be played either way:", () => {
  test("a first enable leaves the legacy shape, or makes a default profile of it", async () => {
    shared().startWith("paused-pilot");
    await patch({ state: "enabled" });
    expect(await read()).toMatchObject({ defaultPasskeyProfile: null, passkeyProfiles: [] });
    shared().startWith("paused-pilot");
    shared().graph.readings.firstEnableMigrates = true;
    await patch({ state: "enabled", isAttestationEnforced: false, keyRestrictions: allow(IOS) });
    expect(await read()).toMatchObject({
      defaultPasskeyProfile: DEFAULT_PROFILE,
      keyRestrictions: allow(IOS),
      passkeyProfiles: [{ passkeyTypes: "deviceBound,synced", attestationEnforcement: "disabled" }],
      includeTargets: [{ allowedPasskeyProfiles: [DEFAULT_PROFILE] }],
    });
    shared().startWith("paused-pilot");
    await patch({ state: "enabled" });
    expect(profiles()).toMatchObject([
      { passkeyTypes: "deviceBound", attestationEnforcement: "registrationOnly" },
    ]);
  });

  test("AAGUIDs keep case, order and duplicates, or lose them", async () => {
    const { readings } = shared().graph;
    const sent = [ANDROID.toUpperCase(), IOS, ANDROID];
    shared().startWith("legacy-open");
    await patch({ keyRestrictions: allow(...sent) });
    expect(stored().aaGuids).toEqual(sent);
    readings.aaguidCase = "lower";
    readings.aaguidDuplicates = "removed";
    readings.aaguidOrder = "sorted";
    await patch({ keyRestrictions: allow(...sent) });
    expect(stored().aaGuids).toEqual([IOS, ANDROID]);
    readings.aaguidDuplicates = "refused";
    expect(await patch({ keyRestrictions: allow(...sent) })).toBe(400);
  });

  test("profiles and targets come back in another order", async () => {
    shared().startWith("profiles");
    shared().graph.readings.collectionOrder = "reversed";
    expect(await read()).toMatchObject({
      passkeyProfiles: [{ id: SYNCED_PROFILE }, { id: DEFAULT_PROFILE }],
    });
  });

  test("parts of the restrictions left out are kept, or reset", async () => {
    const { readings } = shared().graph;
    readings.omittedParts = "kept";
    shared().startWith("legacy-block");
    await patch({ keyRestrictions: { aaGuids: [IOS] } });
    expect(stored()).toEqual({ isEnforced: true, enforcementType: "block", aaGuids: [IOS] });
    readings.omittedParts = "reset";
    await patch({ keyRestrictions: { aaGuids: [IOS] } });
    expect(stored()).toEqual({ isEnforced: false, enforcementType: "allow", aaGuids: [IOS] });
  });

  test("parts of a known profile left out are kept, or reset", async () => {
    const { readings } = shared().graph;
    const bare = { id: DEFAULT_PROFILE, name: "Renamed" };
    readings.omittedParts = "kept";
    shared().startWith("profiles-block");
    const before = profiles()[0];
    await patch({ passkeyProfiles: [bare] });
    expect(profiles()).toEqual([{ ...before, name: "Renamed" }]);
    readings.omittedParts = "reset";
    await patch({ passkeyProfiles: [bare] });
    expect(profiles()[0]).toMatchObject({
      passkeyTypes: "deviceBound",
      keyRestrictions: { isEnforced: false },
    });
  });

  test("profiles left out are deleted, or stay", async () => {
    shared().startWith("profiles");
    shared().graph.readings.omittedProfile = "kept";
    expect(await patch({ passkeyProfiles: [profiles()[1]] })).toBe(204);
    expect(profiles().map((profile) => profile.id)).toEqual([SYNCED_PROFILE, DEFAULT_PROFILE]);
  });

  test("when pair and default profile contradict each other, either wins, or neither", async () => {
    const { readings } = shared().graph;
    const both = () => ({
      keyRestrictions: allow(IOS),
      passkeyProfiles: [{ ...profiles()[0], keyRestrictions: allow(ANDROID) }],
    });
    shared().startWith("profiles-open");
    await patch(both());
    expect(profiles()[0]?.keyRestrictions).toEqual(allow(IOS));
    readings.contradiction = "profile-wins";
    await patch(both());
    expect(profiles()[0]?.keyRestrictions).toEqual(allow(ANDROID));
    readings.contradiction = "refused";
    expect(await patch(both())).toBe(400);
    expect(await patch({ ...both(), keyRestrictions: allow(ANDROID) })).toBe(204);
    const { id: _, ...added } = { ...profiles()[0], name: "Added" };
    expect(await patch({ passkeyProfiles: [...profiles(), added] })).toBe(204);
  });

  test("a body without its type is accepted without effect, refused, or accepted", async () => {
    const { readings } = shared().graph;
    const send = async () => (await shared().patchPolicy({ state: "enabled" }, shared().grace)).status;
    shared().startWith("never-enabled");
    expect(await send()).toBe(204);
    expect((await read()).state).toBe("disabled");
    readings.missingODataType = "refused";
    expect(await send()).toBe(400);
    readings.missingODataType = "accepted";
    expect(await send()).toBe(204);
    expect((await read()).state).toBe("enabled");
  });

  test("attestation leaves a profile its kinds, or the one that can be attested", async () => {
    const both = () => ({
      passkeyProfiles: [
        { ...profiles()[0], passkeyTypes: "deviceBound,synced", attestationEnforcement: "registrationOnly" },
      ],
    });
    shared().startWith("profiles-open");
    await patch(both());
    expect(profiles()[0]?.passkeyTypes).toBe("deviceBound,synced");
    shared().graph.readings.attestedKinds = "device-bound-only";
    await patch(both());
    expect(profiles()[0]?.passkeyTypes).toBe("deviceBound");
    await patch({ passkeyProfiles: [{ ...both().passkeyProfiles[0], attestationEnforcement: "disabled" }] });
    expect(profiles()[0]?.passkeyTypes).toBe("deviceBound,synced");
  });

  test("targets and profiles come with the policy, or only to who expands them", async () => {
    shared().startWith("profiles");
    const whole = await read();
    shared().graph.readings.navigation = "when-expanded";
    expect(Object.keys(await read()).filter((name) => /includeTargets|passkeyProfiles/.test(name))).toEqual(
      [],
    );
    const expanded = await shared().get(
      `${POLICY_PATH}?$expand=includeTargets,passkeyProfiles`,
      shared().app,
    );
    expect(expanded.body).toEqual(whole);
  });

  test("annotations sent back are ignored, or refused", async () => {
    shared().startWith("never-enabled");
    const noise = { "includeTargets@odata.context": "https://localhost/", state: "enabled" };
    expect(await patch(noise)).toBe(204);
    shared().graph.readings.annotationsInBody = "refused";
    expect(await patch(noise)).toBe(400);
  });

  test("the default profile may be renamed, or not", async () => {
    shared().startWith("profiles-open");
    const renamed = () => ({ passkeyProfiles: [{ ...profiles()[0], name: "Everyone" }] });
    shared().graph.readings.defaultProfileRename = "refused";
    expect(await patch(renamed())).toBe(400);
    shared().graph.readings.defaultProfileRename = "accepted";
    expect(await patch(renamed())).toBe(204);
  });

  test("a client may choose the id of a new profile, or not", async () => {
    shared().startWith("profiles-open");
    const added = () => ({ passkeyProfiles: [profiles()[0], { ...profiles()[0], id: IOS }] });
    shared().graph.readings.clientMadeProfileIds = "refused";
    expect(await patch(added())).toBe(400);
    shared().graph.readings.clientMadeProfileIds = "accepted";
    expect(await patch(added())).toBe(204);
  });

  test("or gets another one in its place, which no target of the same write can name", async () => {
    shared().startWith("profiles-open");
    shared().graph.readings.clientMadeProfileIds = "replaced";
    const added = { passkeyProfiles: [profiles()[0], { ...profiles()[0], id: IOS }] };
    const target = {
      "@odata.type": "#microsoft.graph.passkeyAuthenticationMethodTarget",
      targetType: "group",
      id: "all_users",
      allowedPasskeyProfiles: [IOS],
    };
    expect(await patch({ ...added, includeTargets: [target] })).toBe(400);
    expect(await patch(added)).toBe(204);
    expect(profiles().map(({ id }) => id)).not.toContain(IOS);
    expect(profiles()).toHaveLength(2);
  });

  test("a new profile needs no id, or needs one", async () => {
    shared().startWith("profiles-open");
    const { id: _, ...rules } = profiles()[0] ?? { id: "" };
    const added = () => ({ passkeyProfiles: [profiles()[0], { ...rules, name: "Kiosk" }] });
    shared().graph.readings.profileWithoutId = "refused";
    expect(await patch(added())).toBe(400);
    shared().graph.readings.profileWithoutId = "given-an-id";
    expect(await patch(added())).toBe(204);
  });

  test("a write is seen at once, or a moment later", async () => {
    shared().startWith("never-enabled");
    shared().graph.readings.visibleAfterMs = 120;
    await patch({ state: "enabled" });
    expect((await read()).state).toBe("disabled");
    await new Promise((done) => setTimeout(done, 130));
    expect((await read()).state).toBe("enabled");
  });

  test("the limit of size can be set", async () => {
    shared().startWith("never-enabled");
    shared().graph.readings.sizeLimitBytes = 400;
    expect(await patch({ keyRestrictions: allow(IOS, ANDROID) })).toBe(400);
  });
});
