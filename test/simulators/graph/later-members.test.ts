import { describe, expect, test } from "vitest";
import type { SimPolicy } from "../../../simulators/tenant/simulated-tenant.js";
import { ODATA_TYPE, POLICY_PATH } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const ALL = { Prefer: "include-unknown-enum-members" };
const HIDDEN = "unknownFutureValue";
const shared = sharedSimulators();
const read = async (headers: Record<string, string> = {}) =>
  (await shared().get(POLICY_PATH, shared().app, headers)).body;

/** A tenant of a Graph that has a further word in each enumeration that may get some. */
function startLater(): void {
  shared().startWith("profiles");
  const { policy } = shared().tenant;
  const [standard] = policy.passkeyProfiles;
  const [target] = policy.includeTargets;
  if (standard === undefined || target === undefined)
    throw new Error("the sample has a profile and a target");
  const later: object = { passkeyTypes: "deviceBound,laterKind", attestationEnforcement: "laterLevel" };
  Object.assign(standard, later);
  Object.assign(standard.keyRestrictions, { enforcementType: "laterMode" });
  Object.assign(target, { targetType: "laterTarget" });
  policy.excludeTargets = [{ id: target.id, targetType: "laterTarget" }] as SimPolicy["excludeTargets"];
}

describe("words that were added to an enumeration later", () => {
  test("are hidden from a client that does not ask for them, each behind the same word", async () => {
    startLater();
    const hidden = {
      passkeyTypes: `deviceBound,${HIDDEN}`,
      attestationEnforcement: HIDDEN,
      keyRestrictions: { enforcementType: HIDDEN },
    };
    expect(await read()).toMatchObject({
      state: "enabled",
      keyRestrictions: { enforcementType: HIDDEN },
      passkeyProfiles: [hidden, { passkeyTypes: "synced", attestationEnforcement: "disabled" }],
      includeTargets: [{ targetType: HIDDEN }, { targetType: "group" }],
      excludeTargets: [{ targetType: HIDDEN }],
    });
  });

  test("are there for one that does", async () => {
    startLater();
    const shown = {
      passkeyTypes: "deviceBound,laterKind",
      attestationEnforcement: "laterLevel",
      keyRestrictions: { enforcementType: "laterMode" },
    };
    expect(await read(ALL)).toMatchObject({
      passkeyProfiles: [shown, {}],
      includeTargets: [{ targetType: "laterTarget" }, { targetType: "group" }],
    });
  });

  test("may be sent back where they are, and the word that hides them never", async () => {
    shared().startWith("profiles");
    const [standard, ...others] = shared().tenant.policy.passkeyProfiles;
    Object.assign(standard ?? {}, { passkeyTypes: "deviceBound,laterKind" });
    const send = (passkeyTypes: string) =>
      shared().patchPolicy(
        { "@odata.type": ODATA_TYPE, passkeyProfiles: [{ ...standard, passkeyTypes }, ...others] },
        shared().grace,
      );
    expect((await send("laterKind,deviceBound,synced")).status).toBe(204);
    expect(await read(ALL)).toMatchObject({
      passkeyProfiles: [{ passkeyTypes: "deviceBound,synced,laterKind" }, {}],
    });
    expect((await send(`deviceBound,${HIDDEN}`)).status).toBe(400);
  });
});
