import { resolve } from "node:path";
import type {
  AuditLog,
  ConversationStore,
  MetadataCache,
  PlanStore,
  PostingStore,
  ScanStore,
  WaitingStore,
} from "../core/stores.js";
import { createAuditLog } from "./audit-log.js";
import { createConversationStore } from "./conversation-store.js";
import { Database } from "./database.js";
import type { Engine } from "./engine.js";
import { createMetadataCache } from "./metadata-cache.js";
import { migrate } from "./migrate.js";
import { createPlanStore } from "./plan-store.js";
import { createPostingStore } from "./posting-store.js";
import { createScanStore } from "./scan-store.js";
import { openSqlite } from "./sqlite.js";
import { createWaitingStore } from "./waiting-store.js";

/** Everything Latchkey keeps. */
export interface Store {
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  readonly scans: ScanStore;
  readonly waiting: WaitingStore;
  readonly conversations: ConversationStore;
  readonly postings: PostingStore;
  readonly metadata: MetadataCache;
  /** Whether the store answers. Never throws. */
  isReady(): Promise<boolean>;
  /** Ends what is running and lets another process have the folder. */
  close(): Promise<void>;
}

/**
 * Opens the store in a folder, which is created when missing, and brings its tables up to date.
 * @throws Fault `store-unavailable`, among others when another process uses the folder
 */
export async function openStore(options: { readonly dataDir: string }): Promise<Store> {
  return storeOn(openSqlite(resolve(options.dataDir)));
}

async function storeOn(engine: Engine): Promise<Store> {
  const database = new Database(engine);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    plans: createPlanStore(database),
    audit: createAuditLog(database),
    scans: createScanStore(database),
    waiting: createWaitingStore(database),
    conversations: createConversationStore(database),
    postings: createPostingStore(database),
    metadata: createMetadataCache(database),
    isReady: () => isReady(database),
    close: () => database.close(),
  };
}

async function isReady(database: Database): Promise<boolean> {
  try {
    // Migrations were done before anybody got the store, so an answer from a table is enough.
    await database.run("looking whether it answers", (queries) =>
      queries.selectFrom("tenants").select("tenant_id").limit(1).execute(),
    );
    return true;
  } catch {
    return false; // The answer itself; whoever uses the store next gets the Fault and its words.
  }
}
