import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { askedAbout, isScanCard } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, alan, hedy } = SAMPLE_PEOPLE;
let stage: Stage;
let everybody: number;
beforeAll(async () => {
  // The log names people by address only, and the key in place of their names.
  const readings = { reportDelayHours: 36, passkeysAuditedBy: "device-registration" } as const;
  stage = await openStage({ tenant: { people: 80 }, readings });
  await stage.teams.say(ada, "enable passkeys");
  await stage.teams.findText(stage.teams.chatOf(ada), "Plan #1");
  expect(stage.teams.messages.filter(isScanCard)).toEqual([]);
  everybody = askedAbout(stage.graph).length;
});
afterAll(() => stage?.close());

/** Ada says it in a room of its own. @returns the card as the scan ended, and where the requests for it begin */
async function scan(words: string): Promise<{ readonly card: Message; readonly from: number }> {
  const { teams, graph } = stage;
  const from = graph.requests.length;
  const room = { id: `19:${teams.messages.length}@thread.v2`, kind: "groupChat" } as const;
  await teams.say(ada, words, room);
  const card = await eventually(
    () =>
      teams.messages.find(
        (message) =>
          message.conversation === room.id && isScanCard(message) && /Complete/.test(wholeText(message)),
      ),
    () => `the card of ${words}`,
  );
  return { card, from };
}

describe("a second scan", () => {
  it("reads who changed and nobody else, says so, and finds what is true now", async () => {
    const { teams, graph, tenant } = stage;
    const changed = changePeople(stage);
    const { card, from } = await scan("scan");
    const read = askedAbout(graph, from).filter((id) => !tenant.users.get(id)?.deleted);
    expect(read).toEqual(expect.arrayContaining(changed.mustBeRead));
    expect(new Set([...read, ...changed.mayBeRead])).toEqual(
      new Set([...changed.mustBeRead, ...changed.mayBeRead]),
    );
    expect(graph.requests.length - from).toBeLessThan(20);
    expect(wholeText(card)).toMatch(/What changed since/);
    expect(wholeText(card)).toMatch(/Taken over \| \d+ without a change since; last read in full at/);

    const present = [...tenant.users.values()].filter((user) => !user.deleted && user.passkeys.length > 0);
    // Who was disabled before the first scan is in no report; who was since is kept, which errs on the safe side.
    const known = present.filter((user) => user.accountEnabled || user.id === changed.disabled);
    expect(wholeText(card)).toContain(`${known.length} people with passkeys`);
    await teams.say(ada, "who uses bada5566-a7aa-401f-bd96-45619a55120d");
    expect(wholeText(await teams.findText(teams.chatOf(ada), "Who uses 1Password"))).toContain(alan.name);
  });

  it("asked for as scan all reads everybody", async () => {
    const { card, from } = await scan("scan all");
    expect(wholeText(card)).toMatch(/Full scan/);
    expect(wholeText(card)).not.toMatch(/Taken over/);
    expect(askedAbout(stage.graph, from).length).toBeGreaterThanOrEqual(everybody - 2);
  });

  it("is full and says so when the audit log is refused", async () => {
    const { graph } = stage;
    graph.faults.next({ path: /auditLogs/, status: 403, times: Infinity });
    const { card, from } = await scan("scan");
    expect(wholeText(card)).toMatch(/Full scan/);
    expect(wholeText(card)).toMatch(/audit log could not be read/);
    expect(askedAbout(graph, from).length).toBeGreaterThanOrEqual(everybody - 2);
  });
});

/** A day in the life of a tenant. */
function changePeople({ graph, tenant }: Stage) {
  const passkey = {
    id: "registered-now",
    aaGuid: "BADA5566-A7AA-401F-BD96-45619A55120D",
    model: "",
    displayName: "1Password",
    attestationLevel: "notAttested",
    passkeyType: "synced",
    attestationCertificates: [],
  } as const;
  graph.registerPasskey(alan.id, { ...passkey, attestationCertificates: [] });
  const only = tenant.users.get(hedy.id)?.passkeys[0];
  if (only) graph.deletePasskey(hedy.id, only.id, { by: "admin" });
  const crowd = [...tenant.users.values()]
    .slice(9)
    .filter((user) => user.passkeys.length > 0 && !user.deleted);
  const disabled = crowd.find((user) => user.accountEnabled);
  const deleted = crowd.findLast((user) => user.accountEnabled);
  const enabled = crowd.find((user) => !user.accountEnabled);
  if (!disabled || !deleted || !enabled) throw new Error("the sample tenant lacks somebody for this story");
  graph.disableUser(disabled.id);
  graph.deleteUser(deleted.id);
  graph.enableUser(enabled.id);
  return {
    disabled: disabled.id,
    /** Alan registered, Hedy lost hers, somebody came back. */
    mustBeRead: [alan.id, hedy.id, enabled.id],
    mayBeRead: [disabled.id, deleted.id],
  };
}
