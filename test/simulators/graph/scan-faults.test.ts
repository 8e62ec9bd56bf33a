import { describe, expect, test } from "vitest";
import { MODEL } from "../../../simulators/tenant/sample-authenticators.js";
import { samplePasskey } from "../../../simulators/tenant/sample-passkeys.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import type { ParsedBody } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const { ada, alan, emmy, grace, hedy, linus } = SAMPLE_PEOPLE;
const shared = sharedSimulators();

interface ItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ParsedBody;
}

/** One batch for the passkeys of these people; each item's id is the person's. */
async function ask(...people: readonly { readonly id: string }[]): Promise<readonly ItemAnswer[]> {
  const requests = people.map(({ id }) => ({
    id,
    method: "GET",
    url: `/users/${id}/authentication/fido2Methods`,
  }));
  const response = await fetch(`${shared().graph.url}/v1.0/$batch`, {
    method: "POST",
    headers: { Authorization: `Bearer ${shared().app}`, "Content-Type": "application/json" },
    body: JSON.stringify({ requests }),
  });
  return ((await response.json()) as { responses: ItemAnswer[] }).responses;
}
const statusOf = (answers: readonly ItemAnswer[], { id }: { readonly id: string }) =>
  answers.find((answer) => answer.id === id)?.status;

describe("the passkeys of chosen people", () => {
  test.each([403, 404, 429, 500, 503])("are answered %i, the first two times", async (status) => {
    const { faults } = shared().graph;
    faults.nextPasskeysOf([ada.id, grace.id], { inBatch: true, status, times: 2 });
    for (let nth = 0; nth < 2; nth += 1) {
      const answers = await ask(ada, grace, linus);
      expect([ada, grace, linus].map((one) => statusOf(answers, one))).toEqual([status, status, 200]);
      expect(answers.find(({ id }) => id === ada.id)?.headers).not.toHaveProperty("Retry-After");
    }
    expect(statusOf(await ask(ada), ada)).toBe(200);
    expect(faults.pending).toEqual([]);
  });

  test("are refused for ever, with a time to come again", async () => {
    shared().graph.faults.nextPasskeysOf([ada.id], { status: 429, retryAfter: 3, times: Infinity });
    for (let nth = 0; nth < 5; nth += 1) {
      expect((await ask(ada))[0]).toMatchObject({ status: 429, headers: { "Retry-After": "3" } });
    }
    shared().graph.faults.clear();
    expect(statusOf(await ask(ada), ada)).toBe(200);
  });

  test("are answered with garbage, or not at all", async () => {
    const { faults } = shared().graph;
    faults.nextPasskeysOf([ada.id], { inBatch: true, body: "<html>Busy</html>" });
    faults.nextPasskeysOf([grace.id], { inBatch: true, omit: true });
    const answers = await ask(ada, grace, linus);
    expect(answers).toHaveLength(2);
    expect(answers.find(({ id }) => id === ada.id)).toMatchObject({ status: 200, body: "<html>Busy</html>" });
    expect(statusOf(answers, grace)).toBeUndefined();
    expect(statusOf(await ask(grace), grace)).toBe(200);
  });
});

describe("a batch of passkeys", () => {
  test("is answered in the order asked, or in another, as the reading says", async () => {
    const people = [ada, grace, linus, emmy, hedy];
    const ids = people.map(({ id }) => id);
    const order = async () => (await ask(...people)).map(({ id }) => id);
    shared().graph.readings.batchOrder = "kept";
    expect(await order()).toEqual(ids);
    shared().graph.readings.batchOrder = "shuffled";
    expect(await order()).not.toEqual(ids);
    expect((await order()).toSorted()).toEqual(ids.toSorted());
  });

  test("has further pages inside for who has many", async () => {
    const [answer] = await ask(emmy);
    expect(answer?.body.value).toHaveLength(5);
    const next = String(answer?.body["@odata.nextLink"]);
    expect((await shared().get(next, shared().app)).body.value).toHaveLength(2);
  });

  test("shows AAGUIDs as the tenant holds them: upper case, braces, or twice the same passkey", async () => {
    const passkey = samplePasskey(MODEL.authenticatorIos, { seed: "odd", daysAgo: 5 });
    const braced = `{${MODEL.authenticatorIos.aaguid}}`;
    for (const aaGuid of [passkey.aaGuid.toUpperCase(), braced, braced]) {
      shared().graph.registerPasskey(alan.id, { ...passkey, aaGuid });
    }
    const [answer] = await ask(alan);
    expect(answer?.body.value.map((row) => [row.id, row.aaGuid])).toEqual([
      [passkey.id, passkey.aaGuid.toUpperCase()],
      [passkey.id, braced],
      [passkey.id, braced],
    ]);
    const { body } = await shared().get(
      "/v1.0/reports/authenticationMethods/userRegistrationDetails",
      shared().app,
    );
    expect(body.value.find((row) => row.id === alan.id)?.methodsRegistered).toEqual([
      "microsoftAuthenticatorPush",
      "mobilePhone",
      "passKeyDeviceBoundAuthenticator",
    ]);
  });
});
