import { describe, expect, test } from "vitest";
import { ODATA_TYPE, POLICY_PATH } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const shared = sharedSimulators();

async function patch(ifMatch: string) {
  const response = await fetch(`${shared().graph.url}${POLICY_PATH}`, {
    method: "PATCH",
    headers: {
      Authorization: `Bearer ${shared().grace}`,
      "Content-Type": "application/json",
      "If-Match": ifMatch,
    },
    body: JSON.stringify({ "@odata.type": ODATA_TYPE, isSelfServiceRegistrationAllowed: true }),
  });
  return response.status;
}

describe("an If-Match that matches nothing", () => {
  test("is ignored, honoured or refused, which no page says", async () => {
    shared().startWith("paused-pilot");
    expect(await patch('W/"stale"')).toBe(204);
    shared().graph.readings.ifMatch = "honoured";
    expect(await patch('W/"stale"')).toBe(412);
    expect(await patch("*")).toBe(204);
    shared().graph.readings.ifMatch = "refused";
    expect(await patch('W/"stale"')).toBe(400);
  });
});

describe("the organization", () => {
  test("is the tenant, by its name", async () => {
    const { status, body } = await shared().get("/v1.0/organization?$select=displayName", shared().grace);
    expect([status, body.value]).toEqual([200, [{ displayName: shared().tenant.displayName }]]);
  });
});
