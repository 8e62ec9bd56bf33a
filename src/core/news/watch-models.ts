import { parsePolicy } from "../policy/parse-policy.js";
import type { Ports, Rules } from "../ports.js";
import { findModelNews } from "./find-model-news.js";
import type { ModelNotice } from "./model-notice.js";

/** Another process may have learned something in between. */
const ATTEMPTS = 3;

type Watching = Pick<
  Ports,
  "scans" | "tenant" | "catalogue" | "modelNotices" | "announcer" | "clock" | "log" | "replicas"
>;

/**
 * Tells approvers of models once there is news of them: after each scan, when there is other FIDO metadata, and once a
 * day. What was said is in the store, so no restart and no other process says it again.
 * @returns what is to be called every few seconds, and throws a Fault where it has to be tried again; each time it looks
 *   only whether there is anything to look at
 */
export function watchModels(ports: Watching, { tenantId }: Pick<Rules, "tenantId">): () => Promise<void> {
  let looked: string | undefined;
  return async () => {
    const inventory = await ports.scans.latest(tenantId);
    if (inventory === undefined) return;
    const now = ports.clock.now();
    const number = ports.catalogue.metadataNumber() ?? 0;
    const key = `${inventory.scanId} ${number} ${now.toISOString().slice(0, 10)}`;
    if (looked === key || !(await ports.replicas.claim("news"))) return;
    await tellNews(ports, { tenantId }, inventory);
    looked = key;
  };
}

async function tellNews(
  ports: Watching,
  { tenantId }: Pick<Rules, "tenantId">,
  inventory: NonNullable<Awaited<ReturnType<Watching["scans"]["latest"]>>>,
): Promise<void> {
  const policy = parsePolicy(await ports.tenant.readPolicy());
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const now = ports.clock.now();
    const { changes, notices } = findModelNews({
      known: await ports.modelNotices.facts(tenantId),
      inventory,
      policy,
      modelOf: (aaguid, hint) => ports.catalogue.model(aaguid, hint),
      hasMetadata: ports.catalogue.metadataNumber() !== undefined,
      now,
    });
    const made = notices.map(
      (notice): ModelNotice => ({
        tenantId,
        id: ports.clock.newId(),
        version: 1,
        foundAt: now.toISOString(),
        scannedAt: inventory.startedAt,
        state: { kind: "open" },
        ...notice,
      }),
    );
    if (changes.length > 0 && !(await ports.modelNotices.learn(tenantId, changes, made))) continue;
    for (const notice of made) {
      ports.log.info("models-noticed", { about: notice.about, models: notice.models.length });
      await ports.announcer.modelsNoticed(notice);
    }
    return;
  }
}
