import type { Keyholder } from "../../../src/core/scan/inventory.js";
import type { Store } from "../../../src/storage/open-store.js";
import { AT, REPLICA, ROOM, TENANT } from "../../contracts/stored-things.js";

const ALL = 1000;
const NUMBERS = Array.from({ length: 20 }, (_, at) => at + 1);

/** Everything that a written life left, as the stores tell it. @param secret of the link to evidence */
export async function readEverything(store: Store, secret: string) {
  const { plans, watch, scans, deferred, conversations, postings, evidenceLinks } = store;
  const records = await store.audit.read(TENANT, { limit: ALL });
  const plan = (number: number) => plans.find(TENANT, number);
  const drift = (number: number) => watch.findDrift(TENANT, number);
  const running = await scans.running(TENANT);
  return {
    plans: await those(NUMBERS.map(plan)),
    open: (await plans.open(TENANT)).map(({ number }) => number),
    latest: await plans.latest(TENANT, ALL),
    records,
    evidenceLink: await evidenceLinks.find(secret, AT),
    adoption: await store.adoption.since(TENANT, "2000-01-01"),
    baseline: await watch.baseline(TENANT),
    drifts: await those(NUMBERS.map(drift)),
    scan: running,
    counts: running && (await scans.counts(running)),
    pending: running && (await scans.pending(running, 0, ALL)),
    inventory: await scans.latest(TENANT),
    keyholders: await keyholders(store),
    unread: await scans.unread(TENANT, "scan-1", ALL),
    deferred: await deferred.all(TENANT),
    rooms: await conversations.approvalRooms(TENANT),
    chats: await conversations.personalChats(TENANT),
    room: await conversations.find(ROOM),
    postings: {
      plan: await postings.of({ tenantId: TENANT, kind: "plan", id: "1" }),
      scan: await postings.of({ tenantId: TENANT, kind: "scan", id: "scan-1" }),
      drift: await postings.of({ tenantId: TENANT, kind: "drift", id: "1" }),
      unfinished: await postings.unfinished(TENANT),
    },
    metadata: await store.metadata.load(),
    ...(await noticesIn(store)),
    ...(await digestsIn(store)),
    ...(await stagesIn(store)),
    ...(await ownScansIn(store)),
  };
}

/** Who lives and who does what: of one process at a time, a folder forgets it when it is opened. */
export async function readProcesses({ replicas }: Store) {
  const beats = await replicas.beats();
  return { beat: beats.get(REPLICA), holder: await replicas.holder(TENANT, "plans") };
}

/** Nothing in what versions left that told of no models. */
async function noticesIn({ modelNotices }: Store) {
  const facts = await modelNotices.facts(TENANT);
  if (facts.size === 0) return {};
  const notices = [...(await modelNotices.open(TENANT, ALL)), ...(await modelNotices.putOff(TENANT, ALL))];
  return { modelFacts: [...facts], modelNotices: notices };
}

/** Nothing in what versions left that told no weeks. */
async function digestsIn({ digests }: Store) {
  const latest = await digests.latest(TENANT);
  return latest === undefined ? {} : { digest: latest, digestSwitch: await digests.isOn(TENANT) };
}

/** Nothing in what versions left that knew no stages. */
async function stagesIn({ stages }: Store) {
  const written = await stages.find(TENANT);
  return written === undefined ? {} : { stages: written };
}

/** Nothing in what versions left that scanned only when they were asked. */
async function ownScansIn({ ownScans }: Store) {
  const pause = await ownScans.pause(TENANT);
  return pause === undefined ? {} : { ownScanPause: pause };
}

async function those<T>(reading: readonly Promise<T | undefined>[]): Promise<readonly T[]> {
  return (await Promise.all(reading)).filter((each) => each !== undefined);
}

async function keyholders({ scans }: Store): Promise<readonly Keyholder[]> {
  const all: Keyholder[] = [];
  for await (const page of scans.keyholders(TENANT, "scan-1")) all.push(...page);
  return all;
}
