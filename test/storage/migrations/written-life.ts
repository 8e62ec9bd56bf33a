import type { AuditEvent } from "../../../src/core/audit/record.js";
import { driftEntry } from "../../../src/core/drift/drift-entry.js";
import { conversationId } from "../../../src/core/person.js";
import type { FoundPolicy, Plan, PlanState } from "../../../src/core/plan/plan.js";
import { planEntry } from "../../../src/core/plan/plan-entry.js";
import { hashPeople } from "../../../src/core/scan/people-hash.js";
import type { Rebase, Replaced, Some } from "../../../src/core/stores/plan-store.js";
import type { Store } from "../../../src/storage/open-store.js";
import { PEOPLE_LINK, sample } from "../../contracts/adoption-contract.js";
import { aDigest } from "../../contracts/digests-contract.js";
import { aNotice } from "../../contracts/model-notices-contract.js";
import { aPause } from "../../contracts/own-scans-contract.js";
import {
  account,
  begun,
  crowd,
  failed,
  gone,
  inventory,
  read,
  scan,
} from "../../contracts/scanned-things.js";
import { someStages } from "../../contracts/stages-contract.js";
import {
  ACCEPTED,
  baselineDraft,
  baselineSet,
  driftDraft,
  driftFound,
  driftOver,
} from "../../contracts/stored-drifts.js";
import {
  ADA,
  AT,
  applying,
  BOB,
  cancelled,
  conversation,
  draft,
  entry,
  REPLICA,
  ROOM,
  TENANT,
  unknown,
} from "../../contracts/stored-things.js";

const CHAT = conversationId("a:chat-of-ada");
const WRITE = { clientRequestId: "request-1", requestId: "graph-1" };
const FOUND: FoundPolicy = {
  at: AT,
  policy: { state: "disabled" },
  sinceBefore: [],
  besideWanted: [{ setting: "state", before: "enabled", after: "disabled" }],
  writers: [{ name: "Eve", at: AT }],
  modelNames: {},
  groupNames: {},
};

/** How plans ended, or where they are: every state, and of an unknown one everything that may have been read back. */
const PLANS: readonly (readonly [AuditEvent, PlanState])[] = [
  ["write-verified", { kind: "applied", by: BOB, at: AT, ...WRITE, otherWriters: [{ name: "Eve", at: AT }] }],
  ["write-refused", { kind: "refused", by: BOB, at: AT, status: 400, message: "No.", requestId: "graph-2" }],
  ["write-unknown", unknown],
  ["write-unknown", { ...unknown, requestId: "graph-3", seen: "before" }],
  ["write-unknown", { ...unknown, seen: "something-else", found: FOUND }],
  ["plan-rejected", { kind: "rejected", by: BOB, at: AT, reason: "Pilot first" }],
  ["plan-cancelled", cancelled],
  ["plan-expired", { kind: "expired", at: AT }],
  ["plan-superseded", { kind: "superseded", at: AT, why: "already-in-force" }],
  ["plan-superseded", { kind: "superseded", at: AT, why: "outcome-never-known", by: ADA }],
];

/** Writes into every table what today's program writes. @returns the secret of the one link to evidence */
export async function writeLife(store: Store): Promise<string> {
  await writeConversations(store);
  await writeScans(store);
  await writeDrift(store);
  await writePlans(store);
  await store.metadata.save({ blob: "header.payload.signature", fetchedAt: AT });
  await store.replicas.beat(REPLICA);
  await store.replicas.transfer(TENANT, "plans", { from: undefined, to: REPLICA });
  await store.takenMessages.take({ key: "message-1", tenantId: TENANT, taker: REPLICA, takenAt: AT });
  await store.signIns.offer({
    tenantId: TENANT,
    planNumber: 1,
    revision: 1,
    digest: "0123456789abcdef",
    person: ADA,
    conversation: CHAT,
    offeredAt: AT,
    validUntil: "2026-11-22T10:52:00.000Z",
  });
  await store.digests.add(aDigest());
  await store.digests.turn(
    TENANT,
    { isOn: false, said: { by: ADA, at: AT } },
    entry({ event: "digest-turned-off" }),
  );
  await store.ownScans.wait(aPause());
  await store.stages.write(someStages(), entry({ event: "stages-written" }));
  const putOff = { kind: "put-off", by: ADA, at: AT, reason: "Ordered by procurement" } as const;
  await store.modelNotices.learn(
    TENANT,
    [{ fact: "seen:cccccccc-1111-4111-8111-111111111111", to: "" }],
    [aNotice(), aNotice({ id: "notice-2", state: putOff })],
  );
  await store.adoption.add(sample("2026-11-22"), "2026-01-01");
  await store.peopleLinks.add(PEOPLE_LINK, entry({ event: "people-list-given" }));
  return store.evidenceLinks.add(
    { tenantId: TENANT, planNumber: 1, person: ADA, givenAt: AT, validUntil: "2026-11-22T10:52:00.000Z" },
    entry({ event: "evidence-given", planNumber: 1, revision: 1 }),
  );
}

async function writePlans(store: Store): Promise<void> {
  for (const [event, state] of PLANS) {
    const locked = await move(store, await propose(store), applying, ["plan-approved", "write-intended"]);
    await move(store, locked, state, [event], event === "write-verified" ? rebase : undefined);
  }
  await move(store, await propose(store), applying, ["plan-approved", "write-intended"]);
  await propose(store);
  const waiting = { tenantId: TENANT, person: ADA, conversation: CHAT, askedAt: AT };
  const command = { kind: "remove", models: ["a model"] } as const;
  await store.deferred.add({ ...waiting, id: "1", kind: "propose", command, typed: "remove a model" });
  await store.deferred.add({ ...waiting, id: "2", kind: "revise", planNumber: 12 });
}

function propose(store: Store): Promise<Plan> {
  const about = { tenantId: TENANT, at: AT, by: ADA, conversation: ROOM, revision: 1 };
  const detail = { command: "enable passkeys" };
  return store.plans.create(draft(), [{ ...about, event: "plan-proposed", detail }]);
}

async function move(
  store: Store,
  plan: Plan,
  state: PlanState,
  [first, ...more]: Some<AuditEvent>,
  then?: Rebase,
): Promise<Plan> {
  const approvals = [{ by: BOB, at: AT, revision: 1, conversation: ROOM }];
  const note = { kind: "attempt-failed", at: AT, approver: BOB, why: "Graph said 403." } as const;
  const record = (event: AuditEvent) => planEntry(plan, event, AT, { by: BOB, conversation: ROOM });
  const next = { ...plan, approvals, note, state };
  const stored: Replaced = await store.plans.replace(next, [record(first), ...more.map(record)], then);
  if (stored.kind !== "replaced") throw new Error(`plan #${plan.number} is ${stored.kind}`);
  return stored.plan;
}

/** The plan that is applied sets the baseline and ends the drift. */
const rebase: Rebase = ({ drift }) => ({
  baseline: baselineDraft({ source: { kind: "applied", planNumber: 1, by: BOB, sentAt: AT } }),
  ...(drift && { drift: { ...drift, state: { kind: "put-back", planNumber: 1, by: BOB, at: AT } } }),
  records: drift === undefined ? [baselineSet()] : [baselineSet(), driftOver()],
});

/** One that was accepted, and one that is open until the plan that puts it back is applied. */
async function writeDrift({ watch }: Store): Promise<void> {
  await watch.setFirst(baselineDraft(), baselineSet());
  const first = await watch.beginDrift(driftDraft(), driftFound());
  if (first === undefined) throw new Error("the first drift was overtaken");
  const accepted = { ...first, state: ACCEPTED };
  const about = { at: AT, by: BOB, conversation: ROOM, detail: { reason: "as agreed" } };
  const source = { kind: "accepted", driftNumber: 1, by: BOB, reason: "as agreed" } as const;
  await watch.replaceDrift(
    accepted,
    [driftEntry(accepted, "drift-accepted", about), baselineSet()],
    baselineDraft({ source }),
  );
  await watch.beginDrift(driftDraft({ baseline: { version: 2, at: AT, source } }), driftFound());
}

/** One that finished, with people of every kind, and one of changes that is under way on it. */
async function writeScans({ scans }: Store): Promise<void> {
  const full = scan("scan-1");
  const [ada, linus, eve] = [account(1, { isAdmin: true }), account(2), account(3)];
  const unread = [{ ...linus, why: "Graph said 403" }];
  await begun(scans, full, [ada, linus, eve]);
  await scans.keepAnswers(full, [...read(ada), ...failed(linus), ...gone(eve)]);
  const peopleHash = await hashPeople(scans.keyholders(TENANT, full.scanId));
  await scans.finish(full, inventory(full, { asked: 3, gone: 1, unreadCount: 1, unread, peopleHash }));
  const changes = scan("scan-2", { kind: "changes", base: "scan-1" });
  await scans.begin(changes);
  await scans.addPeople(changes, [ada], { carry: true });
  await scans.addPeople(changes, crowd(2, 4), { carry: false });
  await scans.keepAnswers(changes, read(account(4)));
}

async function writeConversations({ conversations, postings }: Store): Promise<void> {
  await conversations.remember(conversation());
  await conversations.setApprovalRoom(ROOM, entry({ event: "approval-room-set" }));
  await conversations.remember(conversation({ id: CHAT, kind: "personal", person: ADA }));
  const place = { tenantId: TENANT, conversation: ROOM, version: 1 };
  await postings.keep({ ...place, kind: "plan", id: "1", activityId: "activity-1" });
  await postings.keep({ ...place, kind: "scan", id: "scan-1", activityId: "activity-2", doneAt: AT });
  const drift = { ...place, kind: "drift", id: "1" } as const;
  await postings.keep({ ...drift, activityId: "activity-3" });
  await postings.intend({ ...drift, intentId: "intent-1", poster: REPLICA, tries: 1 });
}
