import { afterEach, describe, expect, it } from "vitest";
import { usersIn } from "../../simulators/tenant/membership.js";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import { samplePasskey } from "../../simulators/tenant/sample-passkeys.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { openStage, type Stage } from "./stage.js";
import { wholeText } from "./teams.js";

const { ada, alan } = SAMPLE_PEOPLE;
let stage: Stage;
afterEach(() => stage?.close());

async function statusCard(): Promise<string> {
  await stage.teams.say(ada, "status");
  return wholeText(await stage.teams.findText(stage.teams.chatOf(ada), /^How passkeys stand/));
}

const titan = () => samplePasskey(MODEL.titan, { seed: "alan", daysAgo: 0 });

describe("registrations that the policy refused", () => {
  it("are counted by model in the status, where the audit log has them: one set of rules", async () => {
    stage = await openStage({
      tenant: { policy: "legacy-allow" },
      readings: { refusedRegistrations: "with-model", auditResultFilter: "accepted" },
    });
    stage.graph.refusePasskey(alan.id, titan());
    const card = await statusCard();
    expect(card).toContain("1 person could not register a passkey in the last 7 days");
    expect(card).toMatch(/Titan[^|]*\(1 person, allowed today: no\)/);
    expect(card).not.toContain(alan.name);
  });

  it("are counted by group as well, with profiles, though the log does not name the model", async () => {
    stage = await openStage({
      tenant: { policy: "profiles" },
      readings: { refusedRegistrations: "without-model" },
    });
    const [pilot] = usersIn(stage.tenant, SAMPLE_GROUPS.pilot);
    if (pilot === undefined) throw new Error("the pilot has no person");
    stage.graph.refusePasskey(pilot.id, titan());
    const card = await statusCard();
    expect(card).toContain("model not said (1 person)");
    expect(card).toMatch(/Pilot[^|]*: 1 person/);
  });

  it("are not said to be none where the log has none: Entra may not log them", async () => {
    stage = await openStage({ readings: { refusedRegistrations: "not-logged" } });
    stage.graph.refusePasskey(alan.id, titan());
    expect(await statusCard()).toMatch(
      /Blocked at the door:\**\s*none seen in Entra's audit log of the last 30 days\. Entra may/,
    );
  });
});
