import { RecordKeys } from "../core/audit/record-keys.js";
import type { TenantId } from "../core/person.js";
import type { AdoptionStore, PeopleLinkStore } from "../core/stores/adoption-store.js";
import type { DigestStore } from "../core/stores/digest-store.js";
import type { ModelNoticeStore } from "../core/stores/news-store.js";
import type { OwnScanStore } from "../core/stores/own-scan-store.js";
import type { PlanStore } from "../core/stores/plan-store.js";
import type { SignInStore } from "../core/stores/sign-in-store.js";
import type { StageStore } from "../core/stores/stage-store.js";
import type { TakenMessageStore } from "../core/stores/taken-messages.js";
import type {
  AuditLog,
  ConversationStore,
  DeferredStore,
  EvidenceLinkStore,
  MetadataCache,
  PostingStore,
  ReplicaStore,
  ScanStore,
  WatchStore,
} from "../core/stores.js";
import { createAdoptionStore } from "./adoption/adoption-store.js";
import { createPeopleLinkStore } from "./adoption/people-link-store.js";
import { createAuditLog } from "./audit/audit-log.js";
import { createEvidenceLinkStore } from "./audit/evidence-link-store.js";
import { type OnRecord, Recorder } from "./audit/recorder.js";
import { refuseFenced } from "./copies/fence.js";
import { WatchRecords } from "./drift/watch-records.js";
import { createWatchStore } from "./drift/watch-store.js";
import { Database } from "./engine/database.js";
import type { Engine } from "./engine/engine.js";
import { openEngine, type StorePlace } from "./engine/open-engine.js";
import { createMetadataCache } from "./metadata-cache.js";
import { migrate } from "./migrations/migrate.js";
import { createDigestStore } from "./news/digest-store.js";
import { createModelNoticeStore } from "./news/model-notice-store.js";
import { createDeferredStore } from "./plans/deferred-store.js";
import { createPlanStore } from "./plans/plan-store.js";
import { createConversationStore } from "./postings/conversation-store.js";
import { createPostingStore } from "./postings/posting-store.js";
import { createReplicaStore, forgetReplicas } from "./replicas/replica-store.js";
import { createTakenMessageStore } from "./replicas/taken-message-store.js";
import { createStageStore } from "./rollout/stage-store.js";
import { createOwnScanStore } from "./scans/own-scan-store.js";
import { createScanStore } from "./scans/scan-store.js";
import { createSignInStore } from "./sign-ins/sign-in-store.js";

/** Everything Latchkey keeps. */
export interface Store {
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  readonly evidenceLinks: EvidenceLinkStore;
  readonly signIns: SignInStore;
  readonly adoption: AdoptionStore;
  readonly peopleLinks: PeopleLinkStore;
  readonly scans: ScanStore;
  readonly ownScans: OwnScanStore;
  readonly deferred: DeferredStore;
  readonly watch: WatchStore;
  readonly conversations: ConversationStore;
  readonly postings: PostingStore;
  readonly metadata: MetadataCache;
  readonly replicas: ReplicaStore;
  /** @throws Fault `store-altered` when the tenant's record cannot be gone on with by these keys */
  checkRecord(tenant: TenantId): Promise<void>;
  readonly takenMessages: TakenMessageStore;
  readonly modelNotices: ModelNoticeStore;
  readonly digests: DigestStore;
  readonly stages: StageStore;
  /** Whether the store answers. Never throws. */
  isReady(): Promise<boolean>;
  /** Lets what is running finish, and lets another process have the folder. */
  close(): Promise<void>;
}

/**
 * Opens the store and brings its tables up to date. A folder is created when missing, a database is not.
 * @param keys with which records prove themselves against who can write to the store
 * @throws Fault `store-unavailable`, among others when another process uses the folder
 */
export async function openStore(
  place: StorePlace,
  keys = new RecordKeys(),
  onRecord?: OnRecord,
): Promise<Store> {
  return storeOn(openEngine(place), new Recorder(keys, onRecord));
}

async function storeOn(engine: Engine, recorder: Recorder): Promise<Store> {
  const database = new Database(engine);
  try {
    await migrate(database);
    await database.run("opening it", refuseFenced);
    if (engine.isAlone) await forgetReplicas(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const records = new WatchRecords(recorder.keys);
  return {
    plans: createPlanStore(database, recorder, records),
    audit: createAuditLog(database, recorder),
    evidenceLinks: createEvidenceLinkStore(database, recorder),
    signIns: createSignInStore(database),
    adoption: createAdoptionStore(database),
    peopleLinks: createPeopleLinkStore(database, recorder),
    scans: createScanStore(database, recorder),
    ownScans: createOwnScanStore(database),
    deferred: createDeferredStore(database, recorder),
    watch: createWatchStore(database, recorder, records),
    conversations: createConversationStore(database, recorder),
    postings: createPostingStore(database),
    metadata: createMetadataCache(database),
    replicas: createReplicaStore(database),
    checkRecord: (tenant) =>
      database.run("looking at the record", async (queries) => {
        await recorder.checkEnd(queries, tenant);
        await records.readAhead(queries, tenant);
      }),
    takenMessages: createTakenMessageStore(database),
    modelNotices: createModelNoticeStore(database, recorder),
    digests: createDigestStore(database, recorder),
    stages: createStageStore(database, recorder),
    isReady: () => isReady(database),
    close: () => database.close(),
  };
}

async function isReady(database: Database): Promise<boolean> {
  try {
    // Migrations were done before any caller got the store, so an answer from a table is enough.
    await database.run("looking whether it answers", (queries) =>
      queries.selectFrom("tenants").select("tenant_id").limit(1).execute(),
    );
    return true;
  } catch {
    return false; // The answer itself; the next caller gets the Fault and its words.
  }
}
